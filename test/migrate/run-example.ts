import { basename } from 'node:path'
import { fileText } from '../../src/embed/inner-text.ts'
import { type Migration, migrate } from '../../src/migrate/migrate.ts'
import { type Proof, prove } from '../../src/migrate/proof.ts'
import type { DnsmasqVersion } from '../../src/sources/dnsmasq.ts'
import { recognise } from '../../src/sources/recognise.ts'
import type { CorefileSource, SourceFiles } from '../../src/sources/source.ts'
import { LineIndex } from '../../src/text/lines.ts'
import type { MigrationExample } from './examples.ts'

/** A migration and its proof, for the release that the worked examples were run with. */
export async function runExample(
  example: MigrationExample,
  release = '1.14.7',
): Promise<{ migration: Migration; proof: Proof }> {
  const texts = Object.entries(example.files).map(([path, text]) => ({ path, text }))
  const files: SourceFiles = {
    read(path) {
      const found = texts.find((file) => `/${file.path}` === path || basename(file.path) === basename(path))
      return found === undefined ? undefined : { path: found.path, text: fileText(found.text) }
    },
    list: () => undefined,
  }
  const { sources } = await recognise(
    texts.filter(({ path }) => !path.startsWith('etc/')),
    { files },
  )
  const textOf = (path: string) => example.files[path] ?? ''
  const clusterDomain = example.clusterDomain ?? 'cluster.local'
  const migration = migrate(sources, {
    release,
    into: example.into === undefined ? null : corefileSource(example.into),
    clusterDomain,
    reverseCidrs: [],
    dnsmasqVersion: (example.dnsmasq as DnsmasqVersion | undefined) ?? null,
    reading: example.reading ?? null,
    accept: new Set(example.accept),
    textOf,
  })
  return { migration, proof: prove(migration, { release }) }
}

/** What came out, as a golden file shows it: the Corefile, then every item with the line that expresses it. */
export function golden(
  { files, into }: MigrationExample,
  { migration, proof }: { migration: Migration; proof: Proof },
): string {
  const indices = new Map(Object.entries(files).map(([path, text]) => [path, new LineIndex(text)]))
  const items = migration.items.map((item) => {
    const { path, range, text } = item.source
    const line = indices.get(path)?.positionAt(range.start).line
    const at = migration.lineOf.get(item)
    const codes = item.codes.length > 0 ? ` ${item.codes.join(' ')}` : ''
    return `${item.fidelity}${codes}  ${path}:${line}  ${text}\n    ${at === undefined ? '' : `line ${at}: `}${item.note}`
  })
  const conflicts = migration.conflicts.map(({ code, message }) => `decide  ${code}: ${message}`)
  const inputs = Object.entries(files).map(([path, text]) => `# ${path}\n${text}`)
  const { comparison } = proof
  const counts =
    comparison === null
      ? 'no model of what answers today'
      : `${comparison.undeclared.length} undeclared, ${comparison.unproved.length} unproved`
  const parts = [
    ...inputs,
    ...(into === undefined ? [] : [`# into\n${into}`]),
    migration.corefile,
    [...items, ...conflicts, `proof: ${counts}`].join('\n'),
  ]
  return `${parts.map((part) => part.trimEnd()).join('\n----------------------------------------\n')}\n`
}

function corefileSource(text: string): CorefileSource {
  return {
    kind: 'corefile',
    path: 'Corefile',
    name: 'Corefile',
    range: { start: 0, end: text.length },
    embedded: undefined,
    text: fileText(text),
    role: 'coredns',
    problems: [],
    notUnderstood: [],
  }
}
