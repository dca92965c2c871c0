import { describe, expect, it } from 'vitest'
import { compare, fix, lint, migrate, trace } from '../src/index.ts'

const files = [{ path: 'Corefile', text: '. {\n    errors\n    fanout . 10.0.0.53\n}\n' }]

const corefileOf = async (options: Parameters<typeof lint>[1]) => (await lint(files, options)).files[0]?.corefiles[0]

describe('the library', () => {
  it('judges by the program it is told of', async () => {
    expect(await corefileOf({})).toMatchObject({ verdict: 'refused', target: { build: 'official', from: 'assumed' } })
    expect(await corefileOf({ externalPlugins: ['fanout'] })).toMatchObject({ verdict: 'unknown' })
    const grammar = { line: { args: [{ name: 'FROM' }, { name: 'TO', count: 'many' }] } } as const
    const build = ['errors', 'fanout:github.com/networkservicemesh/fanout']
    expect(await corefileOf({ build, externalPlugins: { fanout: { grammar } } })).toMatchObject({
      verdict: 'accepted',
      target: { build: 'custom' },
    })
    expect(await corefileOf({ build: ['errors'], externalPlugins: { fanout: { grammar } } })).toMatchObject({
      verdict: 'refused',
    })
  })

  it('takes the release inside of a tag of NodeLocal DNSCache', async () => {
    expect(await corefileOf({ build: 'node-cache 1.22.20' })).toMatchObject({
      target: { coredns: '1.10.0', build: 'node-cache 1.22.20' },
    })
    expect(await corefileOf({ build: 'node-cache 1.22.20', coredns: ['1.9.4'] })).toMatchObject({
      target: { coredns: '1.9.4', from: 'flag' },
    })
  })

  it('throws where it is told nonsense, with the place', async () => {
    const grammar = { lines: [] } as object
    await expect(lint(files, { externalPlugins: { fanout: { grammar } } })).rejects.toThrow(
      new RangeError('externalPlugins.fanout.grammar.lines: unknown key "lines": did you mean "line"?'),
    )
    await expect(fix(files, { build: ['erorrs'] })).rejects.toThrow(
      'build[0]: build names an unknown plugin "erorrs": did you mean "errors"?',
    )
  })
})

describe('answers', () => {
  const good =
    '. {\n  hosts /dev/null {\n    10.0.0.1 registry\n    fallthrough\n  }\n  forward . 10.0.0.53\n  reload\n}\n'
  const broken = good.replace('    fallthrough\n', '')

  it('says who answers, with places in the text', async () => {
    const { outcome, path, block } = await trace(good, 'registry')
    expect(outcome).toMatchObject({ kind: 'records', records: [{ name: 'registry.', data: '10.0.0.1' }] })
    expect(block?.key).toBe('.:53')
    const step = path.find(({ role }) => role === 'answered')
    expect(good.slice(step?.at?.range.start, step?.at?.range.end)).toBe('10.0.0.1')
    expect(path.at(-1)).toMatchObject({ plugin: 'forward', role: 'not-asked' })
  })

  it('reads files that it is given, and who asks', async () => {
    const text = '. {\n  acl {\n    block net 10.9.0.0/16\n  }\n  hosts /data/hosts\n}\n'
    const fileText = (path: string) => (path === '/data/hosts' ? '10.0.0.7 files.example\n' : undefined)
    const asked = (client: string) => trace(text, 'files.example', 'A', { client, fileText })
    expect((await asked('10.8.0.1')).outcome).toMatchObject({ records: [{ data: '10.0.0.7' }] })
    expect((await asked('10.9.0.1')).outcome).toEqual({ kind: 'refused' })
  })

  it('compares two texts, and two releases', async () => {
    const { causes, restart, equal, probes } = await compare(good, broken)
    expect(equal).toBeLessThan(probes)
    expect(causes).toMatchObject([{ new: 'SERVFAIL: hosts has no such name and no fallthrough for it', line: null }])
    expect(restart).toMatchObject({ needed: false })
    const upgrade = await compare(good, good, { coredns: ['1.11.1'] }, { coredns: ['1.15.0'] })
    expect(upgrade).toMatchObject({ undeclared: [], restart: { needed: true } })
    expect((await compare(good, '. {\n  nonsense\n}\n')).notes).toEqual([
      expect.stringMatching(/^CoreDNS 1\.15\.0 refuses Corefile/),
    ])
  })

  it('throws where there is no server', async () => {
    await expect(trace('kind: Pod\n', 'a', 'A', { path: 'pod.yaml' })).rejects.toThrow(
      'pod.yaml holds no Corefile, kube-dns or dnsmasq configuration',
    )
  })

  it('migrates texts into a new Corefile, or into a file, and says whether that may be taken', async () => {
    const dnsmasq = {
      path: 'dnsmasq.conf',
      text: 'no-resolv\nno-hosts\nserver=/a.test/10.0.0.1\ndhcp-range=10.0.0.5,10.0.0.9\n',
    }
    const fresh = await migrate([dnsmasq], { coredns: '1.12.0' })
    expect(fresh).toMatchObject({ isReady: true, conflicts: [], changed: [] })
    expect(fresh.corefile).toContain('a.test:53 {\n    errors\n    forward . 10.0.0.1\n')
    expect(fresh.comparison?.undeclared).toEqual([])
    expect(fresh.items.map(({ fidelity }) => fidelity)).toContain('untranslatable')
    expect(fresh.report()).toContain('dnsmasq.conf:4')

    const into = { path: 'Corefile', text: '. {\n    forward . 10.0.0.2\n}\n' }
    const hosts = { path: 'hosts', text: '10.0.0.3 b.test\n' }
    const { changed, isReady } = await migrate([hosts], { into })
    expect(isReady).toBe(true)
    expect(changed).toMatchObject([{ path: 'Corefile', before: into.text }])
    expect(changed[0]?.after).toContain('10.0.0.3 b.test')
  })

  it('throws where there is nothing to go into, or no such release', async () => {
    const hosts = [{ path: 'hosts', text: '10.0.0.3 b.test\n' }]
    await expect(migrate(hosts, { into: { path: 'a.yaml', text: 'a: b\n' } })).rejects.toThrow(
      new RangeError('a.yaml holds no Corefile to go into'),
    )
    await expect(migrate(hosts, { coredns: '1.99.0' })).rejects.toThrow(RangeError)
  })
})
