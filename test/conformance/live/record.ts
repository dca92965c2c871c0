import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { embeddedIn } from '../../../src/embed/embedded.ts'
import type { RuleExample, RuleText } from '../../../src/lint/rule.ts'
import type { Claim } from './claims.ts'

/** What a server answered to one step: to DNS, to HTTP, about its output or its end. */
export type Result =
  | {
      readonly rcode: string | null
      readonly answers?: readonly string[]
      /** Which upstream was asked before the answer came, and how: `1 udp`, and `1 udp as b.example` where it was asked for another name. */
      readonly asked?: readonly string[]
    }
  | { readonly status: number | null }
  | { readonly goesRound: boolean }
  | { readonly logged: boolean }
  /** Its last line, with numbers that differ each time as `#`; null where it went on. */
  | { readonly ended: string | null }
  | { readonly seconds: number }

/**
 * What a server did with a text: its last line where it did not start; else the zones that it says it serves, as it writes them, and the
 * different results of each step in turn, which are one except for `often`.
 */
export type Outcome =
  | { readonly refused: string }
  | { readonly serves: readonly string[]; readonly steps: readonly (readonly Result[])[] }

/** What was asked and answered about an example. */
export interface Recorded {
  readonly rule: string
  readonly example: number
  /** Fingerprint of claim and texts; where it differs the servers must be asked again. */
  readonly of: string
  /** What was answered; releases that answer the same stand together, the newest first. */
  readonly said: readonly { readonly releases: readonly string[]; readonly bad: Outcome; readonly good: Outcome }[]
}

/** The file that has what was recorded. */
export const recordedFile = join(import.meta.dirname, 'recorded.json')

/** What was recorded, in the order of the claims; nothing where there is no file. */
export function readRecorded(): Recorded[] {
  try {
    return JSON.parse(readFileSync(recordedFile, 'utf8')) as Recorded[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** The recording as text: a line for each step, so that a difference is one line. */
export function formatRecorded(recorded: readonly Recorded[]): string {
  const outcome = (each: Outcome) => {
    if ('refused' in each) return JSON.stringify(each)
    const steps = each.steps.map((results) => `\n        ${JSON.stringify(results)}`)
    return `{"serves": ${JSON.stringify(each.serves)}, "steps": [${steps.join(',')}\n      ]}`
  }
  const entries = recorded.map(({ rule, example, of, said }) => {
    const each = said.map(
      ({ releases, bad, good }) =>
        `\n    {"releases": ${JSON.stringify(releases)},\n      "bad": ${outcome(bad)},\n      "good": ${outcome(good)}}`,
    )
    const head = `{"rule": ${JSON.stringify(rule)}, "example": ${example}, "of": ${JSON.stringify(of)}`
    return `  ${head}, "said": [${each.join(',')}\n  ]}`
  })
  return `[\n${entries.join(',\n')}\n]\n`
}

/** A claim with the texts that its servers get. */
export interface Texts {
  readonly bad: string
  readonly good: string
  readonly files: Readonly<Record<string, string>>
}

/** The texts of a claim's example, as they are written on loopback. Throws where the rule has no such example with a good text. */
export async function textsOf(claim: Claim): Promise<Texts> {
  const { text } = (await import(`../../../src/rules/${claim.rule}.ts`)) as { text: RuleText }
  const example: RuleExample | undefined = text.examples[claim.example]
  if (example === undefined || example.good === null) {
    throw new Error(`${claim.rule} has no example ${claim.example} with a good text`)
  }
  const place = (written: string) =>
    Object.entries(claim.replace ?? {}).reduce((now, [from, to]) => now.replaceAll(from, to), written)
  const ofExample = Object.entries(example.files ?? {}).map(([path, content]) => [path, place(content)])
  const files: Record<string, string> = { ...Object.fromEntries(ofExample), ...claim.files }
  const corefile = async (text: string) => place(await corefileIn(text, example.path))
  const texts = { bad: await corefile(example.bad), good: await corefile(example.good), files }
  for (const written of [texts.bad, texts.good, ...Object.values(files)]) {
    const outside = /^ *(?:forward|endpoint|bind) .*?(?<![\w.])((?!127\.)\d+\.\d+\.\d+\.\d+|\/etc\/resolv\.conf)/m.exec(
      written,
    )
    if (outside !== null) throw new Error(`${claim.rule} example ${claim.example} would ask ${outside[1]}`)
  }
  return texts
}

/** The Corefile in a text, which may be a manifest. */
async function corefileIn(text: string, path = 'Corefile'): Promise<string> {
  if (path === 'Corefile') return text
  const { embedded } = await embeddedIn(path, text)
  const [first] = embedded
  if (first === undefined) throw new Error(`there is no Corefile in ${path}`)
  return first.text
}

/** Eight hexadecimal digits of all that decides what the servers are asked. */
export function fingerprint(claim: Claim, texts: Texts): string {
  const { releases: _, ...asked } = claim
  return createHash('sha256')
    .update(JSON.stringify([asked, texts]))
    .digest('hex')
    .slice(0, 8)
}
