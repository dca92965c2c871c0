import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { Claim, Step } from './claims.ts'
import { claims } from './claims.ts'
import { type Live, startLive } from './live.ts'
import { within } from './program.ts'
import {
  fingerprint,
  formatRecorded,
  type Outcome,
  type Recorded,
  type Result,
  readRecorded,
  recordedFile,
  type Texts,
  textsOf,
} from './record.ts'

const OFTEN = 40

/**
 * Asks running servers about every claim, or about those of one rule, and records what they answer; with `check` it writes nothing and
 * answers whether all is as recorded.
 */
export async function askClaims({ rule, check }: { rule?: string | undefined; check: boolean }): Promise<boolean> {
  const before = readRecorded()
  const asked = claims.filter((claim) => rule === undefined || claim.rule === rule)
  if (asked.length === 0) throw new Error(`there is no claim about ${rule}`)
  const answered: Recorded[] = []
  for (const claim of asked) {
    const now = await askClaim(claim)
    answered.push(now)
    const old = before.find(isAbout(claim))
    if (JSON.stringify(now) !== JSON.stringify(old)) {
      console.log(`${claim.rule} example ${claim.example}: ${old === undefined ? 'new' : 'not as recorded'}`)
      if (check) console.log(formatRecorded([now]))
    }
  }
  // Servers take their time, and somebody else may have recorded other claims meanwhile.
  const latest = readRecorded()
  const recorded = claims.flatMap((claim) => answered.find(isAbout(claim)) ?? latest.find(isAbout(claim)) ?? [])
  if (rule !== undefined) recorded.push(...latest.filter((each) => !claims.some((claim) => isAbout(claim)(each))))
  const text = formatRecorded(recorded)
  const isSame = existsSync(recordedFile) && readFileSync(recordedFile, 'utf8') === text
  if (!check && !isSame) writeFileSync(recordedFile, text)
  console.error(`${asked.length} claims asked`)
  return isSame || !check
}

function isAbout({ rule, example }: Pick<Claim, 'rule' | 'example'>) {
  return (each: Recorded) => each.rule === rule && each.example === example
}

async function askClaim(claim: Claim): Promise<Recorded> {
  const texts = await textsOf(claim)
  const said: { releases: string[]; bad: Outcome; good: Outcome }[] = []
  for (const release of claim.releases) {
    const bad = await askServer(claim, release, texts.files, texts.bad)
    const good = await askServer(claim, release, texts.files, texts.good)
    const same = said.find((each) => JSON.stringify([each.bad, each.good]) === JSON.stringify([bad, good]))
    if (same === undefined) said.push({ releases: [release], bad, good })
    else same.releases.push(release)
  }
  return { rule: claim.rule, example: claim.example, of: fingerprint(claim, texts), said }
}

async function askServer(claim: Claim, release: string, files: Texts['files'], corefile: string): Promise<Outcome> {
  const live = await startLive({ ...claim, release, files, corefile })
  try {
    const [zones, started] = live.output().split(/^CoreDNS-\d/m, 2)
    if (started === undefined) return { refused: await lastLine(live) }
    const lines = (zones ?? '').split('\n').filter((line) => /^\S*:\d+( on |$)/.test(line))
    const steps: Result[][] = []
    for (const step of claim.steps) steps.push(await resultsOf(live, step))
    return { serves: lines.map((line) => live.unfill(line)), steps }
  } finally {
    await live.stop()
  }
}

async function resultsOf(live: Live, step: Step): Promise<Result[]> {
  if (step === 'end') return [{ ended: (await within(live.ended, 10_000)) === null ? null : await lastLine(live) }]
  if (step === 'stop') return [{ seconds: Math.floor((await live.stop()) / 1000) }]
  if (typeof step === 'string') return [await resultOf(live, step)]
  if ('goesRound' in step) return [{ goesRound: await goesRound(live, step.goesRound) }]
  if ('logged' in step) return [{ logged: await isLogged(live, step.logged) }]
  if ('wait' in step) return setTimeout(step.wait * 1000, [])
  if ('atOnce' in step)
    return differing(await Promise.all(Array.from({ length: OFTEN }, () => rcodeOf(live, step.atOnce))))
  const results: Result[] = []
  // The answers come at once, or a connection leads to somebody who waits for more.
  for (let time = 0; time < OFTEN; time++) results.push(await resultOf(live, step.often, 300))
  return differing(results)
}

function differing(results: readonly Result[]): Result[] {
  const different = new Map(results.map((result) => [JSON.stringify(result), result]))
  return [...different].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, result]) => result)
}

/** Of queries that are on their way together nobody knows which one an upstream was asked for. */
async function rcodeOf(live: Live, question: string): Promise<Result> {
  const [name = '', type = ''] = question.split(' ')
  const { rcode } = await live.query(name, type, { timeout: 1500 })
  return { rcode }
}

async function resultOf(live: Live, question: string, timeout = 3000): Promise<Result> {
  if (question.startsWith('http:')) return { status: (await live.http(question, timeout))?.status ?? null }
  const [name = '', type = '', protocol, from] = question.split(' ')
  const { rcode, answers, asked } = await live.query(name, type, {
    timeout,
    protocol: protocol === 'tcp' ? protocol : 'udp',
    ...(from === undefined ? {} : { from }),
  })
  const isSame = (other: string) => other === '' || other.toLowerCase() === name.toLowerCase().replace(/\.$/, '')
  const upstreams = [
    ...new Set(asked.map((each) => `${each.upstream} ${each.protocol}${isSame(each.name) ? '' : ` as ${each.name}`}`)),
  ]
  return {
    rcode,
    ...(answers.length === 0 ? {} : { answers: answers.toSorted() }),
    ...(upstreams.length === 0 ? {} : { asked: upstreams.sort() }),
  }
}

async function goesRound(live: Live, question: string): Promise<boolean> {
  const [name = '', type = ''] = question.split(' ')
  const { asked } = await live.query(name, type, { timeout: 10_000 })
  return asked.length >= 100
}

/** The server writes a line after it has sent the answer. */
async function isLogged(live: Live, text: string): Promise<boolean> {
  for (let time = 0; time < 10 && !live.output().includes(text); time++) await setTimeout(100)
  return live.output().includes(text)
}

async function lastLine(live: Live): Promise<string> {
  const { output } = await live.ended
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  return live
    .unfill(last)
    .replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, '')
    .replace(/\d{4,}/g, '#')
}
