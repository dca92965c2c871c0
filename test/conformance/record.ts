import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from './judge.ts'

/** Text, 1-based line and file (relative to the server's working directory) of a token, as CoreDNS's parser keeps it. */
export type RecordedToken = readonly [text: string, line: number, file: string]

/** A server block as the parser hands it on: imports and environment replaced, repeated directives joined. */
export interface RecordedBlock {
  readonly keys: readonly string[]
  readonly directives: Readonly<Record<string, readonly RecordedToken[]>>
}

/** Where and why the parser stopped; `file` is left out for the Corefile itself or where none is named. */
export interface RecordedError {
  readonly file?: string
  readonly line?: number
  readonly message: string
}

/** A key of a server block after start-up; `plugins` are the handlers in run order. */
export interface RecordedServer {
  readonly zone: string
  readonly port: string
  readonly transport: string
  readonly bind?: readonly string[]
  readonly plugins?: readonly string[]
}

/** What can differ between two releases apart from the verdict. */
interface Details {
  /** What the parser made of the text: all blocks, or those before the error. Missing if it did not end. */
  readonly blocks?: readonly RecordedBlock[]
  /** The parser's error, null if it had none. Missing if it did not end. */
  readonly error?: RecordedError | null
  /** The servers of an accepted text. */
  readonly servers?: readonly RecordedServer[]
}

/** What the releases said of one case. */
export interface Recorded extends Details {
  /** The fingerprint of the case that was judged. */
  readonly of: string
  /** By release, oldest first: `ok`, or `CLASS[:PLUGIN][@[FILE:]LINE]`. */
  readonly verdicts: Readonly<Record<string, string>>
  /** The newest release's message; the details beside it are the newest release's too. */
  readonly message?: string
  /** What the newest release logged. */
  readonly log?: readonly string[]
  /** The details of an older release as far as they are not the newest one's; null for what it does not have. */
  readonly older?: Readonly<Record<string, { readonly [K in keyof Details]: Details[K] | null }>>
}

/** A verdict taken apart. */
export interface Verdict {
  /** `ok`, `syntax`, `unknown-directive`, `setup`, `environment`, `servers`, `panic` or `timeout`. */
  readonly class: string
  /** The plugin that was being set up. */
  readonly plugin?: string
  /** The file that the message names, where it is not the Corefile. */
  readonly file?: string
  /** The 1-based line that the message names. */
  readonly line?: number
}

/** The verdicts of a suite. */
export interface Recording {
  /** Oldest first. */
  readonly releases: readonly string[]
  readonly cases: Readonly<Record<string, Recorded>>
}

/** What one release said of one case, with nothing left out. */
export interface Outcome extends Details {
  readonly verdict: string
  readonly message?: string
  readonly log?: readonly string[]
}

const details = ['servers', 'blocks', 'error'] as const

/** The file that holds the verdicts of the suite called `name`. */
export function recordingFile(name: string): string {
  return join(import.meta.dirname, 'verdicts', `${name}.json`)
}

/** Reads the verdicts of a suite, in either form; an empty recording if there are none. */
export function readRecording(name: string): Recording {
  const file = recordingFile(name)
  return existsSync(file) ? parseRecording(readFileSync(file, 'utf8')) : { releases: [], cases: {} }
}

/** Reads the text of a recording in either form. */
export function parseRecording(text: string): Recording {
  const read: { releases: string[]; cases: Record<string, Recorded | ShortRecorded> } = JSON.parse(text)
  const cases = Object.entries(read.cases).map(([id, recorded]) => [
    id,
    'verdicts' in recorded ? recorded : spelledOut(recorded as ShortRecorded, read.releases),
  ])
  return { releases: read.releases, cases: Object.fromEntries(cases) }
}

/**
 * The recorded form of a suite of which only verdicts are kept: the fingerprint, and the verdicts that differ from the one of the
 * release before, null standing for none.
 */
interface ShortRecorded {
  readonly of: string
  readonly [release: string]: string | null
}

function spelledOut({ of, ...changes }: ShortRecorded, releases: readonly string[]): Recorded {
  const verdicts: Record<string, string> = {}
  let verdict: string | null = null
  for (const release of releases) {
    if (release in changes) verdict = changes[release] as string | null
    if (verdict !== null) verdicts[release] = verdict
  }
  return { of, verdicts }
}

/** The text of a recording of verdicts alone: JSON, sorted by id, one line a case. */
export function formatVerdicts({ releases, cases }: Recording): string {
  const lines = Object.keys(cases)
    .sort()
    .map((id) => {
      const { of, verdicts } = cases[id] as Recorded
      const short: Record<string, string | null> = { of }
      let before: string | null = null
      for (const release of releases) {
        const verdict: string | null = verdicts[release] ?? null
        if (verdict !== before) short[release] = verdict
        before = verdict
      }
      return `${JSON.stringify(id)}: ${JSON.stringify(short)}`
    })
  return `{\n"releases": ${JSON.stringify(releases)},\n"cases": {\n${lines.join(',\n')}\n}}\n`
}

/** Takes a recorded verdict apart: `setup:hosts@sub/x:3` is class `setup`, plugin `hosts`, file `sub/x`, line 3. */
export function parseVerdict(verdict: string): Verdict {
  const at = verdict.indexOf('@')
  const [name = '', plugin] = (at < 0 ? verdict : verdict.slice(0, at)).split(':')
  const place = at < 0 ? '' : verdict.slice(at + 1)
  const colon = place.lastIndexOf(':')
  return {
    class: name,
    ...(plugin !== undefined && { plugin }),
    ...(colon > 0 && { file: place.slice(0, colon) }),
    ...(place !== '' && { line: Number(place.slice(colon + 1)) }),
  }
}

/** What `release` said of a recorded case; messages and logs are known of the newest release only. */
export function outcomeAt(recorded: Recorded, release: string): Outcome {
  const verdict = recorded.verdicts[release]
  if (verdict === undefined) throw new Error(`not judged at ${release}`)
  const newest = Object.keys(recorded.verdicts).at(-1) === release
  const { servers, blocks, error, message, log } = recorded
  const outcome: Record<string, unknown> = { verdict, servers, blocks, error, ...(newest && { message, log }) }
  for (const [name, value] of Object.entries(recorded.older?.[release] ?? {})) outcome[name] = value
  // The parser's error is null where there is none; the other details are missing.
  for (const name of details) {
    if (outcome[name] === null && name !== 'error') delete outcome[name]
  }
  if (outcome.blocks === undefined) delete outcome.error
  return outcome as unknown as Outcome
}

/** The outcome that stands for an answer of the judge, `path` being the Corefile of the case. */
export function outcomeOf(answer: Answer, path = 'Corefile'): Outcome {
  const { accepted, class: name, plugin, file, line, message, log, servers, parse } = answer
  const place = line === undefined ? '' : `@${file === undefined || file === path ? '' : `${file}:`}${line}`
  const verdict = accepted ? 'ok' : `${name}${plugin === undefined ? '' : `:${plugin}`}${place}`
  return {
    verdict,
    ...(message !== undefined && { message }),
    ...(log !== undefined && { log }),
    ...(servers !== undefined && { servers }),
    ...(parse !== undefined && { blocks: parse.blocks, error: parse.error && without(parse.error, 'file', path) }),
  }
}

/** Makes the recorded form of what the releases said; `outcomes` are oldest first. */
export function record(of: string, outcomes: ReadonlyMap<string, Outcome>): Recorded {
  const entries = [...outcomes]
  const newest = entries.at(-1)?.[1]
  if (newest === undefined) throw new Error('nothing was judged')
  const older: Record<string, Record<string, unknown>> = {}
  for (const [release, outcome] of entries.slice(0, -1)) {
    const differing = details.filter((name) => JSON.stringify(outcome[name]) !== JSON.stringify(newest[name]))
    if (differing.length > 0) older[release] = Object.fromEntries(differing.map((n) => [n, outcome[n] ?? null]))
  }
  const { verdict: _, ...rest } = newest
  return {
    of,
    verdicts: Object.fromEntries(entries.map(([release, { verdict }]) => [release, verdict])),
    ...rest,
    ...(Object.keys(older).length > 0 && { older }),
  }
}

/** The text of a recording: JSON, sorted by id, each value on one line where it fits. */
export function formatRecording({ releases, cases }: Recording): string {
  const ids = Object.keys(cases).sort()
  return `${layout({ releases, cases: Object.fromEntries(ids.map((id) => [id, cases[id]])) }, '', 0)}\n`
}

const width = 140

/** Lays out JSON: a value stays on one line if it ends before the column `width`. `before` is how much stands on its line. */
function layout(value: unknown, indent: string, before: number): string {
  const line = JSON.stringify(value)
  if (indent.length + before + line.length < width || typeof value !== 'object' || value === null) return line
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + layout(item, inner, 0)).join(',\n')}\n${indent}]`
  }
  const rows = Object.entries(value).filter(([, item]) => item !== undefined)
  const lines = rows.map(([name, item]) => {
    const label = `${JSON.stringify(name)}: `
    return inner + label + layout(item, inner, label.length)
  })
  return `{\n${lines.join(',\n')}\n${indent}}`
}

function without<T extends object, K extends keyof T>(value: T, name: K, expected: T[K]): T {
  if (value[name] !== expected) return value
  const { [name]: _, ...rest } = value
  return rest as T
}
