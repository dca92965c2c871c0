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
    expect(stdout).toMatch(/upstream 10\.0\.0\.53 {2}-> {2}SERVFAIL from hosts {5}new:2/)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'needs restart: no, because reload takes it over within 30 seconds or so',
    )
  })

  it('finds nothing between equals', async () => {
    const cwd = directoryWith({ old: good, new: good.replace('    reload\n', '    reload\n    errors\n') })
    const { code, stdout } = await run(cwd, ['compare', 'old', 'new'])
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^\d+ probes, all the same$/)])
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

  it('says that a moved listener needs a restart', async () => {
    const cwd = directoryWith({
      old: `${good.slice(0, -2)}    health\n}\n`,
      new: `${good.slice(0, -2)}    health :8081\n}\n`,
    })
    const { stdout } = await run(cwd, ['compare', 'old', 'new'])
    expect(stdout).toContain('needs restart: yes, because health moves from :8080 to :8081')
  })

  it.each([
    [['compare', 'old'], 2, 'compare with what?'],
    [['compare', '-', '-'], 2, '- can be OLD or NEW, not both'],
    [['compare', 'old', 'missing'], 3, 'cannot read missing'],
    [
      ['compare', 'old', 'old', '--expect', 'wrong.yaml'],
      2,
      'wrong.yaml:2:5: there is no key "quary": did you mean "query"?',
    ],
  ])('%j ends with %i and says why', async (words, code, message) => {
    const cwd = directoryWith({ old: good, 'wrong.yaml': 'changes:\n  - quary: a\n' })
    const result = await run(cwd, words)
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)])
  })
})
