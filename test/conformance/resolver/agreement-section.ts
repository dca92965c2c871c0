import { compareReleases } from '../build.ts'
import { type Tally, tallyByTopic, totalOf } from './agreement.ts'
import { compareRecorded, corpus, corpusCounts, suites } from './run-resolver.ts'

const COLUMNS = ['configurations', 'pairs', 'replies', 'agree', 'differ', 'unknown']

/** The section of docs/agreement.md about who answers which name, from what is recorded. */
export function resolverSection(): string {
  const parts = suites
    .filter((suite) => suite.modelOf !== undefined && suite !== corpus)
    .map((suite) => {
      const byRelease = suite.releases
        .toSorted(compareReleases)
        .reverse()
        .map((release) => [release, tallyByTopic(compareRecorded(suite, release))] as const)
      const [newest] = byRelease
      const releases = table(
        [suite.title, ...COLUMNS],
        byRelease.map(([release, tallies]) => [release, ...counts(totalOf(tallies.values()))]),
      )
      const plugins =
        newest === undefined ? [] : [...byPlugin(newest[1])].map(([plugin, tally]) => [plugin, ...counts(tally)])
      return `${releases}\nAt ${newest?.[0]}, by what the configuration is about; a pair of plugins counts for both.\n\n${table([suite.subject, ...COLUMNS], plugins)}`
    })
  return `## Who answers

Configurations made from a fixed seed, and such as people write, are served by the real program with fake upstreams and a fake cluster, and asked for names in, beside, above
and below those that they mention. Our model of the answer is given the same text, files and cluster. \`npm run conformance -- resolver\` asks again.

- A *pair* is a configuration and a question. Where upstreams take part each is asked twice, of upstreams that know every name and of such that deny every name.
- *Agree*: the same rcode, the same records, and the same upstream asked the same question. *Unknown*: the model says that it cannot tell.

${parts.join('\n')}
${corpusSection()}`
}

function corpusSection(): string {
  const { texts, skipped, tallies } = corpusCounts()
  const rows = Object.entries(tallies).flatMap(([release, byTopic]) => [
    ...Object.entries(byTopic).map(([topic, tally]) => [`${release}, ${topic}s`, ...counts(tally)]),
    [`${release}, all`, ...counts(totalOf(Object.values(byTopic)))],
  ])
  const reasons = Object.entries(skipped).map(([reason, count]) => [reason, String(count)])
  const asked = texts - Object.values(skipped).reduce((sum, count) => sum + count, 0)
  return `### Corefiles as people keep them

${texts} different Corefiles, alone and in manifests, which are no part of this repository. Those that CoreDNS 1.15.0 accepts are asked about, each listener by itself: its port,
its upstreams (as many) and its API server are those of the harness, a file that we do not have gets made-up records, and what only listens, logs or measures is dropped. ${asked} of
them are asked.

${table(['CoreDNS', ...COLUMNS], rows)}
${table(['left out because', 'texts'], reasons)}`
}

function counts({ configurations, pairs, replies, agree, differ, unknown }: Tally): string[] {
  return [configurations, pairs, replies, agree, differ, unknown].map(String)
}

function byPlugin(tallies: ReadonlyMap<string, Tally>): Map<string, Tally> {
  const found = new Map<string, Tally[]>()
  for (const [topic, tally] of tallies) {
    for (const plugin of topic.split(' + ')) found.set(plugin, [...(found.get(plugin) ?? []), tally])
  }
  return new Map([...found].map(([plugin, each]) => [plugin, totalOf(each)]))
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, at) => (at === 0 ? '---' : '--:'))
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}
