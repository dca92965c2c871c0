import { describe, expect, it } from 'vitest'
import { fileText } from '../../../src/embed/inner-text.ts'
import { migrate } from '../../../src/migrate/migrate.ts'
import { refusalsOf } from '../../../src/migrate/openshift/limits.ts'
import { prove } from '../../../src/migrate/proof.ts'
import { operatorCorefile } from '../../../src/resolver/openshift/operator-corefile.ts'
import type { DnsmasqVersion } from '../../../src/sources/dnsmasq.ts'
import { operatorDnsIn, readOperatorDns } from '../../../src/sources/openshift-dns.ts'
import { recognise } from '../../../src/sources/recognise.ts'
import { sourceCases } from '../../conformance/migrate/cases.ts'
import type { SourceCase } from '../../conformance/migrate/source-case.ts'

const release = '1.13.1'
const openshift = '5.1'

/** Migrates a case to the resource of OpenShift; what can be decided is decided. */
async function toOpenShift(one: SourceCase) {
  const texts = Object.entries(one.files).map(([path, text]) => ({ path, text }))
  const files = {
    read(path: string) {
      const found = texts.find((file) => `/${file.path}` === path)
      return found === undefined ? undefined : { path: found.path, text: fileText(found.text) }
    },
    list: () => undefined,
  }
  const { sources } = await recognise(
    texts.filter(({ path }) => !path.startsWith('etc/')),
    { files },
  )
  const run = (accept: ReadonlySet<string>) =>
    migrate(sources, {
      release,
      into: null,
      operator: { openshift, into: null },
      clusterDomain: 'cluster.local',
      reverseCidrs: [],
      dnsmasqVersion: one.dnsmasq as DnsmasqVersion | null,
      reading: one.reading,
      accept,
      textOf: (path) => one.files[path] ?? '',
    })
  const codes = run(new Set()).conflicts.flatMap(({ choices }) => choices.map(({ accept }) => accept))
  return run(new Set(codes))
}

describe('generated sources', () => {
  // Every seventh: all of them take a minute.
  const cases = sourceCases().filter((_, at) => at % 7 === 0)

  it.each(cases)('become a resource that OpenShift takes and that answers as they do: $id', async (one) => {
    const migration = await toOpenShift(one)
    const [object] = operatorDnsIn(migration.resource?.text ?? '')
    expect(object).toBeDefined()
    if (object === undefined) return
    const dns = readOperatorDns(object)
    expect(refusalsOf(dns.servers, 'cluster.local')).toEqual([])
    expect(dns.resolvers.upstreams.length).toBeLessThanOrEqual(15)
    expect(operatorCorefile(dns, openshift)).toEqual({ corefile: migration.corefile, refusal: null })
    const proof = prove(migration, { release })
    expect(proof.verdict.kind).toBe('accepted')
    expect([proof.comparison?.undeclared ?? [], proof.unrelated]).toEqual([[], []])
    // What is in none of the resource's lines says why.
    for (const item of migration.items) expect(migration.lineOf.has(item) || item.note !== '').toBe(true)
  })
})
