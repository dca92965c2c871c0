import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Decider } from '../../../src/resolver/decision.ts'
import type { Outcome } from '../../../src/resolver/outcome.ts'
import { probesOf } from '../../../src/resolver/probes.ts'
import { queryFor } from '../../../src/resolver/query.ts'
import { sameOutcome } from '../../../src/resolver/same-outcome.ts'
import { Random } from '../generate/random.ts'
import { dnsmasqVersion } from '../live/dnsmasq.ts'
import { askCoredns } from '../resolver/ask-coredns.ts'
import { askDnsmasq } from '../resolver/ask-dnsmasq.ts'
import type { Configuration, Mode, Question } from '../resolver/configuration.ts'
import { difference, expectedReplies, NotTold } from '../resolver/expected.ts'
import { parseReply, type Reply } from '../resolver/reply.ts'
import { clusterComplaint, kubernetesDifference } from './cluster-replies.ts'
import type { SourceCase } from './source-case.ts'
import type { Translated } from './translated.ts'

/** A source and its result as configurations of two servers that are asked the same questions. */
export interface Pair {
  readonly source: Configuration
  readonly result: Configuration
  /** The dnsmasq of the source. */
  readonly dnsmasq: string
  /** The CoreDNS of the result. */
  readonly coredns: string
  /** What the migration itself is proved with. */
  readonly models: NonNullable<Translated['models']>
}

/** So many questions for each pair, in each mode. */
const QUESTIONS = 26
const MODES: readonly Mode[] = ['ok', 'nxdomain']
/** Types that no probe asks and that sources may have records of. */
const FURTHER = ['NAPTR', 'CAA', 'PTR', 'SOA', 'ANY']

/** The servers of a case that has any, and what they are asked: probes that tell the two apart, a sample where they are many. */
export function pairOf(one: SourceCase, { migration, accepted, models }: Translated): Pair | null {
  const { corefile, conflicts } = migration
  if (one.live === null || models === null || conflicts.length > 0) return null
  if (accepted.includes('dnsmasq-refuses-option')) return null
  const base = { id: one.id, topic: one.topic, modes: ['nxdomain'] as const, remembers: true }
  const source = {
    ...base,
    text: `${one.live.options.map(withoutPort).join('\n')}\n`,
    files: one.live.files,
    questions: [],
  }
  const result = { ...base, text: asStarted(corefile), files: {}, questions: [] }
  const questions = questionsOf(models, new Random(`questions ${one.id}`))
  return {
    source: { ...source, questions },
    result: { ...result, questions },
    dnsmasq: one.live.dnsmasq,
    coredns: one.release,
    models,
  }
}

/** Other ports than the usual one are those of the fakes. */
function withoutPort(option: string): string {
  return option.replace(/(192\.0\.2\.\d)#\d+/g, '$1')
}

/** A Corefile as it is started here: on ports of its own, without what serves the operator, with a fake cluster. */
export function asStarted(corefile: string): string {
  return corefile
    .replace(/^(\S.*)$/gm, (keys) => keys.replace(/:\d+(?=\s)/g, ':@port@'))
    .replace(/^ {4}(?:health \{\n.*\n {4}\}|health|ready|prometheus .*|loop|reload)\n/gm, '')
    .replace(/^( {4}kubernetes .*\{)$/gm, '$1\n        endpoint @api@')
}

function questionsOf({ source, result }: { source: Decider; result: Decider }, random: Random): Question[] {
  const probes = [...probesOf([source.vocabulary, result.vocabulary])]
  const cluster = [...result.vocabulary.clusterDomains]
  const all = probes.flatMap(({ query: { name, type } }) => {
    // What becomes of the root depends on more than can be told, and names of the cluster need kubedns.
    const isOfCluster =
      cluster.some((domain) => name.endsWith(domain)) || (cluster.length > 0 && name.endsWith('.arpa.'))
    return name === '.' || isOfCluster ? [] : [{ name, type }]
  })
  const names = [...new Set(all.map(({ name }) => name))]
  const further = random.some(names, 4).map((name) => ({ name, type: random.one(FURTHER) }))
  const chosen = [...random.some(all, QUESTIONS - further.length), ...further]
  const known = new Set<string>()
  return chosen.filter(({ name, type }) => !known.has(`${name} ${type}`) && known.add(`${name} ${type}`))
}

/** Where the dnsmasq of a release is: in a folder of releases, or on the machine; null where it is not. */
export function dnsmasqProgram(release: string, folder: string | null): string | null {
  const built = folder === null ? null : join(folder, release, 'src/dnsmasq')
  if (built !== null && existsSync(built)) return built
  return dnsmasqVersion() === release ? 'dnsmasq' : null
}

/** What both servers of the pairs said, by id and mode; pairs that did not start are told by `refused`. */
export async function askBoth(
  pairs: readonly Pair[],
  folder: string | null,
  refused: (id: string, who: string, output: string) => void,
): Promise<ReadonlyMap<string, Record<Mode, { source: readonly string[]; result: readonly string[] }>>> {
  const all = new Map<string, Record<string, { source: readonly string[]; result: readonly string[] }>>()
  for (const mode of MODES) {
    const sources = new Map<string, readonly string[]>()
    const results = new Map<string, readonly string[]>()
    for (const [release, some] of Map.groupBy(pairs, ({ dnsmasq }) => dnsmasq)) {
      const program = dnsmasqProgram(release, folder) ?? 'dnsmasq'
      const asked = await askDnsmasq(
        some.map(({ source }) => source),
        mode,
        ({ id }, output) => refused(id, `dnsmasq ${release}`, output),
        program,
      )
      for (const [id, replies] of asked) sources.set(id, replies)
    }
    for (const [release, some] of Map.groupBy(pairs, ({ coredns }) => coredns)) {
      const asked = await askCoredns(
        release,
        some.map(({ result }) => result),
        mode,
        ({ id }, output) => refused(id, `CoreDNS ${release}`, output),
      )
      for (const [id, replies] of asked) results.set(id, replies)
    }
    for (const [id, source] of sources) {
      const result = results.get(id)
      if (result !== undefined) all.set(id, { ...all.get(id), [mode]: { source, result } })
    }
  }
  // A server that did not get its port in one of the modes has half of the replies.
  for (const [id, said] of all) if (MODES.some((mode) => said[mode] === undefined)) all.delete(id)
  return all as ReadonlyMap<string, Record<Mode, { source: readonly string[]; result: readonly string[] }>>
}

/** What became of one question. */
export interface Judged {
  /** `same`, the code of a declared difference, or `different`. */
  readonly standing: string
  /** What speaks against a model; empty where both models say what the servers said. */
  readonly model: string
}

/** Judges what both servers said to a question, by what the models say of it today. */
export function judgeReplies(
  { source: { questions }, models }: Pair,
  at: number,
  mode: Mode,
  replies: { readonly source: string; readonly result: string },
): Judged {
  const question = questions[at] as Question
  const [before, after] = [parseReply(replies.source, question), parseReply(replies.result, question)]
  // A name that does not exist is remembered for all types.
  const isEarlier = questions.slice(0, at).some(({ name }) => name.toLowerCase() === question.name.toLowerCase())
  const isRemembered = mode === 'nxdomain' && before.rcode === 'NXDOMAIN' && before.asked.length === 0 && isEarlier
  const query = queryFor(question.name, question.type)
  const [old, later] = [models.source.decide(query), models.result.decide(query)]
  const probe = { query, kind: 'itself', of: query.name } as const
  const isSameOutcome = sameOutcome(old.outcome, later.outcome)
  const declared = isSameOutcome ? null : models.declare({ probe, old, new: later })
  const model = [
    isRemembered ? '' : complaint('the source', before, old.outcome, mode),
    complaint('CoreDNS', after, later.outcome, mode),
  ].join('')
  if (isSame(before, after)) return { standing: 'same', model }
  if (declared !== null) return { standing: declared.code, model }
  // Which of several servers answers is chance.
  const isChance = isSameOutcome && old.outcome.kind === 'upstream' && old.outcome.upstreams.length > 1
  if (isChance && isSame(plain(before), plain(after))) return { standing: 'same', model }
  const [domain = ''] = models.source.vocabulary.clusterDomains
  const isOfCluster = old.outcome.kind === 'cluster' && later.outcome.kind === 'cluster'
  if (isOfCluster && kubernetesDifference(question, domain, before, after) !== null) return { standing: 'D-K8S', model }
  return { standing: isRemembered ? 'D-CACHE' : 'different', model }
}

function complaint(who: string, reply: Reply, outcome: Outcome, mode: Mode): string {
  try {
    const why =
      outcome.kind === 'cluster'
        ? clusterComplaint(outcome, reply, mode)
        : difference(reply, expectedReplies(outcome, mode), true)
    return why === null || why === '' ? '' : `${who}: ${why}; `
  } catch (error) {
    if (error instanceof NotTold) return ''
    throw error
  }
}

function isSame(one: Reply, other: Reply): boolean {
  const records = ({ answers }: Reply) =>
    [...new Set(answers.map(({ name, type, data }) => `${name} ${type} ${data}`.toLowerCase()))].sort().join('; ')
  return one.rcode === other.rcode && records(one) === records(other)
}

function plain(reply: Reply): Reply {
  const answers = reply.answers.map((record) => ({
    ...record,
    data: record.data.replace(/^100\.64\.0\.\d$|^100::\d$|^"upstream \d"$/, 'upstream'),
  }))
  return { ...reply, answers }
}
