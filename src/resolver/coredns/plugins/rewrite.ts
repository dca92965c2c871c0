import { isDomainName, normalizeName } from '../../../values/name.ts'
import type { Outcome, ReplyChange, ResourceRecord } from '../../outcome.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import {
  answerOnly,
  changed,
  isKnownOutcome,
  ofRcode,
  rcodeOfOutcome,
  recordsOf,
  returned,
  unknown,
  withOutcome,
} from '../replies.ts'
import { type ResponseRule, type RewriteRule, readRewriteRule, Unreadable } from '../rewrite-rules.ts'

/** plugin/rewrite/rewrite.go: rules in written order; each may change the question and what comes back. */
export const rewrite: PluginModel = {
  prepare(occurrences, context) {
    try {
      return [
        new RewriteLink(
          occurrences.map((occurrence) => readRewriteRule(occurrence, context)),
          context,
        ),
      ]
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      const { message } = error
      return [{ serve: () => unknown(message) }]
    }
  },
  mention(occurrences, vocabulary, context) {
    for (const occurrence of occurrences) {
      try {
        const { names, domains, patterns } = readRewriteRule(occurrence, context)
        for (const name of names) vocabulary.name(name)
        for (const domain of domains) vocabulary.domain(domain)
        for (const each of patterns) vocabulary.pattern(each.source, occurrence, context.block.zones, each.names)
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
      }
    }
  },
}

/** Rules in their order, of which those for one name or one end of names are found by it. */
class RulesByName {
  readonly #general: number[] = []
  readonly #byName = new Map<string, number[]>()
  readonly #byEnd = new Map<string, number[]>()

  constructor(rules: readonly RewriteRule[]) {
    for (const [at, { fits }] of rules.entries()) {
      if ('name' in fits) append(this.#byName, fits.name, at)
      else if (fits.ends.includes('')) this.#general.push(at)
      else for (const end of new Set(fits.ends)) append(this.#byEnd, end, at)
    }
  }

  /** The numbers of the rules that may fit a name in lower case, in order. */
  of(name: string): readonly number[] {
    const own = [...(this.#byName.get(name) ?? [])]
    // An end need not begin with a label.
    for (let start = 0; this.#byEnd.size > 0 && start < name.length; start++) {
      const found = this.#byEnd.get(name.slice(start))
      if (found !== undefined) own.push(...found)
    }
    return own.length === 0 ? this.#general : [...new Set([...this.#general, ...own])].sort((a, b) => a - b)
  }
}

function append(map: Map<string, number[]>, key: string, at: number): void {
  const others = map.get(key)
  if (others === undefined) map.set(key, [at])
  else others.push(at)
}

class RewriteLink implements Link {
  readonly #rules: readonly RewriteRule[]
  readonly #index: RulesByName
  readonly #context: BlockContext

  constructor(rules: readonly RewriteRule[], context: BlockContext) {
    this.#rules = rules
    this.#index = new RulesByName(rules)
    this.#context = context
  }

  serve(request: Request, turn: Turn): Reply {
    const responses: ResponseRule[] = []
    let current = request
    let isStopped = false
    for (const rule of this.#rulesFor(() => current.name)) {
      const { name, type, class: classOf } = current
      const done = rule.rewrite({ name, type, class: classOf })
      if (done === null) continue
      if (!isDomainName(done.name, this.#context.program.release)) {
        turn.note(`the name becomes ${done.name}, which is none`, rule.occurrence.name.place)
        return returned({ kind: 'servfail', reason: 'the rewritten name is no domain name' })
      }
      if (done.name !== name || done.type !== type || done.class !== classOf) {
        current = { ...current, name: done.name, type: done.type, class: done.class }
      }
      responses.push(...done.responses)
      turn.note(describe(request, current, done.responses), rule.occurrence.name.place)
      if (!rule.continues) {
        isStopped = true
        break
      }
    }
    const passed = current === request ? turn.next() : turn.next(current)
    const reply = current.name === request.name ? passed : { ...passed, leftWith: passed.leftWith ?? current.name }
    if (!isStopped && responses.length === 0) return reply
    return this.#back(reply, responses, current)
  }

  /** The rules that may fit a name, which may become another one on the way. */
  *#rulesFor(name: () => string): Generator<RewriteRule> {
    let last = -1
    for (let asked = name(), rules = this.#index.of(normalizeName(asked)), at = 0; at < rules.length; at++) {
      const number = rules[at] ?? 0
      const rule = this.#rules[number]
      if (number <= last || rule === undefined) continue
      last = number
      yield rule
      if (name() === asked) continue
      asked = name()
      rules = this.#index.of(normalizeName(asked))
      at = -1
    }
  }

  /** ResponseReverter.WriteMsg: the rules in turn, the last one first since 1.11.4. */
  #back(reply: Reply, responses: readonly ResponseRule[], asked: Request): Reply {
    const { since } = this.#context
    const { outcome } = reply
    if (!reply.written && !since('1.9.0')) return reply
    const rules = since('1.11.4') ? [...responses].reverse() : responses
    // What nobody wrote is written here, so that plugins in front see it.
    const isWritten = reply.written || outcome.kind !== 'dropped'
    const authority = reply.written ? reply.authority : []
    const known = changed(outcome, { known: (each) => this.#known(each, rules, authority, asked), elsewhere: null })
    const next = withOutcome(reply, this.#elsewhere(known, rules))
    return isWritten === next.written ? next : { ...next, written: isWritten }
  }

  /** Notes what the rules do to data that is not known here. */
  #elsewhere(outcome: Outcome, rules: readonly ResponseRule[]): Outcome {
    switch (outcome.kind) {
      case 'upstream': {
        const next = outcome.next && { ...outcome.next, outcome: this.#elsewhere(outcome.next.outcome, rules) }
        return {
          ...outcome,
          changes: [...outcome.changes, ...this.#changes(outcome.asks.name, outcome.changes, rules)],
          next,
        }
      }
      case 'cluster':
      case 'file':
      case 'etcd': {
        const changes = [...outcome.changes, ...this.#changes(outcome.name, outcome.changes, rules)]
        return { ...outcome, changes, otherwise: this.#elsewhere(outcome.otherwise, rules) }
      }
      case 'alias':
        return outcome.reached === null ? outcome : { ...outcome, reached: this.#elsewhere(outcome.reached, rules) }
      default:
        return outcome
    }
  }

  /** The records have the owner that was asked for, unless it was changed before. */
  #changes(asked: string, before: readonly ReplyChange[], rules: readonly ResponseRule[]): ReplyChange[] {
    const changes: ReplyChange[] = []
    const old = before.findLast(({ becomes }) => becomes.startsWith('owner '))?.becomes.slice('owner '.length) ?? asked
    const owner = rules.reduce((name, rule) => (rule.kind === 'name' ? rule.rewrite(name) : name), old)
    if (owner !== old) changes.push({ when: '*', becomes: `owner ${owner}` })
    for (const rule of rules) {
      if (rule.kind === 'name') changes.push({ when: '*', becomes: `names ${rule.says}` })
      else if (rule.kind === 'value') changes.push({ when: '*', becomes: `values ${rule.says}` })
      else if (rule.kind === 'cname') changes.push({ when: '*', becomes: `cname ${rule.says}` })
      else if (rule.kind === 'rcode') {
        const limit = this.#context.since('1.14.7') ? '' : ' with records'
        changes.push({ when: rule.from, becomes: `rcode ${rule.to}${limit}` })
      }
    }
    return changes
  }

  #known(
    outcome: Outcome,
    rules: readonly ResponseRule[],
    authority: readonly ResourceRecord[] | undefined,
    asked: Request,
  ): Outcome {
    const records = recordsOf(outcome)
    const named = this.#withRecords(outcome, (record) => rules.reduce(changedRecord, record), rules, asked)
    const before = rcodeOfOutcome(named)
    if (before === null) return named
    const isEmpty = records.length === 0 && (authority?.length ?? (before === 'SERVFAIL' ? 0 : 1)) === 0
    if (isEmpty && !this.#context.since('1.14.7')) return named
    const after = rules.reduce(
      (rcode, rule) => (rule.kind === 'rcode' && rule.from === rcode ? rule.to : rcode),
      before,
    )
    if (after === before) return named
    const left = recordsOf(named)
    if (left.length === 0) return ofRcode(after, `rewrite makes SERVFAIL of ${before}`)
    if (after === 'NOERROR') return { kind: 'records', records: left }
    return { kind: 'rcode', rcode: after, records: left }
  }

  #withRecords(
    outcome: Outcome,
    change: (record: ResourceRecord) => ResourceRecord,
    rules: readonly ResponseRule[],
    asked: Request,
  ): Outcome {
    switch (outcome.kind) {
      case 'records':
      case 'rcode':
      case 'referral':
        return { ...outcome, records: outcome.records.map(change) }
      case 'alias': {
        const target = this.#otherTarget(outcome.target, rules)
        if (target !== null && target !== outcome.target) return this.#toTarget(outcome, target, change, asked)
        const records = outcome.records.map(change)
        const reached =
          outcome.reached &&
          (isKnownOutcome(outcome.reached) ? this.#withRecords(outcome.reached, change, rules, asked) : outcome.reached)
        return {
          kind: 'alias',
          records,
          target: records.findLast(({ type }) => type === 'CNAME')?.data ?? outcome.target,
          reached,
        }
      }
      default:
        return outcome
    }
  }

  #otherTarget(target: string, rules: readonly ResponseRule[]): string | null {
    for (const rule of rules) {
      const other = rule.kind === 'cname' ? rule.rewrite(target) : null
      if (other !== null) return other
    }
    return null
  }

  /** cname_target.go RewriteResponse: the new target is looked up through the whole server. */
  #toTarget(
    { records }: Extract<Outcome, { kind: 'alias' }>,
    target: string,
    change: (record: ResourceRecord) => ResourceRecord,
    asked: Request,
  ): Outcome {
    const found = answerOnly(this.#context.lookup(asked, target, asked.type).outcome)
    const changedRecords = records.map(change)
    const last = changedRecords.at(-1)
    return {
      kind: 'alias',
      records: last === undefined ? [] : [...changedRecords.slice(0, -1), { ...last, data: target }],
      target,
      reached: found.kind === 'nodata' ? null : found,
    }
  }
}

/** Types whose data ends in a name that rules of values rewrite; SOA begins with one (getRecordValueForRewrite). */
const NAME_LAST: ReadonlySet<string> = new Set(['SRV', 'MX', 'CNAME', 'NS', 'DNAME', 'NAPTR', 'PTR'])

function changedRecord(record: ResourceRecord, rule: ResponseRule): ResourceRecord {
  switch (rule.kind) {
    case 'name':
      return { ...record, name: rule.rewrite(record.name) }
    case 'value': {
      const words = record.data.split(' ')
      const at = record.type === 'SOA' ? 0 : NAME_LAST.has(record.type) ? words.length - 1 : -1
      const name = words[at]
      return name === undefined ? record : { ...record, data: words.with(at, rule.rewrite(name)).join(' ') }
    }
    case 'ttl':
      return { ...record, ttl: Math.min(Math.max(record.ttl, rule.least), rule.most) }
    default:
      return record
  }
}

function describe(
  before: Request,
  { name, type, class: classOf }: Request,
  responses: readonly ResponseRule[],
): string {
  const changes = [
    ...(name === before.name ? [] : [`name becomes ${name}`]),
    ...(type === before.type ? [] : [`type becomes ${type}`]),
    ...(classOf === before.class ? [] : [`class becomes ${classOf}`]),
    ...responses.flatMap((rule) => {
      if (rule.kind === 'rcode') return [`${rule.from} becomes ${rule.to}`]
      if (rule.kind === 'ttl') return ['the TTL of the reply changes']
      return rule.kind === 'cname' ? [`CNAME targets: ${rule.says}`] : []
    }),
  ]
  return changes.length === 0 ? 'nothing of the answer changes' : changes.join(', ')
}
