import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildJudge, compareReleases } from '../build.ts'
import { judgeAll } from '../judge.ts'
import { buildKubeDns, type KubeDnsPrograms } from '../live/kube-dns.ts'
import type { Mode } from '../resolver/configuration.ts'
import { sourceCases } from './cases.ts'
import { askKubeDns, type KubeDnsPair, kubeDnsPairOf } from './kube-dns-beside.ts'
import { formatRecording, type RecordedCase, type RecordedReplies, readRecording, recordingFile } from './record.ts'
import { askBoth, dnsmasqProgram, judgeReplies, type Pair, pairOf } from './side-by-side.ts'
import { fingerprint, type SourceCase } from './source-case.ts'
import { type Translated, translated } from './translated.ts'

/** How to ask. */
export interface MigrateRunOptions {
  /**
   * Releases of dnsmasq, FOLDER/2.78/src/dnsmasq and others, without which only the one of the machine runs, and the sources of kubernetes/dns at
   * a tag, FOLDER/1.26.7, without which no kube-dns runs.
   */
  readonly folder: string | null
  /** Write nothing, and fail where anything is not as recorded. */
  readonly check: boolean
}

/** Migrates every case, lets the release judge each result, and asks source and result side by side. False where anything is wrong. */
export async function runMigrate({ folder, check }: MigrateRunOptions): Promise<boolean> {
  const before = readRecording()
  const done: { readonly one: SourceCase; readonly made: Translated }[] = []
  for (const one of sourceCases()) done.push({ one, made: await translated(one) })
  const verdicts = await judged(done)
  const pairs = done.flatMap(({ one, made }) => {
    const pair = pairOf(one, made)
    return pair !== null && dnsmasqProgram(pair.dnsmasq, folder) !== null ? [pair] : []
  })
  let fine = true
  const complain = (line: string) => {
    console.log(line)
    fine = false
  }
  const refused = new Set<string>()
  const replies = await askBoth(pairs, folder, (id, who, output) => {
    if (!refused.has(id)) complain(`${id}: ${who} does not start: ${output.trim().split('\n').at(-1)}`)
    refused.add(id)
  })
  const kubeDns = await besideKubeDns(done, folder, (id, who, output) => {
    complain(`${id}: ${who} does not run: ${output.trim().split('\n').at(-1)}`)
  })
  const recorded = done.map(({ one, made }): readonly [string, RecordedCase] => {
    const verdict = verdicts.get(one.id) ?? ''
    if (!verdict.startsWith('ok')) complain(`${one.id}: CoreDNS ${one.release} says ${verdict}`)
    const pair = pairs.find(({ source }) => source.id === one.id)
    const said = replies.get(one.id)
    const result = fingerprint(made.migration.corefile)
    const known = before[one.id]
    const isCurrent = known?.of === fingerprint(one) && known.result === result
    // A release of dnsmasq that is not here keeps what it said before.
    const kept = pair === undefined && isCurrent ? known.live : undefined
    const live = pair !== undefined && said !== undefined ? recordReplies(pair, said) : kept
    const inCluster = kubeDns.get(one.id)
    const cluster =
      inCluster === undefined ? (isCurrent ? known.cluster : undefined) : recordReplies(inCluster.pair, inCluster.said)
    const plain = { of: fingerprint(one), result, verdict: verdict.replace(/ .*/s, '') }
    return [one.id, { ...plain, ...(live && { live }), ...(cluster && { cluster }) }]
  })
  const asked = [
    ...pairs.map((pair) => ({ pair, said: replies.get(pair.source.id), of: 'live' as const })),
    ...[...kubeDns.values()].map(({ pair, said }) => ({ pair, said, of: 'cluster' as const })),
  ]
  let counts = { asked: 0, declared: 0 }
  for (const { pair, said, of } of asked) {
    const live = recorded.find(([id]) => id === pair.source.id)?.[1][of]
    if (live === undefined) continue
    const told = verdictsOf(pair, live)
    counts = { asked: counts.asked + live.asked, declared: counts.declared + told.declared }
    for (const line of told.different) complain(line)
    if (said !== undefined) for (const line of againstModels(pair, said)) complain(line)
  }
  console.log(
    `${done.length} sources, ${pairs.length} side by side, ${kubeDns.size} with a kube-dns: ${counts.asked} questions, ${counts.declared} differ as declared`,
  )
  if (check) return fine && sameUpToChance(before, Object.fromEntries(recorded))
  writeFileSync(recordingFile, formatRecording(Object.fromEntries(recorded)))
  return fine
}

async function judged(done: readonly { one: SourceCase; made: Translated }[]): Promise<Map<string, string>> {
  const verdicts = new Map<string, string>()
  for (const [release, some] of Map.groupBy(done, ({ one }) => one.release)) {
    const cases = some.map(({ one, made }) => ({ id: one.id, text: made.migration.corefile }))
    for (const answer of await judgeAll(buildJudge(release), cases)) {
      const isEnvironment = answer.class === 'environment'
      const text = `${answer.class}:${answer.plugin ?? ''} ${answer.message ?? ''}`
      verdicts.set(answer.id, answer.accepted || isEnvironment ? 'ok' : text)
    }
  }
  return verdicts
}

/** What every kube-dns said that can run here, beside its result; nothing without the sources of one. */
async function besideKubeDns(
  done: readonly { readonly one: SourceCase; readonly made: Translated }[],
  folder: string | null,
  refused: (id: string, who: string, output: string) => void,
): Promise<ReadonlyMap<string, { readonly pair: KubeDnsPair; readonly said: Said }>> {
  const programs = folder === null ? null : newestKubeDns(folder)
  if (programs === null) {
    console.log(
      'no kube-dns is asked: there are no sources of kubernetes/dns with their vendor directory in the folder',
    )
    return new Map()
  }
  const pairs = done.flatMap(({ one, made }) => {
    const pair = kubeDnsPairOf(one, made)
    return pair !== null && dnsmasqProgram(pair.dnsmasq, folder) !== null ? [pair] : []
  })
  const said = await askKubeDns(pairs, programs, folder, refused)
  return new Map(
    pairs.flatMap((pair) => {
      const one = said.get(pair.source.id)
      return one?.ok === undefined || one.nxdomain === undefined ? [] : [[pair.source.id, { pair, said: one }] as const]
    }),
  )
}

function newestKubeDns(folder: string): KubeDnsPrograms | null {
  const releases = readdirSync(folder).filter((name) => /^1\.\d+\.\d+$/.test(name))
  for (const release of releases.sort(compareReleases).toReversed()) {
    const programs = buildKubeDns(join(folder, release), release)
    if (programs !== null) return programs
  }
  return null
}

type Said = Record<Mode, { readonly source: readonly string[]; readonly result: readonly string[] }>

function recordReplies(pair: Pair, said: Said): RecordedReplies {
  const differ: [Mode, number, string, string][] = []
  let asked = 0
  for (const mode of ['ok', 'nxdomain'] as const) {
    for (const at of pair.source.questions.keys()) {
      const [source, result] = [said[mode].source[at] ?? '', said[mode].result[at] ?? '']
      asked++
      if (judgeReplies(pair, at, mode, { source, result }).standing !== 'same') differ.push([mode, at, source, result])
    }
  }
  return { of: fingerprint(pair.source.questions), asked, differ }
}

/** What today's models say of the replies that differ. */
export function verdictsOf(pair: Pair, live: RecordedReplies): { declared: number; different: string[] } {
  const different: string[] = []
  let declared = 0
  for (const [mode, at, source, result] of live.differ) {
    const question = pair.source.questions[at]
    if (question === undefined) continue
    const { standing } = judgeReplies(pair, at, mode, { source, result })
    if (standing !== 'different') declared++
    else
      different.push(
        `${pair.source.id} ${mode}: ${question.name} ${question.type}: source ${source}, CoreDNS ${result}`,
      )
  }
  return { declared, different }
}

function againstModels(pair: Pair, said: Said): string[] {
  return (['ok', 'nxdomain'] as const).flatMap((mode) =>
    pair.source.questions.flatMap((question, at) => {
      const [source, result] = [said[mode].source[at] ?? '', said[mode].result[at] ?? '']
      const { model } = judgeReplies(pair, at, mode, { source, result })
      return model === ''
        ? []
        : [
            `${pair.source.id} ${mode}: model: ${question.name} ${question.type}: source ${source}, CoreDNS ${result}: ${model}`,
          ]
    }),
  )
}

/** Whether a second run said the same; which of several upstreams was asked is chance. */
function sameUpToChance(
  before: Readonly<Record<string, RecordedCase>>,
  again: Readonly<Record<string, RecordedCase>>,
): boolean {
  // A cache gives the owner as somebody asked for it before.
  const settled = (reply: string) =>
    reply.replace(/ <.*$/s, '').replace(/\S+ (A|AAAA|TXT) "?(?:100\.64\.0\.\d|100::\d|upstream \d)"?/g, '@ $1 #')
  // Where one of several upstreams answers, it may be the same on both sides.
  const differing = ({ differ, ...rest }: RecordedReplies) => ({
    ...rest,
    differ: differ.flatMap(([mode, at, source, result]) =>
      settled(source) === settled(result) ? [] : [[mode, at, settled(source), settled(result)]],
    ),
  })
  const plain = (recorded: RecordedCase | undefined) => {
    const { live, cluster, ...rest } = recorded ?? {}
    return JSON.stringify([rest, live && differing(live), cluster && differing(cluster)])
  }
  let same = true
  for (const id of new Set([...Object.keys(before), ...Object.keys(again)])) {
    if (plain(before[id]) === plain(again[id])) continue
    console.log(`${id}: not as recorded`)
    same = false
  }
  return same
}
