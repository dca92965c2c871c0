import { describe, expect, it } from 'vitest'
import { itemWithoutEffect } from '../../../src/migrate/dnsmasq/lost-options.ts'
import { dnsmasqOptions } from '../../../src/sources/dnsmasq-options.ts'
import { runExample } from '../run-example.ts'

/** The items of options, without what is said of the dnsmasq as a whole. */
async function itemsOf(conf: string, files: Readonly<Record<string, string>> = {}) {
  const { migration } = await runExample({ files: { 'dnsmasq.conf': conf, ...files }, dnsmasq: '2.90' })
  return migration.items
    .filter(({ source }) => source.text !== 'dnsmasq.conf')
    .map(({ source, fidelity, note }) => `${source.text}: ${fidelity}, ${note}`)
}

describe('options of dnsmasq', () => {
  it('have a sentence of their own, all of them', () => {
    const source = { path: 'x', range: { start: 0, end: 0 }, text: 'x' }
    const without = [...dnsmasqOptions.keys()].filter(
      (name) => itemWithoutEffect(name, source)?.note === 'CoreDNS has nothing like it',
    )
    // These are translated by what their values say.
    expect(without.filter((name) => !TRANSLATED.has(name))).toEqual([])
  })

  it('that name files which were not given are no success', async () => {
    const missing = 'untranslatable, the file was not given, so what it says is missing in the result'
    expect(
      await itemsOf('no-hosts\nconf-file=/nowhere/a.conf\nservers-file=/nowhere/b\naddn-hosts=/nowhere/c\n'),
    ).toEqual([
      'no-hosts: exact, the hosts file of the machine is not read: hosts has /dev/null in its place',
      `conf-file=/nowhere/a.conf: ${missing}`,
      `servers-file=/nowhere/b: ${missing}`,
      `addn-hosts=/nowhere/c: ${missing}`,
    ])
  })

  it('that name no file, or nothing at all, are no loss', async () => {
    expect(await itemsOf('conf-file=/dev/null\nresolv-file=\n')).toEqual([
      'conf-file=/dev/null: exact, its options are items of their own',
      'resolv-file=: exact, takes /etc/resolv.conf away and names nothing for it: no file behind forward',
    ])
  })

  it('about the cache become one cache', async () => {
    const conf = 'cache-size=5000\nmin-cache-ttl=60\nmax-cache-ttl=600\nno-negcache\nuse-stale-cache=0\n'
    const { migration } = await runExample({ files: { 'dnsmasq.conf': conf }, dnsmasq: '2.90' }, '1.15.0')
    expect(migration.corefile).toContain(`    cache 600 {
        success 5000 600 60
        denial 5000 600 60
        disable denial
        serve_stale 31536000s immediate
    }
`)
  })

  it('without a limit say so', async () => {
    const zero = 'exact, 0 is no limit: nothing to write'
    expect(await itemsOf('max-ttl=0\nmax-cache-ttl=0\nmin-cache-ttl=0\n')).toEqual([
      `max-ttl=0: ${zero}`,
      `max-cache-ttl=0: ${zero}`,
      `min-cache-ttl=0: ${zero}`,
    ])
  })

  it('about where it listens become bind, with lo as dnsmasq has it', async () => {
    const corefile = async (conf: string) =>
      (await runExample({ files: { 'dnsmasq.conf': conf }, dnsmasq: '2.90' })).migration.corefile
    expect(await corefile('interface=eth0,eth1\n')).toContain('    bind eth0 eth1 lo\n')
    expect(await corefile('interface=eth0\nexcept-interface=lo\n')).toContain('    bind eth0\n')
    expect(await corefile('interface=eth0\nlisten-address=127.0.0.1,10.0.0.1\n')).toContain(
      '    bind eth0 lo 10.0.0.1\n',
    )
    expect(await corefile('listen-address=::1,0:0::1\n')).toContain('    bind ::1\n')
    expect(await corefile('except-interface=eth0\n')).not.toContain('bind')
    expect(await itemsOf('interface=eth*\n')).toEqual([
      'interface=eth*: untranslatable, bind takes names of interfaces, and eth* is none: list those that are meant',
    ])
  })

  it('with several domains lose none of them', async () => {
    const conf = 'no-resolv\nserver=192.0.2.1\nserver=/*suf/a.test/192.0.2.2\n'
    expect(await itemsOf(conf)).toContainEqual(
      expect.stringMatching(
        /^server=\/\*suf\/a\.test\/192\.0\.2\.2: untranslatable, .*only end in "suf".*; a server block of its own/,
      ),
    )
  })

  it('stand in the report as they stand in the file', async () => {
    const items = await itemsOf('cache-size=0\nlocal=/lan/\nno-hosts\ntxt-record=t.test,x\nserver=192.0.2.1\n')
    expect(items.map((item) => item.replace(/[=:].*/, ''))).toEqual([
      'cache-size',
      'local',
      'no-hosts',
      'txt-record',
      'server',
    ])
  })

  it('say in which order servers are asked', async () => {
    const servers = 'no-resolv\nserver=192.0.2.1\nserver=192.0.2.2\n'
    expect((await itemsOf(servers))[1]).toContain('CoreDNS asks one of them at random')
    expect((await itemsOf(`${servers}strict-order\n`))[1]).toContain('one of several: asked in order')
  })

  it('that name the machine itself say what to look at', async () => {
    const files = { 'dnsmasq.conf': 'server=/corp.test/127.0.0.1\n' }
    const { migration } = await runExample({ files, dnsmasq: '2.90' })
    expect(migration.items.map(({ check }) => check)).toContainEqual(expect.stringContaining('the machine itself'))
  })

  it('of a dnsmasq that answers nothing say so', async () => {
    expect(await itemsOf('no-hosts\nport=0\n')).toContain(
      'port=0: untranslatable, this dnsmasq answers no names today: the result is what its other options would answer',
    )
  })

  it('about names without a dot leave those to an address for all names', async () => {
    const files = { 'dnsmasq.conf': 'no-resolv\ndomain-needed\naddress=/#/10.0.0.1\n' }
    const { migration, proof } = await runExample({ files, dnsmasq: '2.85' })
    expect(migration.corefile).not.toContain('template IN A . {\n        match')
    expect(proof.comparison?.undeclared).toEqual([])
  })

  it('with numbers that dnsmasq cannot hold are left out', async () => {
    expect(await itemsOf('local-ttl=99999999999\n')).toEqual([
      'local-ttl=99999999999: untranslatable, dnsmasq cannot count so far: what it takes it for is chance',
    ])
  })
})

/** Options with something to write. */
const TRANSLATED: ReadonlySet<string> = new Set([
  ...['port', 'listen-address', 'interface', 'except-interface', 'cache-size', 'no-negcache', 'use-stale-cache'],
  ...['max-ttl', 'max-cache-ttl', 'min-cache-ttl', 'local-ttl', 'dns-forward-max', 'dns-loop-detect'],
  ...['edns-packet-max', 'log-queries', 'no-round-robin', 'domain-needed', 'bogus-priv', 'filterwin2k', 'filter-A'],
  ...['filter-AAAA', 'filter-rr', 'proxy-dnssec', 'add-subnet', 'domain'],
])
