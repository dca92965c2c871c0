import { describe, expect, it } from 'vitest'
import { parseTemplate, templateError } from '../../src/values/go-template.ts'
import { agreesWithGo } from './recorded.ts'

describe('parseTemplate', () => {
  agreesWithGo('template.Parse', (text, ...functions) => {
    const error = parseTemplate(text, 'answer', functions)
    return error === null ? { value: 'ok' } : { error }
  })

  it.each(['{{ if .A }}', '{{ (', '{{ .A }}', '{{ print (', '{{', '{{ "', '{{/*', '{{ $x := 1 }}', ' -}}', '{{ 1'])(
    'reads a long row of %s in linear time',
    (piece) => {
      const started = performance.now()
      parseTemplate(piece.repeat(50_000), 'answer', [])
      parseTemplate(`{{ ${piece.repeat(50_000)} }}`, 'answer', [])
      expect(performance.now() - started).toBeLessThan(2_000)
    },
  )

  it('nests as deep as Go', () => {
    expect(parseTemplate(`{{ ${'('.repeat(10_000)}1${')'.repeat(10_000)} }}`, 'answer', [])).toBeNull()
    expect(parseTemplate(`{{ ${'('.repeat(10_001)}1${')'.repeat(10_001)} }}`, 'answer', [])).toMatch(
      /max expression depth/,
    )
    expect(parseTemplate(`${'{{ if 1 }}'.repeat(20_000)}${'{{ end }}'.repeat(20_000)}`, 'answer', [])).toBeNull()
  })
})

describe('templateError', () => {
  it('knows parseInt from 1.10.0', () => {
    expect(templateError('{{ parseInt .Group.a 16 8 }}')).toBeNull()
    expect(templateError('{{ parseInt .Group.a 16 8 }}', '1.10.0')).toBeNull()
    expect(templateError('{{ parseInt .Group.a 16 8 }}', '1.9.4', 'authority')).toBe(
      'template: authority:1: function "parseInt" not defined',
    )
  })
})
