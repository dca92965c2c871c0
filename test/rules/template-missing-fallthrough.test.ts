import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/template-missing-fallthrough.ts'
import { findings } from './lint-text.ts'

const find = (...lines: string[]) =>
  findings(`. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`, { rules: [rule] })
const answer = 'answer "{{ .Name }} 60 IN A 10.0.0.1"'
const forward = 'forward . 10.0.0.53'

describe('template-missing-fallthrough', () => {
  it('is silent where every name is matched', async () => {
    expect(await find('template IN A {', answer, '}', forward)).toEqual([])
    expect(await find('template IN A {', 'match .*', answer, '}', forward)).toEqual([])
    expect(await find('template IN A example {', 'match "^(.+)\\.example\\.$"', answer, '}', forward)).toEqual([])
  })

  it('is silent where a fallthrough names all zones', async () => {
    const one = ['template IN A . {', 'match ^a[.]', answer, 'fallthrough .', '}']
    expect(await find(...one, ...one, forward)).toEqual([])
    const below = ['template IN A a.example {', 'match ^a[.]', answer, 'fallthrough example', '}']
    expect(await find(...below, ...below, forward)).toEqual([])
  })

  it('knows the template behind it by zone and type', async () => {
    const one = (what: string) => [`template IN ${what} {`, 'match ^a[.]', answer, '}']
    const count = async (...whats: string[]) => (await find(...whats.flatMap(one))).length
    expect(await count('A a.example', 'A example')).toBe(1)
    expect(await count('A example', 'A a.example')).toBe(1)
    expect(await count('A example', 'ANY example')).toBe(1)
    expect(await count('ANY example', 'TXT A.example')).toBe(1)
    expect(await count('A example', 'TXT example')).toBe(0)
    expect(await count('A a.example', 'A b.example')).toBe(0)
    expect(await count('A example', 'A test', 'A example')).toBe(1)
  })

  it('is silent where nothing behind has the names', async () => {
    expect(await find('template IN A {', 'match ^a[.]', answer, '}')).toEqual([])
    expect(await find('template IN A example {', 'match ^a[.]', answer, '}', 'file db.test test')).toEqual([])
    expect(await find('template IN A {', 'match ^a[.]', answer, '}', 'whoami')).toEqual([])
    const [first, second] = ['IN A', 'IN MX'].map((what) => [`template ${what} example {`, 'match ^a[.]', answer, '}'])
    expect(await find(...(first ?? []), ...(second ?? []))).toEqual([])
  })

  it('is silent about other classes than the one of the internet', async () => {
    expect(await find('template CH TXT {', 'match ^a[.]', answer, '}', forward)).toEqual([])
  })

  it('is silent about what it does not know', async () => {
    expect(await find('template {$CLASS} A {', 'match ^a[.]', answer, '}', forward)).toEqual([])
    expect(await find('template IN {$TYPE} {', 'match ^a[.]', answer, '}', forward)).toEqual([])
    expect(await find('template IN A {', 'match {$NAME}', answer, '}', forward)).toEqual([])
    expect(await find('template IN A {$ZONE} {', 'match ^a[.]', answer, '}', forward)).toEqual([])
    expect(await find('template IN A {', 'match ^a[.]', answer, 'fallthrough {$ZONE}', '}', forward)).toEqual([])
  })

  it('is an error where all addresses of the block are lost, else a warning', async () => {
    const severity = async (what: string) =>
      (await find(`template ${what} {`, 'match ^a[.]', answer, '}', forward))[0]?.severity
    expect(await severity('IN A')).toBe('error')
    expect(await severity('ANY ANY')).toBe('error')
    expect(await severity('IN TXT')).toBe('warning')
    expect(await severity('IN A example')).toBe('warning')
  })

  it('knows expr as a condition', async () => {
    const [found] = await find('template IN A {', `expr "type() == 'A'"`, answer, '}', forward)
    expect(found?.message).toContain('never reach forward')
  })

  it('says what happened before 1.9.3', async () => {
    const text = `. {\n    template IN A {\n        match a\n        ${answer}\n    }\n    ${forward}\n}\n`
    const [found] = await findings(text, { rules: [rule], release: '1.9.0' })
    expect(found?.message).toContain('get no answer at all')
  })

  it('takes a fallthrough for the root, in any block, for one that passes on everything', async () => {
    const one = (type: string) =>
      `    template IN A . {\n        match ^(${type})\n        answer "{{ .Name }} 60 IN A 0.0.0.0"\n        fallthrough .\n    }\n`
    const text = `a.example {\n${one('media')}${one('audio')}    forward . 10.0.0.2\n}\n`
    expect(await findings(text, { rules: [rule] })).toEqual([])
    expect(await findings(text.replaceAll('fallthrough .', 'fallthrough b.example'), { rules: [rule] })).toHaveLength(2)
  })
})
