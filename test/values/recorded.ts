import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Release } from '../../src/values/release.ts'
import { isSince } from '../../src/values/release.ts'
import { RELEASES } from './releases.ts'

/** What Go said: a value, the text of its error, or a panic. */
export interface Answer {
  value?: unknown
  error?: string
  panic?: string
}

type Arguments = string[]

function read<Row>(name: string): Row[] {
  const text = readFileSync(new URL(`recorded/${name}.jsonl`, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Everything of Go's answer that TypeScript does not say in the same words, made equal; all differences are listed at once. */
function compare(rows: [question: unknown, expected: unknown, actual: unknown][]): void {
  const differences = rows.filter(([, expected, actual]) => JSON.stringify(expected) !== JSON.stringify(actual))
  const lines = differences.map(([question, go, ours]) => JSON.stringify({ question, go, ours }))
  expect(lines.slice(0, 40), `${lines.length} of ${rows.length} differ`).toEqual([])
  expect(rows.length).toBeGreaterThan(0)
}

/** A test that our answer, brought into the form of Go's, equals each recorded one (test/conformance/values/record.ts). */
export function agreesWithGo(name: string, ours: (...words: Arguments) => Answer): void {
  it(`agrees with Go's ${name}`, () => {
    compare(read<[Arguments, Answer]>(name).map(([words, answer]) => [words, answer, ours(...words)]))
  })
}

/** As `agreesWithGo`, at every release whose answer was recorded. */
export function agreesAtEveryRelease(name: string, ours: (release: Release, ...words: Arguments) => Answer): void {
  it(`agrees with ${name} at every recorded release`, () => {
    const rows: [unknown, unknown, unknown][] = []
    for (const [words, changes] of read<[Arguments, [Release, Answer][]]>(name)) {
      for (const release of RELEASES) {
        const answer = changes.filter(([since]) => isSince(release, since)).at(-1)?.[1]
        // A panic is CoreDNS's own mistake in that release.
        if (answer !== undefined && answer.panic === undefined)
          rows.push([[release, ...words], answer, ours(release, ...words)])
      }
    }
    compare(rows)
  })
}
