import { describe, expect, it } from 'vitest'
import { evidence, failed, from, local, refused } from './evidence.ts'

/** An answer of upstream 1 for the asked name, which it was asked for under another one. */
const rewritten = (name: string, to: string) => [
  { rcode: 'NOERROR', answers: [`${name} A 100.64.0.1`], asked: [`1 udp as ${to}`] },
]

describe('regex-missing-trailing-dot', () => {
  it('nothing is rewritten, and with the dot it is', async () => {
    const { says, bad, good } = await evidence('regex-missing-trailing-dot', 0)
    expect(says).toContain('this expression never matches: rewrite name')
    expect(bad).toMatchObject([[{ asked: ['1 udp'] }]])
    expect(good).toMatchObject([[{ asked: ['1 udp as a.lab.example'] }]])
  })

  it('the template is passed over', async () => {
    const { says, bad, good } = await evidence('regex-missing-trailing-dot', 1)
    expect(says).toContain('this expression never matches: template match')
    expect(bad).toMatchObject([[{ asked: ['1 udp'] }], [{ asked: ['1 udp'] }]])
    expect(good).toEqual([local('a.corp.example TXT hello'), local('a.lab.example TXT hello')])
  })

  it('the view takes no query', async () => {
    const { says, bad, good } = await evidence('regex-missing-trailing-dot', 2)
    expect(says).toContain('this expression never matches: view expr')
    expect([bad, good]).toEqual([
      [refused, refused],
      [from(1, 'a.corp.example'), refused],
    ])
  })
})

describe('regex-uppercase', () => {
  it('matches no spelling of the name', async () => {
    const { says, bad, good } = await evidence('regex-uppercase', 0)
    expect(says).toContain('the capitals in "(.*)\\.Corp\\.Example" match nothing')
    expect(bad).toMatchObject([[{ asked: ['1 udp'] }], [{ asked: ['1 udp'] }]])
    expect(good).toEqual([rewritten('a.corp.example', 'a.lab.example'), rewritten('a.corp.example', 'a.lab.example')])
    const inTemplate = await evidence('regex-uppercase', 1)
    expect(inTemplate.bad).toMatchObject([[{ asked: ['1 udp'] }], [{ asked: ['1 udp'] }]])
    expect(inTemplate.good[0]).toEqual(local('a.corp.example TXT hello'))
  })
})

describe('rewrite-prefix-needs-dot', () => {
  it('what is no whole label is not rewritten, and what the rule says instead does it', async () => {
    const prefix = await evidence('rewrite-prefix-needs-dot', 0)
    expect(prefix.says).toContain('write: rewrite name regex ^foo-(.*)\\.$ bar-{1} answer auto')
    expect([prefix.bad, prefix.good]).toEqual([
      [from(1, 'foo-a.example')],
      [rewritten('foo-a.example', 'bar-a.example')],
    ])
    const substring = await evidence('rewrite-prefix-needs-dot', 1)
    expect(substring.says).toContain('write: rewrite name regex ^(.*)foo(.*)\\.$ {1}bar{2} answer auto')
    expect(substring.bad).toEqual([from(1, 'foo-a.example'), rewritten('a-foo.example', 'a-bar.example')])
    expect(substring.good).toEqual([
      rewritten('foo-a.example', 'bar-a.example'),
      rewritten('a-foo.example', 'a-bar.example'),
    ])
  })
})

describe('rewrite-double-dot', () => {
  it('the name is none', async () => {
    const one = await evidence('rewrite-double-dot', 0)
    expect(one.says).toContain('names that are rewritten get SERVFAIL')
    expect([one.bad, one.good]).toEqual([[failed], [rewritten('foo-a.example', 'bar-a.example')]])
    const two = await evidence('rewrite-double-dot', 1)
    expect([two.bad, two.good]).toEqual([[failed], [rewritten('a.old.example', 'a.new.example')]])
  })
})

describe('rewrite-suffix-label-boundary', () => {
  it('rewrites names that only end in the same letters', async () => {
    const { says, bad, good } = await evidence('rewrite-suffix-label-boundary', 0)
    expect(says).toContain('this rewrites mycorp.example as well')
    expect(bad[1]).toEqual(rewritten('mycorp.example', 'mylab.example'))
    expect(good).toEqual([
      rewritten('a.corp.example', 'a.lab.example'),
      from(1, 'mycorp.example'),
      from(1, 'corp.example'),
    ])
  })
})

describe('rewrite-target-not-served', () => {
  it('the rewritten name stays in its block', async () => {
    const cluster = await evidence('rewrite-target-not-served', 0)
    expect(cluster.says).toContain('stay in this block and go to forward, not to kubernetes')
    expect(cluster.bad).toEqual([[{ rcode: 'NXDOMAIN', asked: ['1 udp as web.default.svc.cluster.local'] }]])
    expect(cluster.good).toEqual([local('web.corp.example A 10.96.0.20')])
    const nobody = await evidence('rewrite-target-not-served', 1)
    expect(nobody.says).toContain('get SERVFAIL')
    expect([nobody.bad, nobody.good]).toEqual([[failed], [rewritten('a.example', 'b.test')]])
  })
})
