import { countLabels, foldCase, isSubdomain, labelStarts } from '../../values/name.ts'
import type { Outcome, ResourceRecord } from '../outcome.ts'
import type { BlockContext, Request } from './model.ts'
import { isKnownOutcome, rcodeOfOutcome, recordsOf } from './replies.ts'
import { glueOf, type ZoneData, type ZoneNode } from './zone-data.ts'

/** What a zone says of a name. */
export interface ZoneAnswer {
  /**
   * `empty` is the empty answer of a name that has others below it, `denied` that of a name that is not there: these are passed on by
   * `fallthrough`. `failed`: nothing is written.
   */
  readonly kind: 'answer' | 'nodata' | 'empty' | 'denied' | 'failed'
  readonly outcome: Outcome
  readonly authority: readonly ResourceRecord[]
  /** What decided, for the path. */
  readonly did: string
}

/** CNAMEs that are followed inside a zone, and zones that refer to one another. */
const LONGEST_CHAIN = 9
const DEEPEST = 8

/** plugin/file/lookup.go Lookup: what a loaded zone says of a name in lower case. */
export function lookUpInZone(zone: ZoneData, name: string, request: Request, context: BlockContext): ZoneAnswer {
  return new ZoneLookup(zone, request, context).answer(name)
}

class ZoneLookup {
  readonly #zone: ZoneData
  readonly #request: Request
  readonly #context: BlockContext

  constructor(zone: ZoneData, request: Request, context: BlockContext) {
    this.#zone = zone
    this.#request = request
    this.#context = context
  }

  answer(name: string): ZoneAnswer {
    const { origin, soa, ns } = this.#zone
    const { type, depth } = this.#request
    if (soa === null) return failed('the zone is not loaded')
    if (name === origin && type === 'SOA') return this.#records([soa], 'the SOA of the zone')
    if (name === origin && type === 'NS') {
      return ns.length === 0
        ? this.#nodata('the zone has no NS records', 'answer')
        : this.#records(ns, 'the name servers of the zone', [])
    }
    if (depth > DEEPEST) return failed('names refer to one another without end')
    let node: ZoneNode | undefined
    let wildcard: { readonly name: string; readonly node: ZoneNode | undefined } | null = null
    for (const part of this.#fromRight(name, 0)) {
      node = this.#zone.find(part)
      if (node === undefined) {
        wildcard = this.#wildcardFor(part) ?? wildcard
        continue
      }
      const dname = node.of('DNAME')[0]
      const substituted = dname === undefined ? null : substitute(name, dname)
      if (dname !== undefined && substituted !== null) return this.#byDname(name, dname, substituted)
      const cut = this.#delegation(node, name)
      if (cut !== null) return cut
    }
    if (node !== undefined) return this.#atNode(node, node.of(type), 'a record of the zone')
    const isBlocked = wildcard !== null && this.#context.since('1.14.7') && this.#hasCloser(name, wildcard.name)
    if (wildcard !== null && !isBlocked) return this.#fromWildcard(wildcard, name)
    if (this.#zone.hasBelow(name)) return { ...this.#nodata('no record, but names below', 'nodata'), kind: 'empty' }
    return { kind: 'denied', outcome: { kind: 'nxdomain' }, authority: [soa], did: 'no such name in the zone' }
  }

  /** The zone's name, then the names below it down to the one that is asked for (`nameFromRight`). */
  #fromRight(name: string, first: number): string[] {
    const starts = labelStarts(name)
    const own = countLabels(this.#zone.origin)
    const names = [this.#zone.origin]
    for (let labels = own + 1; labels <= starts.length; labels++) names.push(name.slice(starts[starts.length - labels]))
    return names.slice(first)
  }

  #wildcardFor(part: string): { name: string; node: ZoneNode | undefined } | null {
    const next = labelStarts(part)[1]
    if (next === undefined) {
      // Of a single label nothing is left (replaceWithAsteriskLabel); the tree takes that for the root since 1.15.0, never for `*.`.
      const root = this.#context.since('1.15.0') ? this.#zone.find('.') : undefined
      return root === undefined ? null : { name: '.', node: root }
    }
    const name = `*.${part.slice(next)}`
    const node = this.#zone.find(name)
    if (node !== undefined) return { name, node }
    // A wildcard with names below it and none of its own counts since 1.14.7.
    return this.#context.since('1.14.7') && this.#zone.hasBelow(name) ? { name, node } : null
  }

  /** closerENTExists: whether a name between the wildcard's parent and the one asked for has names below it. */
  #hasCloser(name: string, wildcard: string): boolean {
    if (wildcard === '.') return false
    const parent = wildcard.slice(2)
    for (const start of labelStarts(name).slice(1)) {
      const between = name.slice(start)
      if (between === parent || !isSubdomain(parent === '' ? '.' : parent, between)) return false
      if (this.#zone.hasBelow(between)) return true
    }
    return false
  }

  #fromWildcard(
    { name: owner, node }: { readonly name: string; readonly node: ZoneNode | undefined },
    name: string,
  ): ZoneAnswer {
    if (node === undefined) return this.#nodata(`${owner} has no records`, 'nodata')
    const { type } = this.#request
    const named = (records: readonly ResourceRecord[]) => records.map((record) => ({ ...record, name }))
    const aliases = named(node.of('CNAME'))
    if (aliases.length > 0 && (type !== 'CNAME' || !this.#context.since('1.8.5')))
      return this.#follow(aliases, `the wildcard ${owner}`)
    const records = named(node.of(type))
    if (records.length > 0) return this.#records(records, `the wildcard ${owner}`)
    // Up to 1.9.1 it counted among what is passed on; nothing was, then.
    return this.#nodata(`the wildcard ${owner} has no ${type}`, 'nodata')
  }

  #atNode(node: ZoneNode, records: readonly ResourceRecord[], did: string): ZoneAnswer {
    const aliases = node.of('CNAME')
    if (aliases.length > 0 && this.#request.type !== 'CNAME')
      return this.#follow(aliases, `CNAME to ${aliases[0]?.data}`)
    return records.length > 0
      ? this.#records(records, did)
      : this.#nodata(`the name has no ${this.#request.type}`, 'nodata')
  }

  #records(records: readonly ResourceRecord[], did: string, authority = this.#zone.ns): ZoneAnswer {
    const [first] = records
    const outcome: Outcome =
      first?.type === 'CNAME'
        ? { kind: 'alias', records, target: first.data, reached: null }
        : { kind: 'records', records }
    return { kind: 'answer', outcome, authority, did }
  }

  #nodata(did: string, kind: 'nodata' | 'answer'): ZoneAnswer {
    const { soa } = this.#zone
    return { kind, outcome: { kind: 'nodata' }, authority: soa === null ? [] : [soa], did }
  }

  #delegation(node: ZoneNode, name: string): ZoneAnswer | null {
    const servers = node.of('NS')
    if (servers.length === 0 || (this.#request.type === 'DS' && node.name === name)) return null
    const outcome: Outcome = { kind: 'referral', records: [...servers, ...glueOf(this.#zone, servers)] }
    return { kind: 'answer', outcome, authority: servers, did: `${node.name} is delegated` }
  }

  #byDname(name: string, dname: ResourceRecord, target: string): ZoneAnswer {
    const { since } = this.#context
    if (since('1.14.7') && foldCase(target) === name) return failed('a DNAME to itself')
    const alias = { name, ttl: dname.ttl, type: 'CNAME', data: target }
    const did = `DNAME of ${dname.name}`
    if (this.#request.type === 'CNAME' && since('1.8.5')) {
      return {
        kind: 'answer',
        outcome: { kind: 'alias', records: [dname, alias], target, reached: null },
        authority: this.#zone.ns,
        did,
      }
    }
    return this.#follow([alias], did, [dname])
  }

  /** externalLookup: through the zone as far as its names go, then through the whole server. */
  #follow(aliases: readonly ResourceRecord[], did: string, before: readonly ResourceRecord[] = []): ZoneAnswer {
    const { since } = this.#context
    const { type } = this.#request
    const { ns, origin } = this.#zone
    const records = [...before, ...aliases]
    let target = aliases[0]?.data ?? '.'
    const only = (): ZoneAnswer => ({
      kind: 'answer',
      outcome: { kind: 'alias', records, target, reached: null },
      authority: ns,
      did,
    })
    for (let count = 0; ; count++) {
      const node = this.#zone.find(target)
      if (since('1.14.7') && this.#isDelegated(target, node)) return only()
      const isApex = since('1.14.2') && (type === 'NS' || (type === 'SOA' && target === origin))
      if (node === undefined || isApex) return this.#outside(records, target, did)
      const next = node.of('CNAME')
      const [alias] = next
      if (alias === undefined) {
        const found = node.of(type)
        if (found.length === 0) return only()
        const outcome: Outcome = { kind: 'alias', records, target, reached: { kind: 'records', records: found } }
        return { kind: 'answer', outcome, authority: ns, did }
      }
      if (since('1.15.0') && foldCase(alias.data) === alias.name) return failed('a CNAME to itself')
      if (count >= LONGEST_CHAIN) return only()
      records.push(...next)
      target = alias.data
    }
  }

  #isDelegated(target: string, node: ZoneNode | undefined): boolean {
    if (!isSubdomain(this.#zone.origin, target)) return false
    for (const part of this.#fromRight(foldCase(target), 1)) {
      const found = part === target ? node : this.#zone.find(part)
      if (found !== undefined && this.#delegation(found, target) !== null) return true
    }
    return false
  }

  /** doLookup: the rcode is that of the target where it is NXDOMAIN or SERVFAIL, else NOERROR. */
  #outside(records: readonly ResourceRecord[], target: string, did: string): ZoneAnswer {
    const { outcome } = this.#context.lookup(this.#request, target, this.#request.type)
    const { ns, soa } = this.#zone
    const reached = reachedBy(outcome)
    const isNegative = reached === null ? outcome.kind === 'nodata' : rcodeOfOutcome(reached) === 'NXDOMAIN'
    const authority = isNegative && soa !== null && this.#context.since('1.14.5') ? [soa] : ns
    if (reached !== null && rcodeOfOutcome(reached) === 'SERVFAIL' && !this.#context.since('1.8.5')) {
      return failed(`the target ${target} fails`)
    }
    return {
      kind: 'answer',
      outcome: { kind: 'alias', records, target, reached },
      authority,
      did: `${did}, and on to ${target}`,
    }
  }
}

function reachedBy(outcome: Outcome): Outcome | null {
  if (!isKnownOutcome(outcome)) return outcome.kind === 'dropped' ? null : outcome
  const rcode = rcodeOfOutcome(outcome)
  if (rcode === 'NXDOMAIN' || rcode === 'SERVFAIL') return outcome
  const records = recordsOf(outcome)
  if (records.length === 0) return null
  return outcome.kind === 'alias' ? outcome : { kind: 'records', records }
}

/** plugin/file/dname.go: what a name below a DNAME becomes, null for another name. */
function substitute(name: string, { name: owner, data }: ResourceRecord): string | null {
  if (name === owner || !isSubdomain(owner, name)) return null
  const own = name.slice(0, name.length - owner.length)
  return data === '.' ? own : `${own}${data}`
}

function failed(reason: string): ZoneAnswer {
  return { kind: 'failed', outcome: { kind: 'servfail', reason }, authority: [], did: reason }
}
