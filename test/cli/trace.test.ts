import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
data:
  Corefile: |
    .:53 {
        errors
        kubernetes cluster.local in-addr.arpa ip6.arpa {
          fallthrough in-addr.arpa ip6.arpa
        }
        hosts /dev/null {
          10.255.0.170 registry
          fallthrough
        }
        forward . 10.0.0.53
        cache 30
    }
    corp.example:53 {
        forward . 10.0.0.9
    }
`
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: app, namespace: shop}
spec:
  template:
    spec:
      hostAliases:
        - ip: 10.9.9.9
          hostnames: [registry]
      containers: [{name: app, image: app}]
`

describe('corefile trace', () => {
  it('names the block, the plugins in the order in which they run, and who answers', async () => {
    const cwd = directoryWith({ 'cm.yaml': configMap })
    const { code, stdout, stderr } = await run(cwd, ['trace', 'registry', 'cm.yaml'])
    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines[0]).toBe('registry. A is answered by hosts: 10.255.0.170 (TTL 30, from cache for 30 s)')
    expect(lines.some((line) => /└─ \.:53 +cm\.yaml:8$/.test(line))).toBe(true)
    const plugins = lines.flatMap((line) => /^ {3}(.) (\w+)/.exec(line)?.slice(1, 3).join(' ') ?? [])
    expect(plugins).toEqual(['  errors', '  cache', '▶ hosts', '  kubernetes', '  forward'])
    expect(lines.find((line) => line.includes('▶'))).toMatch(/10\.255\.0\.170 registry +:14$/)
    expect(stderr).toContain('CoreDNS 1.15.0 assumed')
  })

  it('takes the block with the longest zone', async () => {
    const cwd = directoryWith({ 'cm.yaml': configMap })
    const { stdout } = await run(cwd, ['trace', 'www.corp.example', 'cm.yaml'])
    expect(stdout).toContain('www.corp.example. A is asked of 10.0.0.9 by forward')
    expect(stdout).toMatch(/└─ corp\.example:53 +cm\.yaml:20/)
  })

  it.each([
    ['10.96.0.1', '1.0.96.10.in-addr.arpa'],
    ['2001:db8::1', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
  ])('points from the address %s to its name', async (address, name) => {
    const cwd = directoryWith({ 'cm.yaml': configMap })
    const { code, stderr } = await run(cwd, ['trace', address, 'cm.yaml'])
    expect(code).toBe(0)
    expect(stderr).toContain(`\n${address} is an address: whose it is tells corefile trace ${name} --type PTR\n`)
    expect((await run(cwd, ['trace', name, '--type', 'PTR', 'cm.yaml'])).stderr).not.toContain('is an address')
  })

  it('gives JSON lines for a file of queries, in order', async () => {
    const cwd = directoryWith({ 'cm.yaml': configMap, 'queries.txt': '# names\nregistry A\nexample.org AAAA\n' })
    const { stdout } = await run(cwd, ['trace', '--queries', 'queries.txt', '--format', 'json', 'cm.yaml'])
    const shapes = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(shapes.map(({ query, outcome }) => [query.name, query.type, outcome.kind])).toEqual([
      ['registry.', 'A', 'records'],
      ['example.org.', 'AAAA', 'upstream'],
    ])
    expect(shapes[0].outcome.records).toEqual(['registry. 30 IN A 10.255.0.170'])
    expect(shapes[0].path.find((step: { role: string }) => step.role === 'answered').at).toEqual({
      path: 'cm.yaml',
      line: 14,
      column: 11,
    })
    expect(shapes[1].outcome.upstreams).toEqual(['10.0.0.53:53'])
  })

  it('looks a name up as a pod does: the alias first, then the search list', async () => {
    const cwd = directoryWith({ 'cm.yaml': configMap, 'app.yaml': deployment })
    const { stdout } = await run(cwd, ['trace', 'registry', '--from-pod', 'app.yaml', 'cm.yaml'])
    expect(stdout).toContain('/etc/hosts (hostAliases)   10.9.9.9')
    expect(stdout).toMatch(
      /Without the alias: registry\.shop\.svc\.cluster\.local\. \(.*registry\. \(hosts: 10\.255\.0\.170\)/,
    )
    const other = await run(cwd, ['trace', 'example.org', '--from-pod', 'app.yaml', '--format', 'json', 'cm.yaml'])
    const { lookups } = JSON.parse(other.stdout)
    expect(lookups[0].steps.map((step: { query: { name: string } }) => step.query.name)).toEqual([
      'example.org.shop.svc.cluster.local.',
      'example.org.svc.cluster.local.',
      'example.org.cluster.local.',
      'example.org.',
    ])
  })

  it('knows the cluster that it is told of', async () => {
    const service = `apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: 10.96.7.7, ports: [{port: 5432, protocol: TCP}]}
`
    const cwd = directoryWith({
      'cm.yaml': configMap,
      'services.yaml': `${service}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n`,
    })
    const { stdout } = await run(cwd, ['trace', 'db.shop.svc.cluster.local', '--services', 'services.yaml', 'cm.yaml'])
    expect(stdout).toContain('10.96.7.7')
    const missing = await run(cwd, [
      'trace',
      'nothing.shop.svc.cluster.local',
      '--services',
      'services.yaml',
      'cm.yaml',
    ])
    expect(missing.stdout).toContain('does not exist')
  })

  it('asks dnsmasq and kube-dns', async () => {
    const cwd = directoryWith({
      'dnsmasq.conf': 'address=/ads.example/0.0.0.0\nserver=10.0.0.53\nno-resolv\n',
      'kube-dns.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns, namespace: kube-system}\ndata:\n  stubDomains: |\n    {"acme.local": ["10.150.0.1"]}\n`,
    })
    expect((await run(cwd, ['trace', 'x.ads.example', 'dnsmasq.conf'])).stdout).toContain(
      'is answered by --address: 0.0.0.0',
    )
    expect((await run(cwd, ['trace', 'www.acme.local', 'kube-dns.yaml'])).stdout).toContain('is asked of 10.150.0.1')
  })

  it('puts NodeLocal DNSCache in front', async () => {
    const cache = `apiVersion: v1
kind: ConfigMap
metadata: {name: node-local-dns, namespace: kube-system}
data:
  Corefile: |
    __PILLAR__DNS__DOMAIN__:53 {
        cache
        bind __PILLAR__LOCAL__DNS__ __PILLAR__DNS__SERVER__
        forward . __PILLAR__CLUSTER__DNS__ {
            force_tcp
        }
    }
    .:53 {
        cache 30
        bind __PILLAR__LOCAL__DNS__ __PILLAR__DNS__SERVER__
        forward . __PILLAR__UPSTREAM__SERVERS__
    }
`
    const cwd = directoryWith({ 'cm.yaml': configMap, 'node-local.yaml': cache })
    const outside = await run(cwd, ['trace', 'registry', '--node-local', 'node-local.yaml', 'cm.yaml'])
    expect(outside.stdout).toContain('registry. A is asked of /etc/resolv.conf by forward')
    expect(outside.stdout).toMatch(/▶ forward .* :16\n/)
    const inside = await run(cwd, [
      'trace',
      'x.default.svc.cluster.local',
      '--node-local',
      'node-local.yaml',
      'cm.yaml',
    ])
    expect(inside.stdout).toContain('from the objects of the cluster')
  })

  it.each([
    [['trace'], 2, 'which name?'],
    [['trace', 'a..b', 'cm.yaml'], 2, 'is no name'],
    [['trace', 'a', '--type', 'A/B', 'cm.yaml'], 2, 'write a record type'],
    [['trace', 'a', 'missing.yaml'], 3, 'cannot read missing.yaml: no such file'],
    [['trace', 'a', 'empty.yaml'], 2, 'no Corefile, kube-dns or dnsmasq configuration found in empty.yaml'],
  ])('%j ends with %i and says why', async (words, code, message) => {
    const cwd = directoryWith({ 'cm.yaml': configMap, 'empty.yaml': 'a: 1\n' })
    const result = await run(cwd, words)
    expect(result.code).toBe(code)
    expect(result.stderr).toContain(message)
  })

  it('shows control characters of a file as pictures', async () => {
    const cwd = directoryWith({
      Corefile: '. {\n hosts /dev/null {\n  10.0.0.1 a\u001b[31m\n  fallthrough\n }\n forward . 10.0.0.53\n}\n',
    })
    const { stdout } = await run(cwd, ['trace', 'a\u001b[31m', 'Corefile'])
    expect(stdout).not.toContain('\u001b')
  })
})
