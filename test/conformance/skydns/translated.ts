import { type Migration, migrate } from '../../../src/migrate/migrate.ts'
import type { Decider } from '../../../src/resolver/decision.ts'
import { skyDnsOf } from '../../../src/resolver/skydns.ts'
import { recognise } from '../../../src/sources/recognise.ts'
import type { Source } from '../../../src/sources/source.ts'
import type { SkyDnsConfiguration } from './configurations.ts'

/** The release that the results run on. */
export const RELEASE = '1.15.0'

/** What our readers make of a configuration: its command line, or what stands in etcd where that is its source. */
async function sourcesOf({ command, config, keys }: SkyDnsConfiguration): Promise<readonly Source[]> {
  const file =
    config === undefined
      ? { path: 'skydns.sh', text: `${command}\n` }
      : { path: 'config.json', text: keys[config] ?? '' }
  return (await recognise([file])).sources
}

/** The model of a configuration. Throws where it is not recognised. */
export async function modelOf(configuration: SkyDnsConfiguration): Promise<Decider> {
  const found = (await sourcesOf(configuration)).find((source) => source.kind === 'skydns')
  if (found === undefined) throw new Error(`${configuration.id} is no SkyDNS`)
  return skyDnsOf(found)
}

/** The migration of a configuration to the release of the results; data of the second store counts as moved. */
export async function migrationOf(configuration: SkyDnsConfiguration): Promise<Migration> {
  return migrate(await sourcesOf(configuration), {
    release: RELEASE,
    into: null,
    clusterDomain: 'cluster.local',
    reverseCidrs: [],
    dnsmasqVersion: null,
    reading: null,
    accept: new Set(['etcd-version-2']),
    textOf: () => configuration.command,
  })
}
