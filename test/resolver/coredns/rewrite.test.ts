import { describe, expect, it } from 'vitest'
import { outcomeOf, pathOf } from './decide.ts'

const corefile = (rules: string, rest = 'forward . 10.0.0.1') => `. {\n  ${rules}\n  ${rest}\n}\n`

describe('rewrite', () => {
  it('changes the question, and gives the asked name back where it says so', () => {
    expect(outcomeOf(corefile('rewrite name old.test new.test'), 'OLD.test')).toMatchObject({
      asks: { name: 'new.test.', type: 'A' },
      changes: [{ becomes: 'owner old.test.' }, { becomes: 'values new.test. and below become old.test.' }, {}],
    })
    expect(outcomeOf(corefile('rewrite name suffix .old.test .new.test'), 'a.old.test')).toMatchObject({
      asks: { name: 'a.new.test.' },
      changes: [],
    })
    expect(outcomeOf(corefile('rewrite name suffix .old.test .new.test answer auto'), 'a.old.test')).toMatchObject({
      changes: [{ becomes: 'owner a.old.test.' }, {}, {}],
    })
  })

  it('stops at the first rule that fits, unless it is to continue', () => {
    const rules = (mode: string) => corefile(`rewrite ${mode} name prefix a b\n  rewrite name substring b c`)
    expect(outcomeOf(rules('stop'), 'a.x.test')).toMatchObject({ asks: { name: 'b.x.test.' } })
    expect(outcomeOf(rules('continue'), 'a.x.test')).toMatchObject({ asks: { name: 'c.x.test.' } })
  })

  it('takes prefix and part for whole labels at their end, as CoreDNS puts a dot behind them', () => {
    const rules = corefile('rewrite name prefix a- b-\n  rewrite name substring db sql')
    expect(outcomeOf(rules, 'a-x.test')).toMatchObject({ asks: { name: 'a-x.test.' } })
    expect(outcomeOf(rules, 'my-db.test')).toMatchObject({ asks: { name: 'my-sql.test.' } })
    expect(outcomeOf(rules, 'db-my.test')).toMatchObject({ asks: { name: 'db-my.test.' } })
  })

  it('gives records of the block the owner that was asked for', () => {
    const hosts = 'hosts /dev/null {\n    10.0.0.9 new.test\n  }'
    expect(
      outcomeOf(corefile('rewrite name regex (.*)\\.old {1}.test answer name (.*)\\.test {1}.old', hosts), 'new.old', {
        files: {},
      }),
    ).toEqual({
      kind: 'records',
      records: [{ name: 'new.old.', ttl: 3600, type: 'A', data: '10.0.0.9' }],
    })
  })

  it('changes rcodes, of a reply without records since 1.14.7', () => {
    const text = corefile('rewrite rcode suffix test SERVFAIL NXDOMAIN', 'hosts /dev/null')
    expect(outcomeOf(text, 'a.test', { files: {} })).toEqual({ kind: 'nxdomain' })
    expect(outcomeOf(text, 'a.test', { files: {}, release: '1.14.3' }).kind).toBe('servfail')
    expect(outcomeOf(corefile('rewrite rcode exact a.test NXDOMAIN NOERROR'), 'a.test')).toMatchObject({
      changes: [{ when: 'NXDOMAIN', becomes: 'rcode NOERROR' }],
    })
  })

  it('changes type and class', () => {
    expect(outcomeOf(corefile('rewrite type AAAA A'), 'a.test AAAA')).toMatchObject({ asks: { type: 'A' } })
    expect(outcomeOf(corefile('rewrite type AAAA A'), 'a.test TXT')).toMatchObject({ asks: { type: 'TXT' } })
  })

  it('looks up another target of a CNAME', () => {
    const template =
      'template IN A a.test {\n    answer "{{ .Name }} 60 IN CNAME b.test."\n  }\n  hosts /dev/null {\n    10.0.0.3 c.test\n  }'
    expect(outcomeOf(corefile('rewrite cname exact b.test. c.test.', template), 'a.test', { files: {} })).toMatchObject(
      {
        kind: 'alias',
        records: [{ name: 'a.test.', data: 'c.test.' }],
        target: 'c.test.',
        reached: { records: [{ name: 'c.test.', data: '10.0.0.3' }] },
      },
    )
  })

  it('says what it did', () => {
    expect(pathOf(corefile('rewrite name a.test b.test'), 'a.test')[0]).toBe('rewrite changed: name becomes b.test.')
  })
})

describe('many rules', () => {
  const rules = [
    ['exact', 'a.example', 'b.example', 'continue'],
    ['suffix', '.example', '.example.org', 'continue'],
    ['exact', 'b.example.org', 'c.example.org', 'stop'],
    ['exact', 'c.example.org', 'wrong.example.org', 'stop'],
    ['exact', 'a.example', 'wrong.example', 'stop'],
    ['regex', '^(.*)[.]example[.]org[.]$', '{1}.example.net', 'stop'],
    ['exact', 'z.example', 'wrong.example', 'stop'],
  ]
  const text = `. {\n${rules.map(([match, from, to, mode]) => `  rewrite ${mode} name ${match} ${from} ${to}\n`).join('')}  forward . 10.0.0.53\n}\n`

  it.each([
    ['a.example', 'c.example.org.'],
    ['A.Example', 'c.example.org.'],
    ['d.example', 'd.example.net.'],
    ['z.example', 'z.example.net.'],
    ['c.example.org', 'wrong.example.org.'],
    ['other', 'other.'],
  ])('change %s in their order', (name, expected) => {
    expect(outcomeOf(text, name)).toMatchObject({ kind: 'upstream', asks: { name: expected } })
  })
})
