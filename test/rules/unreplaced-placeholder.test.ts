import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/unreplaced-placeholder.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string, path = 'Corefile') => findings(text, { rules: [rule], path })
const manifest = (domain: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n${more}data:\n  Corefile: |\n    .:53 {\n        kubernetes ${domain}\n    }\n`

describe('unreplaced-placeholder', () => {
  it.each([
    ['a file whose name says template', '. {\n    kubernetes CLUSTER_DOMAIN\n}\n', 'coredns.yaml.sed'],
    ['a folder of templates', '. {\n    kubernetes dns_domain\n}\n', 'roles/dns/templates/Corefile'],
    [
      'what template engines fill in',
      '. {\n    kubernetes {{ dns_domain }}\n    forward . ${UPSTREAM}\n}\n',
      'Corefile',
    ],
    ['a manifest that is all placeholders', manifest('<domain>', '  labels:\n    image: <img>\n'), 'cm.yaml'],
    ['a manifest for a script', manifest('CLUSTER_DOMAIN', '  labels:\n    ip: CLUSTER_DNS_IP\n'), 'cm.yaml'],
    ['what node-cache fills in', 'cluster.local {\n    forward . __PILLAR__CLUSTER__DNS__\n}\n', 'Corefile'],
    [
      'node-local-dns with its addresses filled in as for IPVS',
      'cluster.local:53 {\n    bind 169.254.20.10 __PILLAR__DNS__SERVER__\n    forward . __PILLAR__CLUSTER__DNS__\n}\n',
      'Corefile',
    ],
    [
      'local addresses, which node-cache knows',
      'cluster.local:53 {\n    bind __PILLAR__LOCAL__DNS__\n    health __PILLAR__LOCAL__DNS__:8080\n}\n',
      'Corefile',
    ],
    [
      'a manifest of node-local-dns as it comes',
      '__PILLAR__DNS__DOMAIN__:53 {\n    bind __PILLAR__LOCAL__DNS__ __PILLAR__DNS__SERVER__\n}\n',
      'Corefile',
    ],
    [
      'groups of a regular expression',
      '. {\n    template IN A {\n        match ^(?P<a>[0-9]+)[.]\n    }\n}\n',
      'Corefile',
    ],
    ['a zone with such a label', 'dns_domain.example {\n    whoami\n}\n', 'Corefile'],
  ])('is silent about %s', async (_, text, path) => {
    expect(await find(text, path)).toEqual([])
  })

  it('finds what is left over in a manifest', async () => {
    for (const word of ['<domain>', 'CLUSTER_DOMAIN', 'dns_domain']) {
      const text = manifest(word)
      const found = await find(text, 'cm.yaml')
      expect(found.map((one) => marked(text, one))).toEqual([word])
    }
  })

  it('finds a zone of a server block', async () => {
    expect(await find('CLUSTER_DOMAIN:53 {\n    whoami\n}\n')).toHaveLength(1)
    expect(await find('dns_domain:53 {\n    whoami\n}\n')).toHaveLength(1)
  })

  it('finds words that node-cache did not yet fill in at the tag of its image', async () => {
    const text = 'cluster.local:53 {\n    bind __PILLAR__LOCAL__DNS__ __PILLAR__DNS__SERVER__\n}\n'
    const at = async (tag: string) =>
      (await findings(text, { rules: [rule], build: `node-cache ${tag}` })).map((one) => marked(text, one))
    expect(await at('1.15.5')).toEqual(['__PILLAR__LOCAL__DNS__', '__PILLAR__DNS__SERVER__'])
    expect(await at('1.15.13')).toEqual([])
  })

  it('says what becomes of the word', async () => {
    const text = 'a.example {\n    forward . __PILLAR__DNS__SERVER__\n}\n'
    const said = async (build: 'node-cache 1.15.3' | 'node-cache') =>
      (await findings(text, { rules: [rule], build })).map(({ message }) => message)
    expect(await said('node-cache')).toEqual([expect.stringContaining('puts nothing in its place')])
    expect(await said('node-cache 1.15.3')).toEqual([expect.stringContaining('takes it as it is')])
  })
})
