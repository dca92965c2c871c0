import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Comparison, compare, count, newTally, type Tally } from './agreement.ts'
import { compareReleases } from './build.ts'
import type { Suite } from './case.ts'
import { collectedCases } from './elsewhere.ts'
import { explained } from './explained.ts'
import { migrateSection } from './migrate/agreement-section.ts'
import { readRecording } from './record.ts'
import { resolverSection } from './resolver/agreement-section.ts'

/** How often we agree with each release, over the suites and over collections that are no part of this project. */
export interface Agreement {
  /** By release, oldest first. */
  readonly own: ReadonlyMap<string, Tally>
  /** What is not agreement in our suites. */
  readonly disagreements: readonly (Comparison & { readonly suite: string })[]
  /** The collections at hand, by name and release. */
  readonly collected: ReadonlyMap<string, ReadonlyMap<string, Tally>>
}

/** Compares what we say of the cases with what is recorded of them; without `releases` at all that are recorded. */
export function compareSuites(suites: readonly Suite[], releases?: readonly string[]): Agreement {
  const own = new Map<string, Tally>()
  const disagreements: (Comparison & { suite: string })[] = []
  const isAsked = (release: string) => releases?.includes(release) ?? true
  for (const suite of suites) {
    const { cases: recorded } = readRecording(suite.name)
    for (const one of suite.cases) {
      for (const [release, verdict] of Object.entries(recorded[one.id]?.verdicts ?? {})) {
        if (!isAsked(release)) continue
        const comparison = compare(one, release, verdict)
        countAt(own, comparison)
        if (comparison.standing !== 'agree') disagreements.push({ ...comparison, suite: suite.name })
      }
    }
  }
  const collected = new Map<string, Map<string, Tally>>()
  for (const { name, cases } of collectedCases()) {
    const tallies = new Map<string, Tally>()
    for (const { case: one, verdicts } of cases) {
      for (const [release, verdict] of Object.entries(verdicts))
        if (isAsked(release)) countAt(tallies, compare(one, release, verdict))
    }
    collected.set(name, inOrder(tallies))
  }
  return { own: inOrder(own), disagreements, collected }
}

function countAt(tallies: Map<string, Tally>, comparison: Comparison): void {
  const tally = tallies.get(comparison.release) ?? newTally()
  tallies.set(comparison.release, tally)
  count(tally, comparison)
}

function inOrder(tallies: ReadonlyMap<string, Tally>): Map<string, Tally> {
  return new Map([...tallies].sort(([a], [b]) => compareReleases(a, b)))
}

/** The table for a terminal. */
export function agreementTable({ own, disagreements, collected }: Agreement): string {
  const parts = [table('own and generated cases', own)]
  for (const [name, tallies] of collected) parts.push(table(name, tallies))
  const byCase = [...groups(disagreements)].map(([id, [first, ...more]]) => {
    const others = more.length === 0 ? '' : ` and ${more.length} more releases`
    const reason = first?.ours.reasons[0]
    const ours = reason === undefined ? first?.ours.kind : `${reason.kind} ${reason.plugin ?? ''} ${reason.subject}`
    return `${first?.standing}: ${id} at ${first?.release}${others}: server ${first?.theirs}, we ${ours}\n`
  })
  return `${parts.join('\n')}${byCase.length > 0 ? `\n${byCase.join('')}` : ''}`
}

function table(name: string, tallies: ReadonlyMap<string, Tally>): string {
  const rows = [...tallies].map(([release, tally]) => [release, ...numbers(tally).map(String)])
  const all = [[name, ...columns], ...rows]
  const widths = [name, ...columns].map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  return all
    .map(
      (row) =>
        `${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}\n`,
    )
    .join('')
}

const columns = ['cases', 'agree', 'false alarm', 'miss', 'unknown', 'line named', 'same line']

function numbers(tally: Tally): number[] {
  const { cases, agree, miss, unknown, lines, sameLines } = tally
  return [cases, agree, tally['false alarm'], miss, unknown, lines, sameLines]
}

function groups(disagreements: Agreement['disagreements']): Map<string, Agreement['disagreements'][number][]> {
  const found = new Map<string, Agreement['disagreements'][number][]>()
  for (const each of disagreements) {
    const id = `${each.suite} ${each.id}`
    found.set(id, [...(found.get(id) ?? []), each])
  }
  return found
}

const page = join(import.meta.dirname, '../../docs/agreement.md')
const collectedFile = join(import.meta.dirname, 'verdicts/collected-counts.tsv')

/** Writes docs/agreement.md. The counts of collections that are not at hand stay as they were. */
export function writeAgreementPage(agreement: Agreement): void {
  if (agreement.collected.size > 0) writeFileSync(collectedFile, formatCounts(agreement.collected))
  else console.log('no collected cases are at hand: their counts stay as they were')
  writeFileSync(page, agreementPage(agreement, readCounts()))
}

type Counts = ReadonlyMap<string, readonly (readonly [release: string, ...counts: string[]])[]>

function formatCounts(collected: Agreement['collected']): string {
  const rows = [...collected].flatMap(([name, tallies]) =>
    [...tallies].map(([release, tally]) => [name, release, ...numbers(tally).slice(0, 5)].join('\t')),
  )
  return `${rows.join('\n')}\n`
}

function readCounts(): Counts {
  const counts = new Map<string, [string, ...string[]][]>()
  if (!existsSync(collectedFile)) return counts
  for (const line of readFileSync(collectedFile, 'utf8').trimEnd().split('\n')) {
    const [name = '', release = '', ...rest] = line.split('\t')
    counts.set(name, [...(counts.get(name) ?? []), [release, ...rest]])
  }
  return counts
}

/** The text of docs/agreement.md. */
export function agreementPage({ own, disagreements }: Agreement, counts: Counts): string {
  const newestFirst = [...own].reverse()
  const newest = newestFirst[0]?.[0] ?? ''
  const markdown = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
  const ownTable = markdown(
    ['CoreDNS', ...columns],
    newestFirst.map(([release, tally]) => [release, ...numbers(tally).map(String)]),
  )
  const collectedTables = [...counts].map(
    ([name, rows]) => `\n### ${name}\n\n${markdown(['CoreDNS', ...columns.slice(0, 5)], rows.toReversed())}`,
  )
  const left = [...groups(disagreements)].map(([id, each]) => {
    const [first] = each
    const releases = each.map(({ release }) => release)
    const span = releases.length === 1 ? releases[0] : `${releases[0]} to ${releases.at(-1)}`
    const name = id.slice(id.indexOf(' ') + 1)
    return [`\`${name}\``, `${span}`, first?.standing ?? '', `\`${first?.theirs}\``, explained[name] ?? '']
  })
  return `# Agreement with CoreDNS

<!-- Generated by \`npm run conformance -- --agreement\`. -->

How often \`corefile\` says of a Corefile what the real CoreDNS says of it. The judge is CoreDNS itself: its own start-up code reads the text,
sets up every plugin and makes the servers, and is stopped before a port is bound ([test/conformance](../test/conformance/README.md)).

- *False alarm*: we refuse what CoreDNS accepts. *Miss*: we accept what it refuses. *Unknown*: we say that nobody can tell.
- Where only a cloud service, its credentials or the cluster is missing, the text counts as accepted.
- *Line named*: how often both refuse and CoreDNS names a line; *same line*: how often a finding of ours stands on it.

## Our own and generated cases

Cases for every row of the tables of the language, for every property of every plugin, and texts made from the grammar: right ones, and such with a
change or two. \`npm run conformance\` judges them again.

${ownTable}
## Collected cases

Texts and verdicts from elsewhere, which are no part of this repository.
${collectedTables.join('')}
${resolverSection()}
${migrateSection()}
## What is left

${
  left.length === 0
    ? `Nothing: there is no disagreement at any of these releases, ${newest} included.\n`
    : markdown(['case', 'CoreDNS', 'standing', 'server', 'reason'], left)
}`
}
