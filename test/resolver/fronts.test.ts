import { describe, expect, it } from 'vitest'
import { behindNodeLocal, renderNodeLocal } from '../../src/resolver/node-local.ts'
import { outcomeSummary } from '../../src/resolver/outcome-summary.ts'
import { overlaid } from '../../src/resolver/overlay.ts'
import { queryFor } from '../../src/resolver/query.ts'
import { createStub } from '../../src/resolver/stub.ts'
import { answerOf, recordsOf, serverOf, upstreamOf } from './stand-in.ts'

const cluster = serverOf((query) => recordsOf(query.name, query.type, ['10.96.0.1']), 'kubernetes')

describe('names in front of a server', () => {
  const server = overlaid(cluster, [
    { name: 'Registry', address: '10.0.0.1' },
    { name: 'registry', address: '10.0.0.2' },
    { name: 'registry', address: 'nonsense' },
    { name: 'six.example.', address: 'FD00::0:1' },
  ])

  it('are answered with all addresses of the family, without data of the other, and nothing else is', () => {
    expect(outcomeSummary(answerOf(server, 'REGISTRY'))).toBe('10.0.0.1, 10.0.0.2')
    expect(answerOf(server, 'registry', 'AAAA')).toEqual({ kind: 'nodata' })
    expect(outcomeSummary(answerOf(server, 'six.example', 'AAAA'))).toBe('fd00::1')
    expect(outcomeSummary(answerOf(server, 'registry', 'TXT'))).toBe('TXT 10.96.0.1')
    expect(outcomeSummary(answerOf(server, 'a.registry'))).toBe('10.96.0.1')
  })

  it('are asked about', () => {
    expect([...server.vocabulary.names]).toEqual(['registry.', 'six.example.'])
    expect([...server.vocabulary.addresses]).toEqual(['10.0.0.1', '10.0.0.2', 'fd00::1'])
  })
})

describe('NodeLocal DNSCache', () => {
  const asked = new Set(['10.96.0.11'])
  const cache = (upstreams: readonly string[]) => serverOf((query) => upstreamOf(query, upstreams), 'forward')

  it('hands over to the cluster what it asks of that alone', () => {
    const decision = behindNodeLocal(cache(['10.96.0.11:53']), cluster, asked).decide(queryFor('a', 'A'))
    expect(outcomeSummary(decision.outcome)).toBe('10.96.0.1')
    expect(decision.path.map(({ plugin, role }) => `${plugin} ${role}`)).toEqual([
      'forward passed',
      'kubernetes answered',
    ])
  })

  it('answers itself what it asks of others', () => {
    for (const upstreams of [['10.0.0.53:53'], ['10.96.0.11:53', '10.0.0.53:53'], []]) {
      expect(answerOf(behindNodeLocal(cache(upstreams), cluster, asked), 'a')).toMatchObject({
        kind: 'upstream',
        upstreams,
      })
    }
  })

  it('is read with its placeholders filled in, line by line as before', () => {
    const text = '__PILLAR__DNS__DOMAIN__:53 {\n  bind __PILLAR__LOCAL__DNS__ __PILLAR__OTHER__\n}\n'
    expect(renderNodeLocal(text)).toBe('cluster.local:53 {\n  bind 169.254.20.10 __PILLAR__OTHER__\n}\n')
  })
})

describe('the servers of a resolv.conf', () => {
  it('are asked in turn, those of another file together', () => {
    expect(answerOf(createStub(['10.0.0.53', 'fd00::1']), 'a')).toMatchObject({
      upstreams: ['10.0.0.53:53', '[fd00::1]:53'],
      policy: 'sequential',
      asks: { name: 'a.', type: 'A' },
    })
    expect(answerOf(createStub(['/etc/resolv.conf']), 'a')).toMatchObject({
      upstreams: ['resolv.conf /etc/resolv.conf'],
    })
  })
})

describe('an outcome in few words', () => {
  const query = queryFor('a', 'A')

  it.each([
    [upstreamOf(query, ['10.0.0.53:53', '10.0.0.54:5353']), 'upstream 10.0.0.53, 10.0.0.54:5353'],
    [upstreamOf(query, ['tls://1.1.1.1:853', '[fd00::1]:53']), 'upstream tls://1.1.1.1:853, [fd00::1]'],
    [upstreamOf(query, ['resolv.conf /etc/resolv.conf']), 'upstream /etc/resolv.conf'],
    [upstreamOf(query, ['1', '2', '3', '4', '5']), 'upstream 1, 2, 3 and 2 more'],
    [upstreamOf(query, ['1', '2', '3', '4']), 'upstream 1, 2, 3, 4'],
    [recordsOf('a.', 'A', ['1', '2', '3', '4']), '4 records, 1 the first'],
    [recordsOf('a.', 'MX', ['10 b.']), 'MX 10 b.'],
  ])('%#: %s', (outcome, summary) => {
    expect(outcomeSummary(outcome)).toBe(summary)
  })
})
