import { describe, expect, it } from 'vitest'
import * as azure from '../../../grammar/plugins/azure.ts'
import * as dnstap from '../../../grammar/plugins/dnstap.ts'
import * as dynupdate from '../../../grammar/plugins/dynupdate.ts'
import * as reverse from '../../../grammar/plugins/reverse.ts'
import * as route53 from '../../../grammar/plugins/route53.ts'
import * as startup from '../../../grammar/plugins/startup.ts'
import { faultsOf, type PluginModule } from './reasons-of.ts'

/** The releases among these that refuse the lines. */
const refusing = (releases: readonly string[], module: PluginModule, lines: string) =>
  releases.filter((release) => faultsOf(module, lines, release).length > 0)

describe('reverse', () => {
  it('needs a domain behind the first label of the last template', () => {
    expect(faultsOf(reverse, 'reverse 10.0.0.0/24', '1.1.3', { zones: ['example.org.'] })).toEqual([])
    expect(faultsOf(reverse, 'reverse 10.0.0.0/24 {\nhostname ip-{ip}\n}', '1.1.3')).toEqual(['invalid-value ip-{ip}'])
    expect(faultsOf(reverse, 'reverse 10.0.0.0/24 {\nhostname ip-{ip}.{zone[2]}\n}', '1.1.3')).toEqual([])
    expect(faultsOf(reverse, 'reverse 10.0.0.0/24 {\nhostname a\nhostname a.b\n}', '1.1.3')).toEqual([])
    expect(faultsOf(reverse, 'reverse', '1.1.3')).toEqual(['argument-count reverse'])
  })

  it('takes zones behind fallthrough since 1.0.3, and nothing at all in 1.1.4', () => {
    expect(refusing(['1.0.2', '1.0.3', '1.1.4'], reverse, 'reverse 10.0.0.0/24 {\nfallthrough a.org\n}')).toEqual([
      '1.0.2',
      '1.1.4',
    ])
  })
})

it('startup needs a command', () => {
  expect(faultsOf(startup, 'startup', '1.0.6')).toEqual(['argument-count startup'])
  expect(faultsOf(startup, 'startup echo "a b"', '1.0.6')).toEqual([])
  expect(faultsOf(startup, "startup echo 'a", '1.0.6')).toEqual(['invalid-value echo'])
})

describe('dnstap', () => {
  it('looks at the first line alone up to 1.9.4', () => {
    expect(refusing(['1.9.4', '1.10.1'], dnstap, 'dnstap /a\ndnstap')).toEqual(['1.10.1'])
  })

  it('crashes for a queue that Go cannot make, from 1.11.4 to 1.12.4', () => {
    expect(faultsOf(dnstap, 'dnstap /a full 1 -1', '1.12.4')).toEqual(['panic -1'])
    expect(faultsOf(dnstap, 'dnstap /a full 1 99999999999999999999', '1.12.4')).toEqual(['panic 99999999999999999999'])
    expect(faultsOf(dnstap, 'dnstap /a full 1 many', '1.12.4')).toEqual([])
    expect(faultsOf(dnstap, 'dnstap /a full 1 -1', '1.11.3')).toEqual([])
    expect(faultsOf(dnstap, 'dnstap /a full 1 -1', '1.13.0')).toEqual(['out-of-range -1'])
  })

  it('listens since 1.14.4; before, the word is a path', () => {
    expect(refusing(['1.14.3', '1.14.4'], dnstap, 'dnstap listen')).toEqual(['1.14.4'])
    expect(faultsOf(dnstap, 'dnstap listen /a full 1 1 x', '1.15.0')).toEqual([])
  })
})

describe('azure', () => {
  it('wants a client with a secret, for which `environment` counted up to 1.6.9', () => {
    expect(faultsOf(azure, 'azure {\nsecret a\n}', '1.15.0')).toEqual(['missing-property a'])
    expect(faultsOf(azure, 'azure {\nsecret a\n}\nazure {\nclient b\n}', '1.15.0')).toEqual([])
    expect(refusing(['1.6.9', '1.7.0'], azure, 'azure {\nenvironment AzurePublicCloud\n}')).toEqual(['1.6.9'])
  })

  it('compares group and zone run together since 1.6.8', () => {
    expect(refusing(['1.6.7', '1.6.8'], azure, 'azure ab:c a:bc')).toEqual(['1.6.8'])
  })
})

describe('route53', () => {
  it('up to 1.2.2 refuses a zone with two IDs, later the same pair twice', () => {
    expect(refusing(['1.2.2', '1.2.3'], route53, 'route53 a.org:Z1 A.org.:Z2')).toEqual(['1.2.2'])
    expect(refusing(['1.2.2', '1.2.3'], route53, 'route53 a.org:Z1 a.org:Z1')).toEqual(['1.2.3'])
  })

  it('compares all directives together up to 1.5.2', () => {
    expect(refusing(['1.5.2', '1.6.0'], route53, 'route53 a.org:Z1\nroute53 a.org:Z1')).toEqual(['1.5.2'])
  })

  it('asks for the file of a profile since 1.9.2', () => {
    const lines = 'route53 a.org:Z1 {\ncredentials default file\n}'
    const nothing = { fileExists: () => false }
    expect(faultsOf(route53, lines, '1.9.1', nothing)).toEqual([])
    expect(faultsOf(route53, lines, '1.9.2', nothing)).toEqual(['file-missing file'])
    expect(faultsOf(route53, lines.replace(' file', ''), '1.9.2', nothing)).toEqual(['needs default'])
    expect(faultsOf(route53, lines.replace(' file', ''), '1.9.2')).toEqual([])
  })
})

describe('dynupdate', () => {
  const lines = (rule: string) => `dynupdate {\nfile db\nallow ${rule}\n}`

  it('serves one zone', () => {
    expect(faultsOf(dynupdate, lines('k * *'), '1.15.0', { zones: ['a.org.', 'a.org.'] })).toEqual([])
    expect(faultsOf(dynupdate, lines('k * *'), '1.15.0', { zones: ['a.org.', 'b.org.'] })).toEqual([
      'argument-count dynupdate',
    ])
    expect(faultsOf(dynupdate, lines('k * *').replace('{', '10.0.0.0/9 {'), '1.15.0')).toEqual([
      'invalid-value 10.0.0.0/9',
    ])
  })

  it('allows names of its zone and types that it can keep', () => {
    const world = { zones: ['a.org.'] }
    expect(faultsOf(dynupdate, lines('k b.a.org type1 any'), '1.15.0', world)).toEqual([])
    expect(faultsOf(dynupdate, lines('k b.org A'), '1.15.0', world)).toEqual(['invalid-value b.org'])
    expect(faultsOf(dynupdate, lines('k @ TYPE43'), '1.15.0', world)).toEqual(['invalid-value TYPE43'])
    expect(faultsOf(dynupdate, lines('k @ A *'), '1.15.0', world)).toEqual(['conflict *'])
  })
})

describe('route53', () => {
  const endpoint = (word: string, zone = ' example.org.:Z1') => `route53${zone} {\naws_endpoint ${word}\n}`

  it('needs a URL for AWS up to 1.12.2, once it asks there', () => {
    for (const word of ['%zz', 'a:b', 'http://[::1', '"a b"'])
      expect(faultsOf(route53, endpoint(word), '1.12.2')).toEqual([`invalid-value ${word.replaceAll('"', '')}`])
    for (const word of ['::1', 'localhost:1', 'http:///x', 'http://localhost'])
      expect(faultsOf(route53, endpoint(word), '1.12.2')).toEqual([])
    expect(faultsOf(route53, endpoint('%zz', ''), '1.12.2')).toEqual([])
    expect(faultsOf(route53, endpoint('%zz'), '1.12.3')).toEqual([])
  })
})
