import { describe, expect, it } from 'vitest'
import { directoryWith } from '../node/directory.ts'
import { run } from './program.ts'

const good = `.:53 {
    hosts /dev/null {
        10.255.0.170 registry
        fallthrough
    }
    forward . 10.0.0.53
    reload
}
`
const broken = good.replace('        fallthrough\n', '')

describe('corefile compare', () => {
  it('groups by cause what is answered differently, and says whether a restart is needed', async () => {
    const cwd = directoryWith({ old: good, new: broken })
    const { code, stdout } = await run(cwd, ['compare', 'old', 'new'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^\d+ probes, \d+ the same, \d+ answered differently\n/)
    expect(stdout).toContain('every name')
    expect(stdout).toMatch(
      /upstream 10\.0\.0\.53 {2}-> {2}SERVFAIL: hosts has no such name and no fallthrough for it {4}new:2\n/,
    )
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'needs restart: no, because reload looks for a new text every 30s or so and takes it over',
    )
  })

  it('finds nothing between equals', async () => {
    const cwd = directoryWith({ old: good, new: good.replace('    reload\n', '    reload\n    errors\n') })
    const { code, stdout } = await run(cwd, ['compare', 'old', 'new'])
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^\d+ probes, all the same$/)])
  })

  it.each(['pretty', 'json'])('shows no password of a URL: %s', async (format) => {
    const text = (password: string) => `.:53 {\n    forward . https://root:${password}@10.0.0.1\n}\n`
    const cwd = directoryWith({ old: text('hunter2'), new: text('hunter3') })
    const { stdout } = await run(cwd, ['compare', 'old', 'new', '--format', format])
    expect(stdout).toContain('https://***@10.0.0.1')
    expect(stdout).not.toContain('hunter')
    const traced = await run(cwd, ['trace', 'example.org', 'old', '--format', format])
    expect(traced.stdout).toContain('https://***@10.0.0.1')
  })

  it('leaves out changes that are meant', async () => {
    const expected = `changes:\n  - query: "*"\n    expect: { outcome: servfail }\n    reason: nobody asks\n`
    const cwd = directoryWith({ old: good, new: broken, 'changes.yaml': expected })
    const { code, stdout } = await run(cwd, ['compare', 'old', 'new', '--expect', 'changes.yaml'])
    expect(code).toBe(0)
    expect(stdout).toContain('nobody asks')
  })

  it('declares what lies in the nature of dnsmasq', async () => {
    const cwd = directoryWith({
      'dnsmasq.conf': 'server=10.0.0.53\nserver=10.0.0.54\nno-resolv\n',
      Corefile: '.:53 {\n    forward . 10.0.0.53 10.0.0.54\n}\n',
    })
    const { code, stdout } = await run(cwd, ['compare', 'dnsmasq.conf', 'Corefile', '--format', 'json'])
    expect(code).toBe(0)
    const shape = JSON.parse(stdout)
    expect(new Set(shape.declared.map((one: { code: string }) => one.code))).toEqual(new Set(['D-POLICY']))
    expect(shape.undeclared).toEqual([])
  })

  it('compares releases with one text', async () => {
    const wild =
      '.:53 {\n    hosts /dev/null {\n        10.0.0.1 *.apps.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n'
    const cwd = directoryWith({ Corefile: wild })
    const { code, stdout } = await run(cwd, ['compare', '--coredns', '1.11.3..1.15.0', 'Corefile'])
    expect(code).toBe(1)
    expect(stdout).toContain('below apps.example')
    expect(stdout).toContain('needs restart: yes')
  })

  it('reads standard input, and directories as kubectl diff writes them', async () => {
    const cm = (text: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n  namespace: kube-system\ndata:\n  Corefile: |\n${text.replace(/^(?=.)/gm, '    ')}`
    const cwd = directoryWith({
      new: broken,
      'LIVE/v1.ConfigMap.kube-system.coredns': cm(good),
      'MERGED/v1.ConfigMap.kube-system.coredns': cm(broken),
      'LIVE2/v1.Service.shop.db': 'apiVersion: v1\nkind: Service\nmetadata: {name: db}\n',
      'MERGED2/v1.Service.shop.db': 'apiVersion: v1\nkind: Service\nmetadata: {name: db}\n',
    })
    const piped = await run(cwd, ['compare', '-', 'new'], { stdin: good })
    expect(piped.code).toBe(1)
    const kubectl = await run(cwd, ['compare', 'LIVE', 'MERGED'])
    expect(kubectl.code).toBe(1)
    expect(kubectl.stdout).toContain('MERGED/v1.ConfigMap.kube-system.coredns:9')
    expect((await run(cwd, ['compare', 'LIVE2', 'MERGED2'])).code).toBe(0)
  })

  it('asks what it is told to ask, and what a query log has', async () => {
    const log = '[INFO] 10.0.0.1:4242 - 1 "AAAA IN only.example.org. udp 41 false 4096" NOERROR qr,rd,ra 106 0.008s\n'
    const cwd = directoryWith({ old: good, new: broken, 'queries.log': log })
    const { stdout } = await run(cwd, [
      'compare',
      'old',
      'new',
      '--probes',
      'queries.log',
      '--probe',
      'x.y/MX',
      '--format',
      'json',
    ])
    const names = JSON.parse(stdout).undeclared.map(
      ({ query }: { query: { name: string; type: string } }) => `${query.name} ${query.type}`,
    )
    expect(names).toContain('only.example.org. AAAA')
    expect(names).toContain('x.y. MX')
  })

  it('says what a restart is needed for', async () => {
    const without = good.replace('    reload\n', '')
    const cwd = directoryWith({ old: good, without, refused: good.replace('reload', 'nonsense') })
    const last = async (...words: string[]) =>
      (await run(cwd, ['compare', ...words])).stdout.trimEnd().split('\n\n').at(-1)?.replaceAll('\n', ' ')
    expect(await last('without', 'old')).toMatch(/^needs restart: yes, because the Corefile that runs has no reload/)
    expect(await last('old', 'without')).toMatch(/^needs restart: no, .* the new text has no reload/)
    expect(
      await run(cwd, ['compare', 'old', 'refused'], { terminal: true, columns: 200, env: { NO_COLOR: '1' } }),
    ).toMatchObject({
      stdout: expect.stringMatching(
        /CoreDNS 1\.15\.0 refuses refused \(corefile lint refused says why\): its answers here are those that it would give\n(?:.*\n)*needs restart: no, because a reload keeps the old text/,
      ),
    })
  })

  it('says what only one side has', async () => {
    const cwd = directoryWith({
      'LIVE/v1.ConfigMap.kube-system.other':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata: {a: "1"}\n',
      'MERGED/Corefile': good,
      'OLD/Corefile': good,
      'NEW/a.txt': '',
    })
    expect(await run(cwd, ['compare', 'LIVE', 'MERGED'])).toMatchObject({
      code: 1,
      stdout: 'MERGED/Corefile is new: nothing answered in its place\n',
    })
    expect(await run(cwd, ['compare', 'OLD', 'NEW'])).toMatchObject({
      code: 1,
      stdout: 'OLD/Corefile is gone: nothing answers as it did\n',
    })
  })

  it('takes the sources in a directory without a Corefile together', async () => {
    const image = 'k8s.gcr.io/k8s-dns-kube-dns:1.14.13'
    const cwd = directoryWith({
      'today/cm.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns}\ndata:\n  stubDomains: |\n    {"acme.local": ["10.1.0.1"]}\n',
      'today/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: kube-dns}\nspec:\n  containers:\n  - name: kubedns\n    image: ${image}\n    args: [--domain=corp.example.]\n`,
      'dns/stubDomains': '{"acme.local": ["10.1.0.1"]}\n',
      'dns/upstreamNameservers': '["10.0.0.53"]\n',
      'stubs/Corefile': 'acme.local {\n    forward . 10.1.0.1\n}\n. {\n    forward . 10.0.0.53\n}\n',
    })
    // The domain is that of the Deployment.
    const { stdout } = await run(cwd, ['trace', 'kubernetes.default.svc.corp.example', 'today'])
    expect(stdout).toContain('from the objects of the cluster')
    const { code, stdout: said } = await run(cwd, ['compare', 'dns', 'stubs', '--probe', 'www.acme.local/A'])
    expect([code, said.includes('every name below acme.local')]).toEqual([1, false])
    expect(said).toContain('cluster.local')
  })

  it('pairs the files of two directories by their place there', async () => {
    const cwd = directoryWith({
      'a/one/Corefile': good,
      'a/two/Corefile': good,
      'b/one/Corefile': good,
      'b/two/Corefile': broken,
    })
    const { code, stdout } = await run(cwd, ['compare', 'a', 'b'])
    expect([code, stdout]).toEqual([1, expect.stringMatching(/b\/one\/Corefile:\n\d+ probes, all the same\n/)])
    expect(stdout).toMatch(/b\/two\/Corefile:\n\d+ probes, \d+ the same, \d+ answered differently\n/)
  })

  it.each([
    [['compare', 'old'], 2, 'compare with what?'],
    [['compare', '-', '-'], 2, '- can be OLD or NEW, not both'],
    [['compare', 'old', 'missing'], 3, 'cannot read missing'],
    [['compare', 'old', 'old', '--probe', 'a..b/A'], 2, '--probe a..b/A: write NAME/TYPE'],
    [['compare', 'old', 'old', '--probes', 'probes'], 2, 'probes:2:12: write a name and a type on each line'],
    [
      ['compare', 'old', 'old', '--expect', 'wrong.yaml'],
      2,
      'wrong.yaml:2:5: there is no key "quary": did you mean "query"?',
    ],
  ])('%j ends with %i and says why', async (words, code, message) => {
    const cwd = directoryWith({
      old: good,
      probes: 'a.example A # fine\nb.example  A/B\n',
      'wrong.yaml': 'changes:\n  - quary: a\n',
    })
    const result = await run(cwd, words)
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)])
  })
})
