import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { programOf } from '../../../grammar/program.ts'
import { expand } from '../../../src/expand/expand.ts'
import { createCoreDns } from '../../../src/resolver/coredns/server.ts'
import { queryFor } from '../../../src/resolver/query.ts'
import { readServers } from '../../../src/verdict/servers.ts'
import { ServersView } from '../../../src/verdict/servers-view.ts'
import { decide, modelOf, outcomeOf, pathOf } from './decide.ts'

/** A block that asks an upstream of its own. */
const block = (keys: string, address: string, more = '') => `${keys} {\n  ${more}\n  forward . 10.0.0.${address}\n}\n`

/** The last number of the upstream that is asked; what comes else. */
function asked(text: string, question: string, around = {}, query = {}): string {
  const outcome = outcomeOf(text, question, around, query)
  return outcome.kind === 'upstream' ? (/\.(\d+):53$/.exec(outcome.upstreams[0] ?? '')?.[1] ?? '') : outcome.kind
}

describe('the block that answers', () => {
  const text =
    block('.', '1') + block('example.org', '2') + block('a.example.org b.org', '3') + block('10.1.0.0/16', '4')

  it.each([
    ['org', '1'],
    ['example.org', '2'],
    ['xexample.org', '1'],
    ['x.y.example.org', '2'],
    ['A.Example.ORG', '3'],
    ['x.b.org', '3'],
    ['4.3.1.10.in-addr.arpa PTR', '4'],
    ['4.3.2.10.in-addr.arpa PTR', '1'],
    ['. NS', '1'],
  ])('for %s', (question, expected) => {
    expect(asked(text, question)).toBe(expected)
  })

  it('is refused where none serves the name', () => {
    expect(outcomeOf(block('example.org', '1'), 'example.com')).toEqual({ kind: 'refused' })
    expect(decide(block('example.org', '1'), 'example.com')).toMatchObject({
      block: null,
      listener: ':53 udp, tcp',
      path: [],
    })
  })

  it('has the shortest zone but the root for DS', () => {
    expect(asked(text, 'a.example.org DS')).toBe('2')
    expect(asked(text, 'c.com DS')).toBe('1')
  })

  it('never is one with capitals in its zone up to 1.14.6', () => {
    const odd = block('Example.org', '1')
    expect(asked(odd, 'example.org', { release: '1.14.6' })).toBe('refused')
    expect(asked(odd, 'example.org', { release: '1.14.7' })).toBe('1')
  })

  it('refuses where it has no plugin that answers queries', () => {
    expect(outcomeOf('. {\n  reload\n}\n', 'a')).toEqual({ kind: 'refused' })
    expect(outcomeOf('. {\n  errors\n}\n', 'a')).toMatchObject({ kind: 'servfail' })
  })

  it('says where it is written', () => {
    expect(decide(text, 'x.b.org').block).toEqual({
      key: 'b.org:53',
      at: { path: 'Corefile', range: { start: text.indexOf('b.org'), end: text.indexOf('b.org') + 5 } },
    })
  })
})

describe('a listener', () => {
  it('is that of the transport', () => {
    const text = block('.', '1') + block('tls://.', '2', 'tls a b') + block('https://.', '3', 'tls a b')
    expect(asked(text, 'a', {}, { transport: 'tcp' })).toBe('1')
    expect(asked(text, 'a', {}, { transport: 'tls' })).toBe('2')
    expect(asked(text, 'a', {}, { transport: 'https' })).toBe('3')
    expect(outcomeOf(text, 'a', {}, { transport: 'quic' })).toEqual({
      kind: 'dropped',
      reason: 'nothing listens for quic',
    })
    expect(decide(text, 'a', {}, { transport: 'tls' })).toMatchObject({
      listener: ':853 tls',
      block: { key: 'tls://.:853' },
    })
  })

  it('has the port that is asked, else the usual one', () => {
    const text = block('.:1053', '1') + block('.:5353', '2')
    expect(asked(text, 'a')).toBe('1')
    expect(asked(text, 'a', {}, { server: { address: null, port: 5353 } })).toBe('2')
    expect(asked(text, 'a', {}, { server: { address: null, port: 53 } })).toBe('dropped')
    expect(asked(text + block('.', '3'), 'a')).toBe('3')
  })

  it('that is bound to an address sees only the blocks bound to it', () => {
    const text = block('.', '1') + block('a.org', '2') + block('org', '3', 'bind 127.0.0.1')
    const local = { server: { address: '127.0.0.1', port: 53 } }
    expect(asked(text, 'a.org')).toBe('2')
    expect(asked(text, 'a.org', {}, local)).toBe('3')
    expect(asked(text, 'b.com', {}, local)).toBe('refused')
    expect(asked(text, 'a.org', {}, { server: { address: '10.1.1.1', port: 53 } })).toBe('2')
  })

  it('of several that are bound may be any, where nobody says which', () => {
    const two =
      block('.', '1', 'bind 10.1.0.1') +
      block('a.org', '2', 'bind 10.1.0.2 10.1.0.1') +
      block('.', '1', 'bind 10.1.0.2')
    expect(asked(two, 'b.org')).toBe('1')
    expect(asked(two, 'a.org')).toBe('2')
    expect(asked(two + block('b.org', '3', 'bind 10.1.0.1'), 'b.org')).toBe('unknown')
    expect(asked(two, 'b.org', {}, { server: { address: '10.9.9.9', port: 53 } })).toBe('dropped')
  })

  it('is one where nobody knows the address that all are bound to', () => {
    const text = block('.', '1', 'bind {$POD_IP}') + block('a.org', '2', 'bind {$POD_IP}')
    expect(asked(text, 'a.org')).toBe('2')
    expect(asked(text, 'b.org')).toBe('1')
  })

  it('answers other classes only where a block has forward or chaos', () => {
    expect(asked('. {\n  hosts\n}\n', 'version.bind TXT', {}, { class: 'CH' })).toBe('refused')
    expect(asked(block('.', '1'), 'version.bind TXT', {}, { class: 'CH' })).toBe('1')
  })
})

describe('views', () => {
  const text =
    block('example.org', '1', "view a {\n    expr incidr(client_ip(), '10.0.0.0/8')\n  }") +
    block('example.org', '2', "view b {\n    expr type() == 'AAAA'\n    expr name() startsWith 'x'\n  }") +
    block('example.org', '3') +
    block('.', '4')

  it.each([
    ['a.example.org A', '10.1.1.1', '1'],
    ['a.example.org A', '192.0.2.1', '3'],
    ['x.example.org AAAA', '192.0.2.1', '2'],
    ['a.example.org AAAA', '192.0.2.1', '3'],
  ])('%s from %s', (question, client, expected) => {
    expect(asked(text, question, {}, { client })).toBe(expected)
  })

  it('leave it open where the client is not known, unless all agree', () => {
    expect(asked(text, 'a.example.org A')).toBe('unknown')
    expect(asked(text, 'a.example.org A', { clientNetworks: ['10.3.0.0/16'] })).toBe('1')
    expect(asked(text, 'a.example.org A', { clientNetworks: ['10.3.0.0/16', '192.0.2.0/24'] })).toBe('unknown')
    expect(asked(text.replace('10.0.0.1\n', '10.0.0.3\n'), 'a.example.org A')).toBe('3')
  })

  it('are patterns where they look at names', () => {
    const [pattern, ...others] = modelOf(text).vocabulary.patterns
    expect(others).toEqual([])
    expect(pattern).toMatchObject({ source: "name() startsWith 'x'", zones: ['example.org.'] })
    expect(pattern?.names).toContain('x.example.org.')
  })

  it('give way to a longer list of zones only where none of them fits', () => {
    const only = block('example.org', '1', "view a {\n    expr type() == 'TXT'\n  }") + block('.', '2')
    expect(asked(only, 'a.example.org A')).toBe('2')
    expect(asked(only.slice(0, only.indexOf('. {')), 'a.example.org A')).toBe('refused')
  })
})

describe('the path', () => {
  const text =
    '.:53 {\n  errors\n  cache 30\n  hosts {\n    10.255.0.170 registry\n    fallthrough\n  }\n  forward . /etc/resolv.conf\n  reload\n}\n'

  it('tells in run order who did what', () => {
    expect(pathOf(text, 'registry')).toEqual([
      'errors passed: ',
      'cache changed: would repeat the answer for 30 s',
      'hosts answered: 10.255.0.170 registry',
      'forward not-asked: ',
    ])
    expect(pathOf(text, 'other')).toEqual([
      'errors passed: ',
      'cache passed: would repeat the answer for 30 s at most',
      'hosts passed: fell through: no entry for the name',
      'forward answered: asks resolv.conf /etc/resolv.conf',
    ])
  })

  it('tells the answer of who says nothing else', () => {
    expect(pathOf('. {\n  erratic {\n    drop 0\n  }\n}\n', 'a')).toEqual(['erratic answered: 192.0.2.53'])
  })

  it('points at the line that decided', () => {
    const at = decide(text, 'registry').path.find(({ plugin }) => plugin === 'hosts')?.at
    expect(at).toEqual({ path: 'Corefile', range: { start: text.indexOf('10.255'), end: text.indexOf(' registry') } })
  })

  it('may be told in the words of the file around the Corefile', () => {
    const locate = () => ({ path: 'cm.yaml', range: { start: 1, end: 2 } })
    expect(decide(text, 'registry', { locate }).path[0]?.at?.path).toBe('cm.yaml')
  })
})

describe('what is not known', () => {
  it.each([
    ['. {\n  forward {$ZONE} 10.0.0.1\n}\n', 'a', '{$ZONE} in forward is not filled in'],
    ['. {\n  unheard 1\n}\n', 'a', 'CoreDNS 1.15.0 has no plugin unheard'],
    ['. {\n  {$PLUGIN} x\n}\n', 'a', 'what {$PLUGIN} stands for is not known'],
  ])('%j', (text, question, reason) => {
    expect(outcomeOf(text, question)).toEqual({ kind: 'unknown', reason })
  })

  it('stays a symbol where only the upstream is not known', () => {
    expect(outcomeOf('. {\n  cache {$TTL}\n  forward . {$DNS}\n}\n', 'a')).toMatchObject({
      kind: 'upstream',
      upstreams: ['{$DNS}'],
    })
  })

  it('is an assumption where a block may serve the name, unless no other one does', () => {
    const text = block('{$ZONE}:53', '1') + block('example.org', '2')
    expect(decide(text, 'a.example.org').assumes).toEqual(['{$ZONE}:53 is no zone of the name'])
    expect(asked(text, 'a.example.org')).toBe('2')
    expect(asked(text, 'example.com')).toBe('unknown')
    expect(asked(block('.:{$PORT}', '1'), 'example.com')).toBe('unknown')
  })

  it('is an assumption where an import is missing', () => {
    const text = '. {\n  import custom/*.override\n  forward . 10.0.0.1\n}\nb {\n  forward . 10.0.0.2\n}\n'
    const program = programOf('1.15.0')
    const configuration = expand(text, { release: '1.15.0', isDirective: (name) => program.has(name) })
    const { served } = readServers(configuration, '1.15.0')
    const model = createCoreDns({ servers: new ServersView(configuration, served, program), path: 'Corefile' })
    expect(model.decide(queryFor('a', 'A')).assumes).toEqual(['import custom/*.override brings nothing'])
    expect(model.decide(queryFor('b', 'A')).assumes).toEqual([])
  })

  it('never makes it throw', () => {
    const words = fc.constantFrom(
      ...[
        'hosts',
        'forward',
        'kubernetes',
        'cache',
        'acl',
        'view',
        'any',
        'chaos',
        'local',
        'minimal',
        'erratic',
        'tsig',
        'grpc',
      ],
      ...[
        '.',
        'a.b',
        '10.0.0.1',
        '{$X}',
        '{',
        '}',
        '\n',
        '\n',
        'fallthrough',
        'expr',
        'block',
        'net',
        'type',
        '30',
        'x y',
        '"',
        '#',
      ],
      ...[
        'bind',
        'root',
        'import',
        'policy',
        'except',
        'tls://1.1.1.1',
        '/etc/hosts',
        '*.a',
        '::1',
        '10.0.0.0/8',
        '999999999999',
      ],
    )
    const names = fc.constantFrom(
      '.',
      'a.b.',
      'A.b.',
      'x.\\.y.',
      '1.0.0.10.in-addr.arpa.',
      'a..b.',
      'default.svc.a.b.',
      '',
    )
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 25 }),
        names,
        fc.constantFrom('A', 'PTR', 'DS', 'ANY', 'TYPE65280'),
        (text, name, type) => {
          const model = modelOf(text.join(' '))
          model.decide({ ...queryFor(name, type), name })
          void model.vocabulary.names
        },
      ),
      { numRuns: 400 },
    )
  })
})
