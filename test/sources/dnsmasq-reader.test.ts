import { describe, expect, it } from 'vitest'
import { fileText } from '../../src/embed/inner-text.ts'
import { shellCommands } from '../../src/sources/command-line.ts'
import type { DnsmasqConfiguration, DnsmasqOption, DnsmasqValue } from '../../src/sources/dnsmasq.ts'
import { optionNamed } from '../../src/sources/dnsmasq-options.ts'
import { readDnsmasqCommandLine, readDnsmasqFile } from '../../src/sources/dnsmasq-reader.ts'
import type { SourceFiles } from '../../src/sources/source.ts'
import { at, source } from './places.ts'

function readFile(text: string, files: Record<string, string> = {}): DnsmasqConfiguration {
  return readDnsmasqFile(source('dnsmasq.conf', text), filesOf(files))
}

function filesOf(files: Record<string, string>): SourceFiles {
  return {
    read: (path) => (files[path] === undefined ? undefined : source(path, files[path])),
    list: (directory) => {
      const names = Object.keys(files).filter((path) => path.startsWith(`${directory}/`))
      return names.length === 0 ? undefined : names.map((path) => path.slice(directory.length + 1))
    },
  }
}

function readShell(text: string, environment: Record<string, string> = {}, files: Record<string, string> = {}) {
  const { commands } = shellCommands(fileText(text), new Map(Object.entries(environment)))
  const words = (commands[0]?.words ?? []).slice(1)
  return readDnsmasqCommandLine(
    { path: 'run.sh', name: 'run.sh', range: { start: 0, end: text.length }, words },
    filesOf(files),
  )
}

function only(text: string): DnsmasqOption {
  const { options } = readFile(text)
  expect(options).toHaveLength(1)
  return options[0] as DnsmasqOption
}

function value<T extends DnsmasqValue['type']>(text: string, type: T): Extract<DnsmasqValue, { type: T }> {
  const option = only(text)
  expect(option.value.type).toBe(type)
  return option.value as Extract<DnsmasqValue, { type: T }>
}

describe('a configuration file', () => {
  it('has options with the places of name and argument', () => {
    const text = '# comment\n\n  server = /corp.test/10.0.0.53#5353   # why\nno-resolv\n'
    const [server, flag] = readFile(text).options
    expect([server?.name, flag?.name]).toEqual(['server', 'no-resolv'])
    expect(at(text, server?.range)).toBe('server = /corp.test/10.0.0.53#5353')
    expect(at(text, server?.written.range)).toBe('server')
    expect(at(text, server?.argument?.range)).toBe('/corp.test/10.0.0.53#5353')
    expect(flag?.argument).toBeUndefined()
  })

  it('keeps what quotes protect, with the place in the quotes', () => {
    const text = 'txt-record=t.test,"a, b",c\n'
    const { strings } = value(text, 'txt')
    expect(strings.map((one) => one.value)).toEqual(['a, b', 'c'])
    expect(strings.map((one) => at(text, one.range))).toEqual(['a, b', 'c'])
  })

  it('has nothing behind a # after a blank, and everything before one that is part of a word', () => {
    expect(only('server=1.2.3.4#5353 #x').argument?.value).toBe('1.2.3.4#5353')
    expect(only('server=1.2.3.4#5353').value).toMatchObject({ to: { host: '1.2.3.4', port: 5353 } })
  })

  it('reads a line beyond 1,024 bytes as several', () => {
    const line = `address=/${'a.'.repeat(540)}test/1.2.3.4`
    const { options, problems } = readFile(`${line}\n`)
    expect(options).toHaveLength(2)
    expect(options[1]?.isKnown).toBe(false)
    expect(problems.some(({ message }) => message.includes('1,024 bytes'))).toBe(true)
  })

  it('includes files and directories where they stand, and each file once', () => {
    const files = {
      '/etc/a.conf': 'cache-size=1\nconf-file=/etc/a.conf\n',
      '/etc/d/20-b.conf': 'port=1',
      '/etc/d/10-a.conf': 'local-ttl=1',
      '/etc/d/x.conf~': 'neg-ttl=1',
      '/etc/d/.x.conf': 'neg-ttl=1',
      '/etc/d/y.bak': 'neg-ttl=1',
    }
    const read = readFile('no-hosts\nconf-file=/etc/a.conf\nconf-dir=/etc/d,.bak\nno-poll\n', files)
    expect(read.options.map(({ name }) => name)).toEqual([
      'no-hosts',
      'conf-file',
      'cache-size',
      'conf-file',
      'conf-dir',
      'local-ttl',
      'port',
      'no-poll',
    ])
    expect(read.options.map(({ path }) => path).slice(1, 3)).toEqual(['dnsmasq.conf', '/etc/a.conf'])
    expect(read.files).toEqual(['dnsmasq.conf', '/etc/a.conf', '/etc/d/10-a.conf', '/etc/d/20-b.conf'])
    const wanted = readFile('conf-dir=/etc/d,*.bak\n', files)
    expect(wanted.options.map(({ name }) => name)).toEqual(['conf-dir', 'neg-ttl'])
  })

  it('says that an included file is missing, and never runs a script', () => {
    const text = 'conf-file=/nowhere\nconf-dir=/nowhere.d\nconf-script=/bin/x\naddn-hosts=/none\n'
    const { problems, notUnderstood } = readFile(text)
    expect(problems.map(({ severity, range }) => [severity, at(text, range)])).toEqual([
      ['error', '/nowhere'],
      ['error', '/nowhere.d'],
      ['error', 'addn-hosts=/none'],
    ])
    expect(notUnderstood.map(({ range }) => at(text, range))).toEqual(['conf-script=/bin/x'])
  })

  it('takes server lines alone from a servers file', () => {
    const read = readFile('servers-file=/s\nno-resolv\n', {
      '/s': 'server=/a/1.2.3.4\nlocal=/b/\nrev-server=10.0.0.0/8,1.1.1.1\n',
    })
    expect(read.options.map(({ name }) => name)).toEqual(['servers-file', 'no-resolv', 'server', 'rev-server'])
    expect(read.notUnderstood.map(({ text, path }) => [text, path])).toEqual([['local=/b/', '/s']])
  })

  it('has its hosts files in the order of reading', () => {
    const files = {
      '/etc/hosts': '127.0.0.1 a',
      '/h/1': '10.0.0.1 b',
      '/h/2': '10.0.0.2 c',
      '/h/.x': '',
      '/one': '10.0.0.3 d',
    }
    expect(readFile('addn-hosts=/h\naddn-hosts=/one\n', files).hostsFiles.map(({ path }) => path)).toEqual([
      '/etc/hosts',
      '/one',
      '/h/1',
      '/h/2',
    ])
    expect(readFile('no-hosts\n', files).hostsFiles).toEqual([])
  })

  it('tells options that nobody knows, with the place', () => {
    const text = 'no-resolv\nno-such-thing=1\n'
    const { options, problems } = readFile(text)
    expect(options[1]).toMatchObject({ name: 'no-such-thing', isKnown: false, value: { type: 'unreadable' } })
    expect(problems.map(({ range }) => at(text, range))).toEqual(['no-such-thing'])
  })
})

describe('arguments', () => {
  it('of server have domains of every kind', () => {
    const text = 'server=//#/.a.test./*suf/*.b.test/B.test/10.0.0.1@eth0'
    const { domains, to } = value(text, 'server')
    expect(domains.map(({ name, match }) => [name, match])).toEqual([
      ['', 'single'],
      ['', 'every'],
      ['a.test', 'below'],
      ['suf', 'suffix'],
      ['b.test', 'subdomains'],
      ['B.test', 'below'],
    ])
    expect(domains.map(({ range }) => at(text, range))).toEqual(['', '#', '.a.test.', '*suf', '*.b.test', 'B.test'])
    expect(to).toMatchObject({ host: '10.0.0.1', port: 53, isName: false, via: [{ value: 'eth0' }] })
  })

  it('of server may be nobody, the default servers, or a name', () => {
    expect(value('local=/a.test/', 'server').to).toBe('none')
    expect(value('server=/a.test/#', 'server').to).toBe('default')
    expect(value('server=dns.example#54', 'server').to).toMatchObject({ host: 'dns.example', port: 54, isName: true })
    expect(only('server=dns.example').refusals).toMatchObject([{ until: '2.88' }])
    expect(value('server=1.2.3', 'server').to).toMatchObject({ host: '1.2.0.3', isName: false })
  })

  it('of address may be an address, zero, or nothing', () => {
    expect(value('address=/a/b/10.0.0.1', 'address')).toMatchObject({
      domains: [{ name: 'a' }, { name: 'b' }],
      to: { value: '10.0.0.1' },
    })
    expect(value('address=/a/#', 'address').to).toBe('zero')
    expect(value('address=/a/', 'address').to).toBe('none')
    expect(value('address=10.0.0.1', 'address').domains).toMatchObject([{ match: 'every' }])
  })

  it('of records are taken apart', () => {
    expect(value('host-record=a.test,b,10.0.0.1,fd00::1,60', 'host-record')).toMatchObject({
      names: [{ value: 'a.test' }, { value: 'b' }],
      addresses: [{ value: '10.0.0.1' }, { value: 'fd00::1' }],
      ttl: { value: 60 },
    })
    expect(value('cname=a,b,t.test,30', 'cname')).toMatchObject({
      aliases: [{ value: 'a' }, { value: 'b' }],
      target: { value: 't.test' },
      ttl: { value: 30 },
    })
    expect(value('srv-host=_l._tcp.s.test,ldap.s.test,389,1,2', 'srv')).toMatchObject({
      target: { value: 'ldap.s.test' },
      port: 389,
      priority: 1,
      weight: 2,
    })
    expect(value('mx-host=m.test,mail.test,10', 'mx')).toMatchObject({ target: { value: 'mail.test' }, preference: 10 })
    expect(value('ptr-record=9.9.9.10.in-addr.arpa,nine.test', 'ptr')).toMatchObject({ target: { value: 'nine.test' } })
    expect(value('naptr-record=n.test,1,2,u,E2U+sip,!^.*$!sip:x!,r.test', 'naptr')).toMatchObject({
      order: 1,
      preference: 2,
      flags: 'u',
      service: 'E2U+sip',
      regexp: '!^.*$!sip:x!',
      replacement: 'r.test',
    })
    expect(value('caa-record=c.test,0,issue,le.test', 'caa')).toMatchObject({ flags: 0, tag: 'issue', text: 'le.test' })
    expect(value('dns-rr=d.test,65,00:01:00', 'dns-rr')).toMatchObject({ rrType: 65, data: '000100' })
  })

  it('of networks give their borders', () => {
    expect(value('rev-server=172.16.0.0/12,10.0.0.1', 'rev-server')).toMatchObject({
      address: '172.16.0.0',
      prefix: 12,
    })
    expect(value('synth-domain=s.test,10.0.0.77/24,host-*', 'synth-domain')).toMatchObject({
      first: '10.0.0.0',
      last: '10.0.0.255',
      prefix: 'host-',
      isSequential: true,
    })
    expect(value('synth-domain=s.test,2001:db8::/64', 'synth-domain')).toMatchObject({
      first: '2001:db8::',
      last: '2001:db8::ffff:ffff:ffff:ffff',
      prefix: '',
    })
  })

  it('that are there twice and may be there once are refused the second time', () => {
    expect(readFile('port=1\nport=2\n').options.map(({ refusals }) => refusals.length)).toEqual([0, 1])
    expect(readFile('cname=a,b\ncname=A,c\n').options.map(({ refusals }) => refusals.length)).toEqual([0, 1])
  })

  it('whose aliases go in a circle are refused', () => {
    expect(readFile('cname=a,b\ncname=b,c\n').options.flatMap(({ refusals }) => refusals)).toEqual([])
    expect(readFile('cname=a,b\ncname=b,a\n').options.flatMap(({ refusals }) => refusals)).toMatchObject([
      { since: '2.78' },
    ])
  })
})

describe('a command line', () => {
  it('has long, short, bundled and shortened options', () => {
    const text = `dnsmasq -k --no-re -hRD "-A/x.test/10.0.0.1" --server '/a.b/1.2.3.4#53' -S1.1.1.1 -S 8.8.8.8`
    const { options } = readShell(text)
    expect(options.map(({ name }) => name)).toEqual([
      'keep-in-foreground',
      'no-resolv',
      'no-hosts',
      'no-resolv',
      'domain-needed',
      'address',
      'server',
      'server',
      'server',
    ])
    expect(options.slice(5).map(({ argument }) => at(text, argument?.range))).toEqual([
      '/x.test/10.0.0.1',
      '/a.b/1.2.3.4#53',
      '1.1.1.1',
      '8.8.8.8',
    ])
  })

  it('takes quotes as text, for the shell has taken its own away', () => {
    const { options } = readShell(`dnsmasq --txt-record='t.test,"a,b"'`)
    expect(options[0]?.value).toMatchObject({ strings: [{ value: '"a' }, { value: 'b"' }] })
  })

  it('puts values of variables in, and says which are not known', () => {
    const text = 'dnsmasq --cache-size=$SIZE --server=/$DOMAIN/10.0.0.1 --port=$PORT'
    const { options, notUnderstood } = readShell(text, { SIZE: '500' })
    expect(options[0]?.value).toMatchObject({ number: { value: 500 } })
    expect(at(text, options[0]?.argument?.range)).toBe('$SIZE')
    expect(options[1]).toMatchObject({ unresolved: ['DOMAIN'], refusals: [], value: { type: 'server' } })
    expect(options[2]).toMatchObject({ unresolved: ['PORT'], refusals: [], value: { type: 'unreadable' } })
    expect(notUnderstood.map(({ why }) => why)).toEqual([
      'the value of DOMAIN is not known',
      'the value of PORT is not known',
    ])
  })

  it('reads the file of the first -C last, and others at once', () => {
    const { options } = readShell('dnsmasq -C /a --conf-file=/b -p 5', {}, { '/a': 'port=6', '/b': 'no-poll' })
    expect(options.map(({ name, from }) => [name, from])).toEqual([
      ['conf-file', 'command-line'],
      ['conf-file', 'command-line'],
      ['no-poll', 'file'],
      ['port', 'command-line'],
      ['port', 'file'],
    ])
    expect(options.flatMap(({ refusals }) => refusals)).toEqual([])
  })

  it('reads /etc/dnsmasq.conf without being told', () => {
    expect(readShell('dnsmasq -k', {}, { '/etc/dnsmasq.conf': 'user=root' }).options.map(({ name }) => name)).toEqual([
      'keep-in-foreground',
      'user',
    ])
  })

  it('names what belongs to no option', () => {
    const { options } = readShell('dnsmasq --user root')
    expect(options.map(({ name, isKnown }) => [name, isKnown])).toEqual([
      ['user', true],
      ['root', false],
    ])
  })
})

describe('a shell', () => {
  it('has commands apart from each other, redirections left out', () => {
    const text = 'set -e; exec /usr/sbin/dnsmasq \\\n  -k 2>/dev/null --port=53 # why\nother && third | fourth'
    const { commands, isClear } = shellCommands(fileText(text), new Map())
    expect(isClear).toBe(true)
    expect(commands.map(({ words }) => words.map((word) => word.text.value))).toEqual([
      ['set', '-e'],
      ['exec', '/usr/sbin/dnsmasq', '-k', '--port=53'],
      ['other'],
      ['third'],
      ['fourth'],
    ])
  })

  it('says when it does more than can be read', () => {
    for (const text of ['dnsmasq $(cat args)', 'dnsmasq `cat args`', "dnsmasq 'open", 'dnsmasq "open', 'x ${A:-b}']) {
      expect([text, shellCommands(fileText(text), new Map()).isClear]).toEqual([text, false])
    }
  })
})

describe('a shortened name', () => {
  it('means the option it fits alone, in the releases in which it does', () => {
    expect(optionNamed('no-res')?.row.name).toBe('no-resolv')
    expect(optionNamed('no-r')).toMatchObject({ row: { name: 'no-resolv' }, refusals: [{ since: '2.88' }] })
    expect(optionNamed('serv')).toBeUndefined()
    expect(optionNamed('server')?.refusals).toEqual([])
    expect(optionNamed('domain-s')?.row.name).toBe('domain')
    expect(optionNamed('')).toBeUndefined()
  })
})
