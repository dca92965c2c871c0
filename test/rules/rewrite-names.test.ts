import { describe, expect, it } from 'vitest'
import doubled from '../../src/rules/rewrite-double-dot.ts'
import prefix from '../../src/rules/rewrite-prefix-needs-dot.ts'
import suffix from '../../src/rules/rewrite-suffix-label-boundary.ts'
import target from '../../src/rules/rewrite-target-not-served.ts'
import { findings } from './lint-text.ts'

const block = (key: string, ...lines: string[]) => `${key} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('rewrite-prefix-needs-dot', () => {
  const find = async (line: string) =>
    (await findings(block('.', line, 'whoami'), { rules: [prefix] })).map(({ severity }) => severity)

  it.each([
    ['rewrite name prefix foo. bar.', []],
    ['rewrite name prefix foo bar', ['info']],
    ['rewrite name prefix foo.example bar.example', []],
    ['rewrite name prefix foo- bar-', ['warning']],
    ['rewrite name prefix _ x', ['warning']],
    ['rewrite name substring foo bar', ['warning']],
    ['rewrite name substring service.us-west-1.consul service.consul', []],
    ['rewrite name substring .foo. .bar.', []],
    ['rewrite name exact foo- bar-', []],
    ['rewrite name prefix {$FROM} bar', []],
    ['rewrite name regex foo- bar-', []],
  ])('%s', async (line, severities) => {
    expect(await find(line)).toEqual(severities)
  })

  it('mends a whole label safely, and nothing else', async () => {
    const fixOf = async (line: string) => (await findings(block('.', line), { rules: [prefix] }))[0]?.fix?.safety
    expect(await fixOf('rewrite name prefix foo bar')).toBe('safe')
    expect(await fixOf('rewrite name prefix foo- bar-')).toBeUndefined()
    expect(await fixOf('rewrite name prefix "foo" bar')).toBeUndefined()
  })
})

describe('rewrite-prefix-needs-dot as an expression', () => {
  it('is told only for texts that mean themselves', async () => {
    const said = async (line: string) => (await findings(block('.', line), { rules: [prefix] }))[0]?.message
    expect(await said('rewrite name prefix foo- bar-')).toContain('(write: rewrite name regex')
    expect(await said('rewrite name prefix a.*- bar-')).not.toContain('(write')
    expect(await said('rewrite name prefix foo- {1}')).not.toContain('(write')
  })
})

describe('rewrite-double-dot', () => {
  it.each([
    ['rewrite name regex (.*) x.{1}', 1],
    ['rewrite name regex "a (.+?)$" x.{1}', 1],
    ['rewrite name regex (.*)\\.$ x.{1}', 0],
    ['rewrite name regex (.*)\\.a\\.(.*) {2}.{1}', 0],
    ['rewrite name regex (.*) {1}.x', 0],
    ['rewrite name regex (.*)a {1}', 0],
    ['rewrite name regex \\(.*)(a) {1}', 0],
    ['rewrite name regex ([^.]*) {1}', 0],
    ['rewrite name exact (.*) x.{1}', 0],
    ['rewrite name regex (.*) {$TO}.{1}', 0],
  ])('%s', async (line, count) => {
    expect(await findings(block('.', line, 'whoami'), { rules: [doubled] })).toHaveLength(count)
  })
})

describe('rewrite-suffix-label-boundary', () => {
  const find = (key: string, line: string) => findings(block(key, line, 'whoami'), { rules: [suffix] })

  it('is silent where no other name can end in it', async () => {
    expect(await find('.', 'rewrite name suffix .corp.example .lab.example answer auto')).toEqual([])
    expect(await find('corp.example', 'rewrite name suffix corp.example lab.example answer auto')).toEqual([])
    expect(await find('test', 'rewrite name suffix corp.example lab.example answer auto')).toEqual([])
    expect(await find('.', 'rewrite name suffix . .test answer auto')).toEqual([])
    expect(await find('.', 'rewrite name exact corp.example lab.example')).toEqual([])
    expect(await find('.', 'rewrite name suffix {$FROM} lab.example answer auto')).toEqual([])
  })

  it('offers no dots where the other side has one', async () => {
    const [found] = await find('.', 'rewrite name suffix corp.example .lab.example answer auto')
    expect([found?.severity, found?.fix]).toEqual(['warning', null])
  })
})

describe('rewrite-target-not-served', () => {
  const find = (...blocks: string[]) => findings(blocks.join(''), { rules: [target] })
  const cluster = 'rewrite name suffix .corp.example .default.svc.cluster.local answer auto'

  it.each([
    ['a server of the cluster', [cluster, 'forward . 10.96.0.10']],
    ['the server itself', [cluster, 'forward . 127.0.0.1']],
    ['an upstream that is not known', [cluster, 'forward . {$UPSTREAM}']],
    ['a plugin for the name', [cluster, 'kubernetes cluster.local', 'forward . 8.8.8.8']],
    ['a plugin with words of its own', [cluster, 'route53 example.org:Z1', 'forward . 8.8.8.8']],
    ['a name that changes', ['rewrite name prefix a. b.', 'forward example 8.8.8.8']],
    ['a name at its end', ['rewrite name regex (.*) {1}', 'forward example 8.8.8.8']],
    ['a rule that goes on', [cluster.replace('name', 'continue name'), 'forward . 8.8.8.8']],
    ['a plugin that is not known', [cluster, 'unknownplugin', 'forward . 8.8.8.8']],
    ['another name of the internet', ['rewrite name suffix .corp.example .example.com', 'forward . 8.8.8.8']],
  ])('is silent about %s', async (_, lines) => {
    expect(await find(block('corp.example', ...lines))).toEqual([])
  })

  it.each([
    ['suffix corp.example', 1],
    ['suffix CORP.example.', 1],
    ['substring corp.example', 1],
    ['substring a.corp.example', 0],
    ['suffix rp.example', 0],
  ])('%s to a zone of the cluster', async (from, count) => {
    const line = `rewrite name ${from} default.svc.cluster.local answer auto`
    expect(await find(block('corp.example', line, 'forward . /etc/resolv.conf'))).toHaveLength(count)
  })

  it('knows the end of a replacement', async () => {
    const line = 'rewrite name regex (.*)\\.corp\\.example {1}.svc.cluster.local answer auto'
    expect(await find(block('corp.example', line, 'forward . /etc/resolv.conf'))).toHaveLength(1)
  })

  it('knows a replacement without groups', async () => {
    const line = 'rewrite name regex ^a\\.corp\\.example\\.$ b.default.svc.cluster.local answer auto'
    expect(await find(block('corp.example', line, 'forward . 8.8.8.8'))).toHaveLength(1)
  })

  it('a file of addresses elsewhere may well have other names', async () => {
    const other = block('lab.example', 'hosts /etc/hosts lab.example')
    expect(
      await find(block('corp.example', 'rewrite name a.corp.example b.lab.example', 'forward . 8.8.8.8'), other),
    ).toEqual([])
  })

  it('names the block that serves it', async () => {
    const [found] = await find(
      block('corp.example', 'rewrite name a.corp.example b.lab.example', 'forward . 8.8.8.8'),
      block('lab.example', 'file db.lab.example'),
    )
    expect(found?.message).toContain('not to file in the block of lab.example')
  })
})
