import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const kubeDns = `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-dns, namespace: kube-system}
data:
  stubDomains: |
    {"acme.local": ["10.150.0.1"]}
`
const deployment = (name: string, address: string, host: string) => `# kept
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  template:
    spec:
      hostAliases:
        - ip: ${address}
          hostnames:
            - ${host}
      containers:
        - name: app # kept
          image: app:1
`
const coredns = `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
data:
  Corefile: |
    .:53 {
        errors
        # the cluster
        kubernetes cluster.local in-addr.arpa ip6.arpa {
            fallthrough in-addr.arpa ip6.arpa
        }
        forward . /etc/resolv.conf
        cache 30
    }
  # behind
  other: x
`
const namesOfCluster = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, metadata: {name: kubernetes, namespace: default}, spec: {clusterIP: 10.96.0.1}}
  - {apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
  - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
`

describe('corefile migrate', () => {
  it('writes a new Corefile to standard output, and what became of the source to standard error', async () => {
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns })
    const { code, stdout, stderr } = await run(cwd, ['migrate', 'kube-dns.yaml'])
    expect(code).toBe(0)
    expect(stdout).toContain('acme.local:53 {\n    errors\n    forward . 10.150.0.1\n    cache 30\n}\n')
    expect(stderr).toMatch(
      /2 items: 1 exact, 1 differ in a stated way, 0 cannot be expressed {6}proof: \d+ probes, .* 0 undeclared, 0 unproved/,
    )
    expect(stderr).toContain('Nothing was written.')
  })

  it('gives a diff that git and patch apply, and writes the same', async () => {
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns, 'coredns.yaml': coredns })
    const { code, stdout } = await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'coredns.yaml'])
    expect(code).toBe(0)
    const applied = directoryWith({ 'coredns.yaml': coredns })
    expect(spawnSync('git', ['apply'], { cwd: applied, input: stdout, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    })
    await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'coredns.yaml', '--write'])
    const written = readFileSync(join(cwd, 'coredns.yaml'), 'utf8')
    expect(written).toBe(readFileSync(join(applied, 'coredns.yaml'), 'utf8'))
    expect(written).toContain('    acme.local:53 {\n        errors\n')
    expect(written).toContain('# the cluster')
    expect(written).toContain('  # behind\n  other: x\n')
    expect(readdirSync(cwd).sort()).toEqual(['coredns.yaml', 'kube-dns.yaml'])
  })

  it('moves aliases and takes out exactly those that are proved to be found', async () => {
    const files = {
      'a.yaml': deployment('a', '10.9.9.9', 'db.corp.example'),
      'b.yaml': deployment('b', '127.0.0.1', 'self.example'),
      'coredns.yaml': coredns,
      'names.yaml': namesOfCluster,
    }
    const cwd = directoryWith(files)
    const words = ['migrate', 'a.yaml', 'b.yaml', 'names.yaml', '--into', 'coredns.yaml', '--remove-aliases', '--write']
    const { code, stderr } = await run(cwd, words)
    expect(stderr).toContain('stays an alias: a loopback address')
    expect(code).toBe(0)
    const withoutAlias = files['a.yaml'].replace(/ {6}hostAliases:[\s\S]*?- db\.corp\.example\n/, '')
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toBe(withoutAlias)
    expect(readFileSync(join(cwd, 'b.yaml'), 'utf8')).toBe(files['b.yaml'])
    expect(readFileSync(join(cwd, 'coredns.yaml'), 'utf8')).toContain('10.9.9.9 db.corp.example\n')
  })

  it('asks before a name of the public DNS changes for every pod', async () => {
    const cwd = directoryWith({ 'a.yaml': deployment('a', '10.9.9.9', 'api.example.com'), 'coredns.yaml': coredns })
    const words = ['migrate', 'a.yaml', '--into', 'coredns.yaml']
    const asked = await run(cwd, [...words, '--write', '--report', 'move.md'])
    expect([asked.code, asked.stdout, readFileSync(join(cwd, 'coredns.yaml'), 'utf8')]).toEqual([3, '', coredns])
    expect(asked.stderr).toContain('1 name of aliases, for pods without them: 1 is of the public DNS')
    expect(asked.stderr).toContain('--accept widening: move it: every pod gets this address')
    expect(asked.stderr).toContain('--accept widening=stay: leave these aliases where they are')
    expect(readFileSync(join(cwd, 'move.md'), 'utf8')).toContain(
      '| api.example.com | a name of the public DNS changes (it stays an alias) | upstream /etc/resolv.conf | no other workload of this run |',
    )
    const moved = await run(cwd, [...words, '--accept', 'widening', '--format', 'json'])
    expect([moved.code, JSON.parse(moved.stdout).items[0].widening]).toEqual([
      0,
      {
        name: 'api.example.com',
        level: 'public-name',
        today: 'upstream /etc/resolv.conf',
        others: { count: 0, first: [] },
      },
    ])
    expect((await run(cwd, [...words, '--accept', 'widening=stay'])).code).toBe(0)
    const both = await run(cwd, [...words, '--accept', 'widening', '--accept', 'widening=stay'])
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('are two answers: give one')])
  })

  it('says so where CoreDNS refuses the Corefile before any change, and by which line', async () => {
    const broken = coredns.replace('cache 30', 'cache 30 x y z\n        hosts {\n        }\n        hosts {\n        }')
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns, 'coredns.yaml': broken })
    const words = ['migrate', 'kube-dns.yaml', '--into', 'coredns.yaml', '--write', '--report', 'move.md']
    const { code, stdout, stderr } = await run(cwd, words)
    expect([code, readFileSync(join(cwd, 'coredns.yaml'), 'utf8')]).toEqual([3, broken])
    expect(stdout).toContain('+    acme.local:53 {')
    expect(stderr).toMatch(/CoreDNS [\d.]+ refuses coredns\.yaml as it is, before any change: nothing is written\n/)
    expect(stderr).toContain('  hosts {     coredns.yaml:18\n')
    expect(stderr).toContain('corefile lint coredns.yaml says why.')
    expect(stderr).not.toContain('a mistake of corefile')
    expect(readFileSync(join(cwd, 'move.md'), 'utf8')).toContain('refuses coredns.yaml as it is, before any change')
    const json = JSON.parse((await run(cwd, [...words, '--format', 'json'])).stdout)
    expect([json.before, json.verdict]).toEqual(['refused', 'refused'])
  })

  it('says what cannot be told of a Corefile with unknown parts', async () => {
    const open = coredns.replace('cache 30', 'cache {$SECONDS}')
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns, 'coredns.yaml': open })
    const { stderr, stdout } = await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'coredns.yaml'])
    expect(stderr).toMatch(/It cannot be told whether CoreDNS [\d.]+ starts with the result: .*SECONDS/)
    expect(stdout).toContain('+    acme.local:53 {')
  })

  it('leaves an alias where nobody said which Services there are', async () => {
    const cwd = directoryWith({ 'a.yaml': deployment('a', '10.9.9.9', 'db.corp'), 'coredns.yaml': coredns })
    const { stderr } = await run(cwd, ['migrate', 'a.yaml', '--into', 'coredns.yaml', '--remove-aliases', '--write'])
    expect(stderr).toContain('0 aliases can go, 1 stay in the manifests')
    expect(stderr).toContain('no Service db in namespace corp')
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toBe(deployment('a', '10.9.9.9', 'db.corp'))
  })

  it('writes nothing while something is to be decided', async () => {
    const cwd = directoryWith({
      'a.yaml': deployment('a', '10.9.9.9', 'db.corp'),
      'b.yaml': deployment('b', '10.9.9.8', 'db.corp'),
      'coredns.yaml': coredns,
    })
    const { code, stderr } = await run(cwd, ['migrate', 'a.yaml', 'b.yaml', '--into', 'coredns.yaml', '--write'])
    expect(code).toBe(3)
    expect(stderr).toContain('db.corp is 10.9.9.9 in one place and 10.9.9.8 in another')
    expect(stderr).toContain('--accept alias-conflict')
    expect(readFileSync(join(cwd, 'coredns.yaml'), 'utf8')).toBe(coredns)
    expect(
      (await run(cwd, ['migrate', 'a.yaml', 'b.yaml', '--into', 'coredns.yaml', '--accept', 'alias-conflict'])).code,
    ).toBe(0)
  })

  it('finds the settings of kube-dns in Terraform and in the directory for --config-dir, among other files', async () => {
    const cwd = directoryWith({
      'infra/dns.tf':
        'resource "kubernetes_config_map" "dns" {\n  metadata {\n    name = "kube-dns"\n  }\n  data = {\n    stubDomains = jsonencode({ "acme.local" = ["10.150.0.1"] })\n  }\n}\n',
      'infra/other.yaml': 'a: 1\n',
      'mounted/stubDomains': '{"acme.local": ["10.150.0.1"]}\n',
      'mounted/upstreamNameservers': '["192.0.2.53"]\n',
      'mounted/other.yaml': 'a: 1\n',
    })
    const block = 'acme.local:53 {\n    errors\n    forward . 10.150.0.1\n'
    const [terraform, mounted] = [await run(cwd, ['migrate', 'infra']), await run(cwd, ['migrate', 'mounted'])]
    expect([terraform.code, mounted.code]).toEqual([0, 0])
    expect(terraform.stdout).toContain(block)
    expect(mounted.stdout).toContain(block)
    expect(mounted.stdout).toContain('    forward . 192.0.2.53 {\n')
  })

  it('tells the first of very many decisions', async () => {
    const names = Array.from({ length: 15 }, (_, at) => `n${at}.corp.internal`)
    const pods = names.flatMap((name, at) => [
      deployment(`a${at}`, '10.9.9.9', name),
      deployment(`b${at}`, '10.9.9.8', name),
    ])
    const many = Array.from({ length: 7 }, (_, at) => deployment(`c${at}`, `10.9.8.${at}`, 'n0.corp.internal'))
    const cwd = directoryWith({ 'a.yaml': [...pods, ...many].join('---\n') })
    const { code, stderr } = await run(cwd, ['migrate', 'a.yaml'])
    expect(code).toBe(3)
    expect(stderr).toContain('n0.corp.internal is 10.9.9.9 in one place and 10.9.9.8 in one place and 10.9.8.0')
    expect(stderr).toContain('10.9.8.2 in another (and 4 more)')
    expect(stderr).toContain('  decide   and 3 more: --report FILE.md lists all of them\n')
    expect(stderr).not.toContain('n12.corp.internal is')
  })

  it('asks which reading of a refused ConfigMap counts', async () => {
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns.replace('["10.150.0.1"]', '"10.150.0.1"') })
    const asked = await run(cwd, ['migrate', 'kube-dns.yaml'])
    expect([asked.code, asked.stderr]).toEqual([3, expect.stringContaining('--as-running')])
    const running = await run(cwd, ['migrate', 'kube-dns.yaml', '--as-running'])
    expect([running.code, running.stdout.includes('acme.local')]).toEqual([0, false])
  })

  it('ends with 1 where something is lost and that was asked for', async () => {
    const cwd = directoryWith({ 'dnsmasq.conf': 'stop-dns-rebind\nserver=10.0.0.53\nno-resolv\n' })
    expect((await run(cwd, ['migrate', 'dnsmasq.conf', '--fail-on-loss'])).code).toBe(1)
    const { code, stderr } = await run(cwd, ['migrate', 'dnsmasq.conf'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('a protection is lost')])
  })

  it('gives a manifest, a ConfigMap and JSON', async () => {
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns })
    const manifest = await run(cwd, [
      'migrate',
      'kube-dns.yaml',
      '--format',
      'manifest',
      '--cluster-dns-ip',
      '10.96.0.10',
      '--coredns',
      '1.11.1',
    ])
    for (const text of [
      'kind: ClusterRole\n',
      'endpointslices',
      'clusterIP: 10.96.0.10',
      'image: coredns/coredns:1.11.1',
      'dnsPolicy: Default',
    ]) {
      expect(manifest.stdout).toContain(text)
    }
    const old = await run(cwd, ['migrate', 'kube-dns.yaml', '--format', 'manifest', '--coredns', '1.7.0'])
    expect(old.stdout).not.toContain('endpointslices')
    expect((await run(cwd, ['migrate', 'kube-dns.yaml', '--format', 'configmap'])).stdout).toContain(
      '    acme.local:53 {\n',
    )
    const json = JSON.parse((await run(cwd, ['migrate', 'kube-dns.yaml', '--format', 'json'])).stdout)
    expect(json).toMatchObject({
      version: 1,
      items: [
        { fidelity: 'differs', source: { path: 'kube-dns.yaml', line: 1 }, result: null },
        { fidelity: 'exact', source: { path: 'kube-dns.yaml', line: 6 }, result: { text: 'forward . 10.150.0.1' } },
      ],
      conflicts: [],
    })
    expect(json.proof.undeclared).toEqual([])
  })

  it('writes a report with every item, and how to roll out and back', async () => {
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns, 'coredns.yaml': coredns })
    await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'coredns.yaml', '--report', 'move.md'])
    const report = readFileSync(join(cwd, 'move.md'), 'utf8')
    for (const text of ['## Every item', 'acme.local: 10.150.0.1', '## Roll out', 'kubectl apply', '## Roll back'])
      expect(report).toContain(text)
  })

  it.each([
    [['migrate'], 2, 'migrate what?'],
    [['migrate', 'kube-dns.yaml', '--write'], 2, '--write needs --into FILE'],
    [['migrate', 'kube-dns.yaml', '--into', 'kube-dns.yaml'], 2, 'holds no Corefile to go into'],
    [['migrate', 'kube-dns.yaml', '--dnsmasq-version', '3'], 2, 'write 2 and two digits'],
    [['migrate', 'kube-dns.yaml', '--accept', 'alias-conflct'], 2, 'did you mean "alias-conflict"'],
    [['migrate', 'missing.yaml'], 3, 'cannot read missing.yaml: no such file'],
    [['migrate', 'other.yaml'], 2, 'nothing to migrate in other.yaml'],
  ])('%j ends with %i and says why', async (words, code, message) => {
    const cwd = directoryWith({ 'kube-dns.yaml': kubeDns, 'other.yaml': 'a: 1\n' })
    const result = await run(cwd, words)
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)])
  })

  it('tells like things once, and what has to be decided first', async () => {
    const cwd = directoryWith({
      'dnsmasq.conf':
        'no-resolv\nno-hosts\nserver=10.0.0.53\nbogus-nxdomain=198.51.100.1\nbogus-nxdomain=198.51.100.2\nbogus-nxdomain=198.51.100.3\nserver=/a.test/dns.test\n',
    })
    const { code, stderr } = await run(cwd, ['migrate', 'dnsmasq.conf'])
    expect(code).toBe(3)
    expect(stderr).toContain('bogus-nxdomain=198.51.100.1, and 2 more like it     dnsmasq.conf:4\n')
    expect(stderr.indexOf('decide ')).toBeLessThan(stderr.indexOf('lost '))
  })

  it('reads what dnsmasq includes beside the file or in the directory that was given, and nothing outside', async () => {
    const cwd = directoryWith({
      'node/dnsmasq.conf': 'no-resolv\nno-hosts\naddn-hosts=/etc/office\naddn-hosts=/../../outside\nserver=10.0.0.1\n',
      'node/office': '# names\n10.0.0.2 wiki.test\n10.0.0.300 wrong\n',
    })
    for (const source of ['node', 'node/dnsmasq.conf', join(cwd, 'node')]) {
      const { stdout, stderr } = await run(cwd, ['migrate', source])
      expect(stdout).toContain('10.0.0.2 wiki.test')
      expect(stderr).toContain('node/office:2')
      expect(stderr).toContain('/../../outside is not there')
    }
  })

  it('goes into the values of the coredns chart', async () => {
    const values = `servers:
- zones: [{zone: .}]
  port: 53
  plugins:
  - name: errors
  # the rest
  - name: forward
    parameters: . /etc/resolv.conf
`
    const cwd = directoryWith({ hosts: '192.0.2.1 a.test\n', 'values.yaml': values })
    const { code, stderr } = await run(cwd, ['migrate', 'hosts', '--into', 'values.yaml', '--write'])
    expect(stderr).toContain('0 undeclared')
    expect(code).toBe(0)
    const entry =
      '  - name: hosts\n    parameters: "/dev/null"\n    configBlock: |-\n      192.0.2.1 a.test\n      ttl 30\n      fallthrough\n'
    expect(readFileSync(join(cwd, 'values.yaml'), 'utf8')).toBe(values.replace('  # the rest', `${entry}  # the rest`))
  })

  it('breaks its sentences for the width of a terminal, and for nobody else', async () => {
    const cwd = directoryWith({
      'dnsmasq.conf': 'no-hosts\nno-resolv\nserver=10.0.0.1\ndhcp-range=10.0.0.5,10.0.0.9\n',
    })
    const narrow = await run(cwd, ['migrate', 'dnsmasq.conf'], { terminal: true, columns: 60 })
    expect(narrow.stderr).toMatch(/^ {11}CoreDNS leases no addresses: [^\n]+\n {11}\S/m)
    const wide = await run(cwd, ['migrate', 'dnsmasq.conf'])
    expect(wide.stderr).toMatch(/exact, .* expressed {6}proof: /)
  })

  it('takes no source that cannot be read to its end', async () => {
    const broken = kubeDns.replace('kube-system}', 'kube-system')
    const cwd = directoryWith({ 'kube-dns.yaml': broken, 'coredns.yaml': coredns })
    const { code, stderr } = await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'coredns.yaml', '--write'])
    expect(code).toBe(3)
    expect(stderr).toContain('kube-dns.yaml:4:1: error: not YAML')
    expect(stderr).toContain('Nothing was written: mend the sources first')
    expect(readFileSync(join(cwd, 'coredns.yaml'), 'utf8')).toBe(coredns)
  })

  describe('to the DNS resource of OpenShift', () => {
    const dns = 'apiVersion: operator.openshift.io/v1\nkind: DNS\nmetadata: {name: default}\nspec: {}\n'
    const files = { 'kube-dns.yaml': kubeDns, 'coredns.yaml': coredns, 'dns.yaml': dns }

    it('is a new one, or a diff of one that is there, which applies', async () => {
      const cwd = directoryWith(files)
      const created = await run(cwd, ['migrate', 'kube-dns.yaml', '--format', 'openshift', '--openshift', '4.18.3'])
      expect([created.code, created.stderr]).toEqual([0, expect.stringContaining('0 undeclared')])
      expect(created.stdout).toMatch(
        /^apiVersion: operator\.openshift\.io\/v1\nkind: DNS\n[\s\S]*\n {2}servers:\n {2}- name: /,
      )
      const diff = await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'dns.yaml', '--report', 'move.md'])
      expect(diff.stdout).toMatch(
        /^--- a\/dns\.yaml\n\+\+\+ b\/dns\.yaml\n[\s\S]*\n-spec: \{\}\n\+spec:\n\+ {2}servers:\n/,
      )
      const report = readFileSync(join(cwd, 'move.md'), 'utf8')
      expect(report).toMatch(/\| dns\.yaml:\d+ \|/)
      expect(report).toContain('oc apply -f dns.yaml')
      const written = await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'dns.yaml', '--write'])
      expect([written.code, written.stderr]).toEqual([0, expect.stringContaining('Next: oc apply -f dns.yaml')])
      const again = await run(cwd, ['migrate', 'kube-dns.yaml', '--into', 'dns.yaml'])
      expect([again.code, again.stdout]).toEqual([0, ''])
    })

    it('has the resource in JSON beside what the operator writes', async () => {
      const { stdout } = await run(directoryWith(files), [
        'migrate',
        'kube-dns.yaml',
        '--into',
        'dns.yaml',
        '--format',
        'json',
      ])
      const { corefile, resource, items } = JSON.parse(stdout)
      expect(corefile).toContain('.:5353 {')
      expect(resource).toContain('servers:')
      const placed = items.filter(({ result }: { result: unknown }) => result !== null)
      expect(placed.length).toBeGreaterThan(0)
      for (const { result } of placed) expect(resource.split('\n')[result.line - 1].trim()).toBe(result.text)
    })

    it.each([
      [['--into', 'coredns.yaml', '--format', 'openshift'], /holds a Corefile, not the DNS resource/],
      [['--into', 'dns.yaml', '--format', 'configmap'], /the operator writes the ConfigMap/],
      [['--into', 'dns.yaml', '--reverse-cidr', '10.0.0.0/8'], /the operator of OpenShift has the reverse names/],
      [['--openshift', '4.18'], /--openshift needs --format openshift/],
      [['--format', 'openshift', '--openshift', '3.11'], /is no release of OpenShift that is known here/],
    ])('is wrong usage with %j', async (args, message) => {
      const { code, stderr } = await run(directoryWith(files), ['migrate', 'kube-dns.yaml', ...args])
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)])
    })
  })

  it('says why a file cannot be what it goes into', async () => {
    const cwd = directoryWith({
      'kube-dns.yaml': kubeDns,
      'custom.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns-custom, namespace: kube-system}\ndata:\n  a.server: |\n    a.test {\n        errors\n    }\n',
      'dns-default.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dns-default, namespace: openshift-dns}\ndata:\n  Corefile: |\n    .:5353 {\n        errors\n    }\n',
      'none.yaml': 'a: b\n',
      hosts: '# 10.0.0.1 a.example\n',
    })
    const into = async (file: string) => {
      const { code, stderr } = await run(cwd, ['migrate', 'kube-dns.yaml', '--into', file])
      return [code, stderr]
    }
    expect(await into('custom.yaml')).toEqual([2, expect.stringContaining('holds a.server, a part of a Corefile')])
    expect(await into('dns-default.yaml')).toEqual([2, expect.stringContaining('oc get dns.operator/default')])
    expect(await into('none.yaml')).toEqual([2, expect.stringContaining('none.yaml holds no Corefile to go into')])
    const nothing = await run(cwd, ['migrate', 'hosts'])
    expect([nothing.code, nothing.stdout, nothing.stderr]).toEqual([
      2,
      '',
      expect.stringContaining('nothing to migrate'),
    ])
  })
})
