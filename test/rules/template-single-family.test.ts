import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/template-single-family.ts'
import { findings } from './lint-text.ts'

const find = (...lines: string[]) =>
  findings(`. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`, { rules: [rule] })
const answer = 'answer "{{ .Name }} 60 IN A 10.0.0.1"'
const forward = 'forward . 10.0.0.53'
const template = ['template IN A apps.example {', answer, '}']

describe('template-single-family', () => {
  it('speaks without further ado', async () => {
    expect(await find(...template, forward)).toHaveLength(1)
    expect(await find(...template)).toHaveLength(1)
    expect(
      await find('template IN AAAA apps.example {', 'answer "{{ .Name }} 60 IN AAAA fd00::1"', '}', forward),
    ).toHaveLength(1)
  })

  it.each([
    ['a template for the other family', ['template IN AAAA apps.example {', 'rcode NOERROR', '}']],
    ['a template for all types', ['template IN ANY apps.example {', 'rcode NXDOMAIN', '}']],
    ['a template that is not known', ['template IN {$TYPE} apps.example {', 'rcode NOERROR', '}']],
    ['rewritten codes', ['rewrite rcode regex ^(.*\\.)?apps\\.example\\.$ NXDOMAIN NOERROR']],
    ['filtered queries', ['acl {', 'filter type AAAA', '}']],
    ['dns64', ['dns64']],
    ['a plugin that knows its names', ['hosts {', '10.0.0.1 a.apps.example', 'fallthrough', '}']],
  ])('is silent beside %s', async (_, lines) => {
    expect(await find(...lines, ...template, forward)).toEqual([])
  })

  it.each([
    ['a template of another type', ['template IN TXT apps.example {', answer, '}']],
    ['no answer', ['template IN A apps.example {', 'rcode NXDOMAIN', '}']],
    ['an address that blocks', ['template IN A ads.example {', 'answer "{{ .Name }} 60 IN A 0.0.0.0"', '}']],
    ['a type that is not known', ['template IN {$TYPE} apps.example {', answer, '}']],
  ])('is silent about %s', async (_, lines) => {
    expect(await find(...lines, forward)).toEqual([])
  })

  it('with nothing behind it is silent where others may answer', async () => {
    expect(await find(...template, 'file db.test test')).toEqual([])
    expect(await find(...template, 'unknownplugin')).toEqual([])
  })

  it('offers no fix where a template engine has yet to write parts', async () => {
    const text = `test {\n    {{ .Values.more }}\n    whoami\n}\n. {\n    ${template.join('\n')}\n    ${forward}\n}\n`
    expect((await findings(text, { rules: [rule] })).map(({ fix }) => fix)).toEqual([null])
  })

  it('is silent where an import is missing', async () => {
    const text = `. {\n    import /etc/coredns/custom/*.override\n    ${template.join('\n')}\n    ${forward}\n}\n`
    expect(await findings(text, { rules: [rule], files: {} })).toHaveLength(1)
    const { lint } = await import('../../src/lint/run.ts')
    const { optionsFor } = await import('./lint-text.ts')
    const { findImport: _none, ...options } = optionsFor(text, { rules: [rule] })
    expect((await lint([{ path: 'Corefile', text }], options)).files[0]?.findings).toEqual([])
  })
})
