import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Decider } from '../../../src/resolver/decision.ts'
import { outcomeSummary } from '../../../src/resolver/outcome-summary.ts'
import { dnsmasqVersion } from '../live/dnsmasq.ts'
import { type Compared, compareRecording, tallyByTopic, totalOf } from './agreement.ts'
import { askCoredns, isAccepted } from './ask-coredns.ts'
import { askDnsmasq } from './ask-dnsmasq.ts'
import { concealedLine } from './conceal.ts'
import type { Configuration, Mode } from './configuration.ts'
import { fingerprint } from './configuration.ts'
import { readCorpus } from './corpus.ts'
import { type CorpusCounts, readCorpusCounts, writeCorpusCounts } from './corpus-counts.ts'
import { configurations } from './generate/configurations.ts'
import { dnsmasqConfigurations } from './generate/dnsmasq.ts'
import { coreDnsModel, dnsmasqModel } from './model.ts'
import { formatRecording, type Recorded, type Recording, readRecording, recordingFile } from './record.ts'

/** One kind of server: what it is asked, how, and the model that must say the same. */
export interface Suite {
  readonly name: string
  /** What the program is called. */
  readonly title: string
  /** What its configurations are told apart by. */
  readonly subject: string
  readonly releases: readonly string[]
  /** What the numbers of its releases begin with. */
  readonly numbers: string
  /** What a release is asked; other configurations of the same kinds with a seed. */
  configurationsAt(release: string, seed?: string): readonly Configuration[]
  ask(
    release: string,
    configurations: readonly Configuration[],
    mode: Mode,
    refused: Refused,
  ): Promise<ReadonlyMap<string, readonly string[]>>
  /** Whether what is recorded has fingerprints for names and data, because the configurations are not ours. */
  readonly isConcealed?: boolean
  /** The model; missing where there is none to compare with. */
  readonly modelOf?: (configuration: Configuration, release: string) => Decider
}

type Refused = (configuration: Configuration, output: string) => void

/** The release that is asked everything; older ones are asked about every second configuration. */
const NEWEST = '1.15.0'

const coredns: Suite = {
  name: 'coredns',
  title: 'CoreDNS',
  subject: 'plugin',
  releases: [NEWEST, '1.11.4', '1.9.4', '1.8.4'],
  numbers: '1.',
  configurationsAt: (release, seed) =>
    configurations(seed).filter((each, at) => (release === NEWEST || at % 2 === 0) && isAccepted(each, release)),
  ask: askCoredns,
  modelOf: (configuration, release) => coreDnsModel(configuration, release),
}

const dnsmasq: Suite = {
  name: 'dnsmasq',
  title: 'dnsmasq',
  subject: 'option',
  releases: ['2.90'],
  numbers: '2.',
  configurationsAt: (_release, seed) => dnsmasqConfigurations(seed),
  ask(release, configurations, mode, refused) {
    const version = dnsmasqVersion()
    if (version !== release) throw new Error(`dnsmasq ${release} is asked for, ${version ?? 'none'} is here`)
    return askDnsmasq(configurations, mode, refused)
  },
  modelOf: dnsmasqModel,
}

/** Corefiles as their owners keep them; nothing is in it where the shared corpus is not beside the checkout. */
export const collected = await readCorpus()

/** The suite of the shared corpus. */
export const corpus: Suite = {
  name: 'corpus',
  title: 'CoreDNS',
  subject: 'source',
  releases: [NEWEST, '1.11.4'],
  numbers: '1.',
  configurationsAt: (release) => collected.configurations.filter((each) => isAccepted(each, release)),
  ask: askCoredns,
  isConcealed: true,
  modelOf: (configuration, release) => coreDnsModel(configuration, release),
}

/** All suites, by name. */
export const suites: readonly Suite[] = [coredns, corpus, dnsmasq]

/** What to record or compare; everything without a word about it. */
export interface ResolverOptions {
  readonly suite?: readonly string[] | undefined
  readonly release?: readonly string[] | undefined
  /** Ask again, write nothing, and fail where a reply differs from the recorded one. */
  readonly check: boolean
  /** Ask about other configurations than those that are recorded, and write nothing. */
  readonly seed?: string | undefined
  /** Ask nobody; compare the models with what is recorded. */
  readonly compare: boolean
}

/** Asks the servers, records or checks what they answer, and says where a model disagrees. False where anything differs. */
export async function runResolver({ suite, release, check, compare, seed }: ResolverOptions): Promise<boolean> {
  let fine = true
  for (const each of suites.filter(({ name }) => suite?.includes(name) ?? true)) {
    for (const at of release?.filter((one) => one.startsWith(each.numbers)) ?? each.releases) {
      if (each.configurationsAt(at).length === 0) {
        console.log(`${each.name} ${at}: nothing to ask beside this checkout`)
        continue
      }
      const isAsked = seed !== undefined || !compare
      const recording = isAsked ? await record(each, at, seed) : null
      // A concealed recording cannot say what differs.
      if (recording !== null && (seed !== undefined || each.isConcealed === true)) {
        if (!report(each, at, [...compareTo(each, at, recording, seed)])) fine = false
        if (seed !== undefined) continue
      }
      if (recording !== null) {
        const kept = each.isConcealed === true ? concealedRecording(each, at, recording) : recording
        const file = recordingFile(`${each.name}-${at}`)
        if (check) {
          const same = existsSync(file) && sameUpToChance(readFileSync(file, 'utf8'), kept)
          if (!same) fine = false
        } else writeFileSync(file, formatRecording(kept))
      }
      if (!report(each, at, [...compareRecorded(each, at)])) fine = false
    }
  }
  if (collected.texts > 0 && !check && seed === undefined && (suite?.includes(corpus.name) ?? true)) {
    writeCorpusCounts(corpusCounts())
  }
  return fine
}

/** The numbers of the corpus: of what is at hand, else those that were kept. */
export function corpusCounts(): CorpusCounts {
  if (collected.texts === 0) return readCorpusCounts()
  const tallies = corpus.releases.map((release) => {
    return [release, Object.fromEntries(tallyByTopic(compareRecorded(corpus, release)))] as const
  })
  const skipped = Object.fromEntries([...collected.skipped].sort(([, one], [, other]) => other - one))
  return { texts: collected.texts, skipped, tallies: Object.fromEntries(tallies) }
}

/** A recording that says what was answered only to who has the texts. */
function concealedRecording(suite: Suite, release: string, recording: Recording): Recording {
  const questions = new Map(suite.configurationsAt(release).map((each) => [each.id, each.questions]))
  const concealedLines = (id: string, lines: readonly string[]) =>
    (questions.get(id) ?? []).map((question, at) => concealedLine(lines[at] ?? '', question))
  return Object.fromEntries(
    Object.entries(recording).map(([id, { of, replies }]) => {
      const modes = Object.entries(replies).map(([mode, lines]) => [mode, concealedLines(id, lines)])
      return [id, { of, replies: Object.fromEntries(modes) as Recorded['replies'] }]
    }),
  )
}

async function record(suite: Suite, release: string, seed?: string): Promise<Recording> {
  const all = suite.configurationsAt(release, seed)
  const started = Date.now()
  const replies = new Map<string, Partial<Record<Mode, readonly string[]>>>()
  for (const mode of ['ok', 'nxdomain', 'servfail'] as const) {
    const asked = mode === 'ok' ? all : all.filter(({ modes }) => modes.includes(mode))
    const answers = await suite.ask(release, asked, mode, ({ id }, output) => {
      if (mode === 'ok') console.error(`${suite.name} ${release} refuses ${id}: ${output.trim().split('\n').at(-1)}`)
    })
    for (const [id, lines] of answers) replies.set(id, { ...replies.get(id), [mode]: lines })
  }
  console.error(
    `${suite.name} ${release}: ${replies.size} configurations in ${Math.round((Date.now() - started) / 1000)} s`,
  )
  const entries = all.flatMap((configuration): [string, Recorded][] => {
    const own = replies.get(configuration.id)
    return own === undefined ? [] : [[configuration.id, { of: fingerprint(configuration), replies: own }]]
  })
  return Object.fromEntries(entries)
}

/** Whether a second run answered the same; which of several upstreams was asked, and in which order records came, is chance. */
function sameUpToChance(file: string, again: Recording): boolean {
  const before = JSON.parse(file) as Recording
  const plain = (line: string) =>
    line
      .replace(/100\.64\.0\.\d|100::\d|upstream \d|<\d/g, '#')
      .split('; ')
      .sort()
      .join('; ')
  let same = Object.keys(before).length === Object.keys(again).length
  for (const [id, { of, replies }] of Object.entries(again)) {
    for (const [mode, lines] of Object.entries(replies)) {
      const old = before[id]?.replies[mode as Mode]
      for (const [at, line] of lines.entries()) {
        if (before[id]?.of === of && old?.[at] !== undefined && plain(old[at]) === plain(line)) continue
        console.log(`${id} ${mode} ${at}: recorded ${old?.[at]}, now ${line}`)
        same = false
      }
    }
  }
  return same
}

/** Prints how often a model says the same, and where it does not; false where it does not. */
function report(suite: Suite, release: string, compared: readonly Compared[]): boolean {
  const { configurations: many, pairs, replies, agree, differ, unknown } = totalOf(tallyByTopic(compared).values())
  console.log(
    `${suite.name} ${release}: ${many} configurations, ${pairs} pairs, ${replies} replies: ${agree} agree, ${differ} differ, ${unknown} unknown`,
  )
  for (const each of compared) {
    if (each.standing === 'differ') console.log(disagreementText(each))
  }
  return differ === 0
}

/** All that was recorded of a suite at a release, beside what its model says. */
export function compareRecorded(suite: Suite, release: string): Iterable<Compared> {
  return compareTo(suite, release, readRecording(`${suite.name}-${release}`), undefined, suite.isConcealed)
}

function compareTo(
  suite: Suite,
  release: string,
  recording: Recording,
  seed?: string,
  isConcealed = false,
): Iterable<Compared> {
  const { modelOf } = suite
  if (modelOf === undefined) return []
  const all = suite.configurationsAt(release, seed)
  return compareRecording(all, recording, (each) => modelOf(each, release), isConcealed)
}

/** A disagreement in one line. */
export function disagreementText({ configuration, question, mode, decision, observed, why }: Compared): string {
  const { name, type, client, server } = question
  const ends = [client && `from ${client}`, server && `at ${server}`].filter(Boolean).join(' ')
  return `${configuration.id} ${mode}: ${name} ${type}${ends && ` ${ends}`}: server ${observed}; model ${outcomeSummary(decision.outcome)} (${decision.outcome.kind}); ${why}`
}
