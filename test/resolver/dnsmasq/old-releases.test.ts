import { describe, expect, it } from 'vitest'
import { outcomeSummary } from '../../../src/resolver/outcome-summary.ts'
import { queryFor } from '../../../src/resolver/query.ts'
import { serversOf } from '../../../src/resolver/sources.ts'
import { recognise } from '../../../src/sources/recognise.ts'

async function asked(version: string, options: readonly string[], name: string, type: string): Promise<string> {
  const { sources } = await recognise([{ path: 'dnsmasq.conf', text: `${options.join('\n')}\n` }])
  const [server] = serversOf(sources, { dnsmasqVersion: version })
  if (server === undefined) throw new Error('no dnsmasq')
  return outcomeSummary(server.decider.decide(queryFor(name, type)).outcome)
}

// As dnsmasq 2.76, 2.80 and 2.90 answered.
describe('an alias of dnsmasq', () => {
  const options = [
    'no-resolv',
    'cname=a.test,b.test',
    'cname=b.test,c.test',
    'host-record=c.test,1.2.3.4',
    'txt-record=c.test,words',
    'cname=d.test,txt.test',
    'txt-record=txt.test,words',
    'cname=own.test,none.test',
    'host-record=own.test,1.1.1.1',
  ]

  it.each([
    ['a.test', 'CNAME', 'CNAME b.test.', 'CNAME b.test.'],
    ['d.test', 'CNAME', 'REFUSED', 'CNAME txt.test.'],
    ['d.test', 'TXT', 'REFUSED', null],
    ['a.test', 'TXT', 'REFUSED', null],
    ['own.test', 'A', '1.1.1.1', 'CNAME none.test.'],
  ])('of %s, %s: counts up to 2.80 where it leads to an address', async (name, type, old, later) => {
    for (const version of ['2.76', '2.80']) expect(await asked(version, options, name, type)).toBe(old)
    if (later !== null) expect(await asked('2.90', options, name, type)).toBe(later)
  })
})

describe('a server at port 0', () => {
  it('is nobody, and leaves its names to those beside it', async () => {
    const options = [
      'no-resolv',
      'server=/dead.test/10.0.0.1#0',
      'server=/half.test/10.0.0.1#0',
      'server=/half.test/10.0.0.2',
    ]
    expect(await asked('2.90', options, 'a.dead.test', 'A')).toBe('REFUSED')
    expect(await asked('2.90', options, 'a.half.test', 'A')).toBe('upstream 10.0.0.2')
  })
})
