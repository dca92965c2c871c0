import { isSubdomain, labelStarts, normalizeName } from '../../../values/name.ts'
import { searchListOf } from '../../../values/resolv-conf.ts'
import type { OccurrenceView } from '../../../verdict/servers-view.ts'
import type { Outcome, ResourceRecord } from '../../outcome.ts'
import { KubernetesBackend } from '../kubernetes-backend.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { isKnownOutcome, ofRcode, rcodeOfOutcome, recordsOf, returned, unknown } from '../replies.ts'
import { matchZone, notItsZone } from '../zones.ts'

const RESOLV_CONF = '/etc/resolv.conf'

/** plugin/autopath/autopath.go: the search list of a client is walked on the side of the server. */
export const autopath: PluginModel = {
  prepare(occurrences, context) {
    const occurrence = occurrences.at(-1)
    return occurrence === undefined ? [] : [new AutopathLink(occurrence, context)]
  },
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) for (const zone of zonesOf(occurrence)) vocabulary.domain(zone)
  },
}

function zonesOf(occurrence: OccurrenceView): readonly string[] {
  return occurrence.zones(occurrence.args.slice(0, -1))
}

/** A search list, the name itself included as an empty text; `none` where the query is not for it, else why nobody knows. */
type SearchList = readonly string[] | 'none' | { readonly why: string }

class AutopathLink implements Link {
  readonly occurrence: OccurrenceView
  readonly #zones: readonly string[]
  readonly #source: string
  readonly #backend: KubernetesBackend | null
  readonly #context: BlockContext

  constructor(occurrence: OccurrenceView, context: BlockContext) {
    this.occurrence = occurrence
    this.#context = context
    this.#zones = zonesOf(occurrence)
    this.#source = occurrence.args.at(-1)?.value ?? ''
    const kubernetes = this.#source === '@kubernetes' ? context.block.occurrences('kubernetes')[0] : undefined
    this.#backend = kubernetes === undefined ? null : new KubernetesBackend(kubernetes, context)
  }

  serve(request: Request, turn: Turn): Reply {
    const name = normalizeName(request.name)
    if (matchZone(this.#zones, name) === null) {
      turn.note(notItsZone(this.#zones))
      return turn.next()
    }
    const search = this.#searchList(request, name, turn)
    if (search === 'none') return turn.next()
    if ('why' in search) return this.#unlessItMatters(request, search.why, turn)
    const [first = ''] = search
    if (!isSubdomain(first, name)) {
      turn.note(`not below the first domain of the search list (${first})`)
      return turn.next()
    }
    const starts = labelStarts(request.name)
    const end = starts[starts.length - labelStarts(first).length] ?? 0
    if (end === 0) return returned({ kind: 'servfail', reason: 'autopath finds no name in front of the search domain' })
    const base = request.name.slice(0, end - 1)
    turn.note(`tries ${base} in ${search.map((domain) => domain || 'no domain').join(', ')}`)
    return this.#walk(request, base, search, turn)
  }

  #walk(request: Request, base: string, search: readonly string[], turn: Turn): Reply {
    let first: Reply | undefined
    const replyFrom = (at: number): Reply => {
      const domain = search[at]
      if (domain === undefined) return lastOf(first)
      const reply = turn.next({ ...request, name: `${base}.${domain}` })
      first ??= reply
      if (reply.isError === true) return reply
      const passed = () => replyFrom(at + 1)
      if (!reply.written) return reply.outcome.kind === 'unknown' ? reply : passed()
      return this.#orElse(reply, request.name, passed)
    }
    return replyFrom(0)
  }

  /** A reply with an alias for the name that was asked for; what comes behind it in the search list where it is NXDOMAIN. */
  #orElse(reply: Reply, original: string, passed: () => Reply): Reply {
    const { outcome } = reply
    if (outcome.kind === 'unknown') return reply
    if (isKnownOutcome(outcome)) {
      if (rcodeOfOutcome(outcome) === 'NXDOMAIN') return passed()
      return { ...reply, outcome: aliased(outcome, original) }
    }
    const otherwise = passed().outcome
    const change = { when: '*', becomes: `alias ${original}` }
    if (outcome.kind === 'upstream') {
      const next = { rcodes: ['NXDOMAIN', ...(outcome.next?.rcodes ?? [])], outcome: otherwise }
      if (outcome.next !== null) return unknown('autopath and the next of forward together are not known')
      return { ...reply, outcome: { ...outcome, changes: [...outcome.changes, change], next } }
    }
    if (outcome.kind === 'cluster' || outcome.kind === 'file' || outcome.kind === 'etcd') {
      const isMissing = outcome.otherwise.kind === 'nxdomain'
      if (!isMissing) return unknown('autopath cannot be followed behind data that was not given')
      return { ...reply, outcome: { ...outcome, changes: [...outcome.changes, change], otherwise } }
    }
    return unknown('autopath cannot be followed through an alias to elsewhere')
  }

  /** Where nobody knows the search list, the answer is known where the first try decides in any case. */
  #unlessItMatters(request: Request, why: string, turn: Turn): Reply {
    const reply = turn.next()
    const { outcome } = reply
    const [zone = '.'] = this.#backend?.zones ?? []
    const services = zone === '.' ? 'svc.' : `svc.${zone}`
    if (this.#backend !== null && !isSubdomain(services, normalizeName(request.name))) return reply
    const isFound = reply.written && isKnownOutcome(outcome) && rcodeOfOutcome(outcome) !== 'NXDOMAIN'
    return isFound ? reply : unknown(why)
  }

  #searchList({ query }: Request, name: string, turn: Turn): SearchList {
    if (!this.#source.startsWith('@')) return this.#fixedList()
    if (this.#backend === null) return { why: `the search list that ${this.#source} gives is not known` }
    const zone = matchZone(this.#backend.zones, name)
    if (zone === null || this.#backend.pods !== 'verified') {
      turn.note(zone === null ? 'not a zone of kubernetes' : 'kubernetes does not know its pods (no pods verified)')
      return 'none'
    }
    const { cluster } = this.#backend
    if (cluster === null || query.client === null)
      return { why: 'autopath decides by the pod that asks, and nobody said which it is' }
    const [namespace] = cluster.podNamespacesAt(query.client)
    if (namespace === undefined) {
      turn.note(`no pod has the address ${query.client}`)
      return 'none'
    }
    const own = this.#context.fileText(RESOLV_CONF)
    if (own === undefined) turn.assume(`${RESOLV_CONF} where CoreDNS runs has no search list`)
    const more = typeof own === 'string' ? searchListOf(own).map((domain) => normalizeName(domain)) : []
    const services = zone === '.' ? 'svc.' : `svc.${zone}`
    return [`${namespace}.${services}`, services, zone, ...more, '']
  }

  #fixedList(): SearchList {
    const text = this.#context.fileText(this.#source, { rooted: false })
    if (text === undefined) return { why: `${this.#source} was not given, which has the search list of autopath` }
    if (text === null) return 'none'
    return [...searchListOf(text).map((domain) => normalizeName(domain)), '']
  }
}

/** Where all of the list is NXDOMAIN the first reply counts; one whose data lies elsewhere was NXDOMAIN then. */
function lastOf(first: Reply | undefined): Reply {
  if (first === undefined) return unknown('the search list is empty')
  return !first.written || isKnownOutcome(first.outcome) ? first : { ...first, outcome: { kind: 'nxdomain' } }
}

/** plugin/autopath/cname.go: an alias to the first owner that is another one, in front of the records. */
function aliased(outcome: Outcome, original: string): Outcome {
  const records = recordsOf(outcome)
  const other = records.find(({ name }) => normalizeName(name) !== normalizeName(original))
  if (other === undefined) return outcome
  const alias: ResourceRecord = { name: original, ttl: other.ttl, type: 'CNAME', data: other.name }
  const rcode = rcodeOfOutcome(outcome)
  if (rcode !== null && rcode !== 'NOERROR') {
    const plain = ofRcode(rcode, '')
    return { kind: 'rcode', rcode: plain.kind === 'rcode' ? plain.rcode : rcode, records: [alias, ...records] }
  }
  return { kind: 'alias', records: [alias], target: other.name, reached: outcome }
}
