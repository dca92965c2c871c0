import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { hasShared, needsShared, sharedText } from '../shared.ts'
import { run } from './program.ts'

const plain = `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    .:53 {
        kubernetes cluster.local in-addr.arpa ip6.arpa {
            fallthrough in-addr.arpa ip6.arpa
        }
        forward . 10.0.0.53
        reload
    }
`
const hosts = (name: string, before: string) =>
  plain.replace(
    `        ${before}`,
    `        hosts /dev/null {\n            10.9.9.9 ${name}\n            no_reverse\n            fallthrough\n        }\n        ${before}`,
  )
const stub = `${plain}    corp.example:53 {\n        forward . 10.150.0.1\n    }\n`

/** As the add-on is installed, with whatever its placeholders are. */
const cache = (domain: string, cluster: string, upstream: string, more = '') => `apiVersion: v1
kind: ConfigMap
metadata: {name: node-local-dns, namespace: kube-system}
data:
  Corefile: |
${[`${domain}:53`, 'in-addr.arpa:53', 'ip6.arpa:53']
  .map(
    (key) =>
      `    ${key} {\n        errors\n        cache 30\n        reload\n        loop\n        bind 169.254.20.10 10.96.0.10\n        forward . ${cluster} {\n            force_tcp\n        }\n    }\n`,
  )
  .join('')}${more}    .:53 {
        errors
        cache 30
        bind 169.254.20.10 10.96.0.10
        forward . ${upstream}
    }
`
const placeholders = cache('__PILLAR__DNS__DOMAIN__', '__PILLAR__CLUSTER__DNS__', '__PILLAR__UPSTREAM__SERVERS__')
const filledIn = cache('cluster.local', '10.100.7.7', '/etc/resolv.conf')

const files = {
  'plain.yaml': plain,
  'external.yaml': hosts('registry.corp.example', 'forward'),
  'inside.yaml': hosts('db.default.svc.cluster.local', 'kubernetes'),
  'stub.yaml': stub,
  placeholders,
  filledIn,
  through: cache('cluster.local', '10.100.7.7', '10.100.7.7'),
}

describe.each([
  ['as the add-on has it', 'placeholders'],
  ['as a cluster has it filled in', 'filledIn'],
])('behind NodeLocal DNSCache, %s', (_, nodeLocal) => {
  const compare = (later: string) =>
    run(directoryWith(files), ['compare', 'plain.yaml', later, '--node-local', nodeLocal])

  it.each(['external.yaml', 'stub.yaml'])('external names never come to CoreDNS: %s changes nothing', async (later) => {
    const { code, stdout } = await compare(later)
    expect(stdout).toMatch(/^\d+ probes, all the same\n/)
    expect(code).toBe(0)
    expect((await run(directoryWith(files), ['compare', 'plain.yaml', later])).code).toBe(1)
  })

  it('names of the cluster go through to CoreDNS', async () => {
    const { code, stdout } = await compare('inside.yaml')
    expect(code).toBe(1)
    expect(stdout).toContain('db.default.svc.cluster.local')
    expect(stdout).toMatch(/inside\.yaml:8 \(new\)/)
  })

  it('trace says who is asked', async () => {
    const trace = (name: string, path: string) =>
      run(directoryWith(files), ['trace', name, '--node-local', nodeLocal, path])
    expect((await trace('registry.corp.example', 'external.yaml')).stdout).toContain('is asked of /etc/resolv.conf')
    expect((await trace('db.default.svc.cluster.local', 'inside.yaml')).stdout).toMatch(/▶ hosts +10\.9\.9\.9 /)
    expect((await trace('kubernetes.default.svc.cluster.local', 'plain.yaml')).stdout).toContain('of the cluster')
  })
})

describe('a cache that asks the cluster for everything', () => {
  it('lets stub domains and hosts through', async () => {
    for (const later of ['external.yaml', 'stub.yaml']) {
      const { code } = await run(directoryWith(files), ['compare', 'plain.yaml', later, '--node-local', 'through'])
      expect([later, code]).toEqual([later, 1])
    }
  })
})

describe.skipIf(!hasShared)(`with files of clusters${needsShared}`, () => {
  it.each(['curtdept__aks_nodelocaldns__nodelocaldns.yaml', 'axot__kubernetes_dns_issues_318__nodelocaldns.yaml'])(
    '%s hides external names and shows those of the cluster',
    async (name) => {
      const cwd = directoryWith({ ...files, 'cache.yaml': sharedText(`corpus/manifests/${name}`) })
      const codes = ['external.yaml', 'stub.yaml', 'inside.yaml'].map(
        async (later) => (await run(cwd, ['compare', 'plain.yaml', later, '--node-local', 'cache.yaml'])).code,
      )
      expect(await Promise.all(codes)).toEqual([0, 0, 1])
    },
  )
})
