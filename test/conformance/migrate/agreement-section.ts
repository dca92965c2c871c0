import { sourceCases } from './cases.ts'
import { type RecordedCase, readRecording } from './record.ts'
import type { SourceCase } from './source-case.ts'

const COLUMNS = ['sources', 'results accepted', 'side by side', 'questions', 'same answer', 'differ as declared']

/** The section of docs/agreement.md about migrations, from what is recorded. */
export function migrateSection(): string {
  const recording = readRecording()
  const known = sourceCases().flatMap((one): (readonly [SourceCase, RecordedCase])[] => {
    const recorded = recording[one.id]
    return recorded === undefined ? [] : [[one, recorded]]
  })
  const rows = [...Map.groupBy(known, ([one]) => groupOf(one))].map(([group, some]) => [group, ...counts(some)])
  const head = ['source', ...COLUMNS]
  const table = [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows, ['all', ...counts(known)]]
  return `## Migrations

Sources made from a fixed seed are translated. The target release judges every result. Where the source is a dnsmasq, or a kube-dns whose dnsmasq the nanny would start,
it runs beside the result, and both are asked the same questions, of upstreams that know every name and of such that deny every name. \`npm run conformance -- migrate\` asks again.
A whole kube-dns runs as well, of every generation: kubedns, the nanny and dnsmasq on a fake cluster, beside CoreDNS on the same cluster.

- *Differ as declared*: the answers differ, and our models say that they do and which kind of difference it is. There is no difference that they do not name.

${table.map((row) => `| ${row.join(' | ')} |\n`).join('')}`
}

function counts(some: readonly (readonly [SourceCase, RecordedCase])[]): string[] {
  const live = some.flatMap(([, recorded]) => [recorded.live ?? [], recorded.cluster ?? []].flat())
  const beside = some.filter(([, { live, cluster }]) => (live ?? cluster) !== undefined).length
  const asked = live.reduce((sum, one) => sum + one.asked, 0)
  const differ = live.reduce((sum, one) => sum + one.differ.length, 0)
  const accepted = some.filter(([, { verdict }]) => verdict === 'ok').length
  return [some.length, accepted, beside, asked, asked - differ, differ].map(String)
}

function groupOf({ topic, files }: SourceCase): string {
  if (files['dnsmasq.conf'] === undefined) return topic
  return topic.includes(' + ') ? 'dnsmasq, two kinds of options' : 'dnsmasq, one kind of options'
}
