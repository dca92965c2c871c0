import { fileText } from '../../../src/embed/inner-text.ts'
import { type Migration, migrate } from '../../../src/migrate/migrate.ts'
import { coreDnsOf, declarationsOf, type Proof, prove } from '../../../src/migrate/proof.ts'
import type { Difference } from '../../../src/resolver/compare.ts'
import type { Decider } from '../../../src/resolver/decision.ts'
import type { Declaration } from '../../../src/resolver/declared.ts'
import type { DnsmasqVersion } from '../../../src/sources/dnsmasq.ts'
import { recognise } from '../../../src/sources/recognise.ts'
import type { CorefileSource, Source } from '../../../src/sources/source.ts'
import type { SourceCase } from './source-case.ts'

/** A migration with what was decided on the way. */
export interface Translated {
  readonly sources: readonly Source[]
  readonly migration: Migration
  readonly proof: Proof
  /** Codes of the conflicts that were accepted. */
  readonly accepted: readonly string[]
  /** What the proof asks, and what it takes for no surprise; null where there is no model of what answers today. */
  readonly models: {
    readonly source: Decider
    readonly result: Decider
    readonly declare: (difference: Difference) => Declaration | null
  } | null
}

/** Migrates a case; what can be decided is decided. */
export async function translated(one: SourceCase): Promise<Translated> {
  const texts = Object.entries(one.files).map(([path, text]) => ({ path, text }))
  const { sources } = await recognise(
    texts.filter(({ path }) => !path.startsWith('etc/')),
    {
      files: {
        read(path) {
          const found = texts.find((file) => `/${file.path}` === path)
          return found === undefined ? undefined : { path: found.path, text: fileText(found.text) }
        },
        list: () => undefined,
      },
    },
  )
  const run = (accept: ReadonlySet<string>) =>
    migrate(sources, {
      release: one.release,
      into: one.into === null ? null : corefileSource(one.into),
      clusterDomain: 'cluster.local',
      reverseCidrs: [],
      dnsmasqVersion: one.dnsmasq as DnsmasqVersion | null,
      reading: one.reading,
      accept,
      textOf: (path) => one.files[path] ?? '',
    })
  const codes = run(new Set()).conflicts.flatMap(({ choices }) => choices.map(({ accept }) => accept))
  const accepted = [...new Set(codes)]
  const migration = run(new Set(accepted))
  const server = migration.today.server?.()
  const result = coreDnsOf(migration.corefile, one.release).decider
  const models = server === undefined ? null : { source: server, result, declare: declarationsOf(migration) }
  return { sources, migration, proof: prove(migration, { release: one.release }), accepted, models }
}

/** A Corefile as a source. */
export function corefileSource(text: string): CorefileSource {
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
