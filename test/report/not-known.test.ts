import { describe, expect, it } from 'vitest'
import { joinedUnknowns } from '../../src/report/not-known.ts'

const placeholder = (name: string) => `placeholder ${name} is not filled in`

describe('sentences about unknown parts', () => {
  it('are one where they say the same', () => {
    expect(joinedUnknowns([placeholder('__A__')])).toEqual([placeholder('__A__')])
    expect(joinedUnknowns(['variable B is not given', placeholder('__A__'), 'variable C is not given'])).toEqual([
      'variables B and C are not given',
      placeholder('__A__'),
    ])
    expect(joinedUnknowns(['A', 'B', 'C', 'D', 'E'].map(placeholder))).toEqual([
      'placeholders A, B, C and 2 more are not filled in',
    ])
    expect(joinedUnknowns(['import a is not at hand', 'a template; its Corefile was found'])).toEqual([
      'import a is not at hand',
      'a template; its Corefile was found',
    ])
  })

  it('name no conditions, loops and comments of templates, unless there is nothing else', () => {
    const control = [
      '{% if x %}',
      '{# note #}',
      '{{- if .A }}',
      '{{ end }}',
      '{{/* note */}}',
      '{{ range .B }}',
      '%{ for x in y }',
    ]
    expect(joinedUnknowns([...control, '{{ .C }}', '{{ ifaddr }}'].map(placeholder))).toEqual([
      'placeholders {{ .C }} and {{ ifaddr }} are not filled in',
    ])
    expect(joinedUnknowns(['{% if x %}'].map(placeholder))).toEqual([placeholder('{% if x %}')])
  })

  it('take no variable of a template for one of CoreDNS', () => {
    expect(joinedUnknowns([placeholder('{{$up}}'), 'variable up is not given'])).toEqual([placeholder('{{$up}}')])
  })

  it('are short and on one line', () => {
    const [sentence = ''] = joinedUnknowns([placeholder(`{{ a\n   ${'b'.repeat(500)} }}`)])
    expect(sentence).toMatch(/^placeholder \{\{ a b+… is not filled in$/)
    expect(sentence.length).toBeLessThan(100)
  })
})
