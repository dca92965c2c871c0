import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExpandOptions, expand } from '../../src/expand/expand.ts'
import { anyText, nearlyCorefile } from '../arbitrary-text.ts'
import { importFiles } from '../conformance/import-files.ts'

function read(text: string, more: Partial<ExpandOptions> & { files?: Record<string, string> } = {}) {
  const { files = {}, ...options } = more
  return expand(text, {
    isDirective: (name) => name !== 'nonsense',
    findImport: importFiles({ text, files }),
    ...options,
  })
}

/** Directives by block: `KEYS: NAME WORDS...`. */
function told(...args: Parameters<typeof read>): string[] {
  return read(...args).blocks.flatMap(({ keys, occurrences }) => [
    `${keys.map(({ value }) => value).join(' ')}:`,
    ...occurrences.map(({ tokens }) => Array.from({ length: tokens.count }, (_, at) => tokens.value(at)).join(' ')),
  ])
}

const problems = (...args: Parameters<typeof read>) =>
  read(...args).problems.map(({ kind, at, subject }) => `${kind} ${subject} ${at.list.file}:${at.list.line(at.index)}`)

// What a text comes to is compared with CoreDNS in conformance.test.ts; here is what only we tell.
describe('expand', () => {
  it('goes on behind a fault, and tells all of them', () => {
    const text = '. {\n  nonsense\n  import\n  whoami\n  import a b\n}\na,\n{\n}\n'
    expect(problems(text)).toEqual([
      'unknown-directive nonsense :2',
      'import-without-argument import :3',
      'import-many-arguments b :5',
      'comma-before-brace { :8',
    ])
    expect(told(text)).toEqual(['.:', 'nonsense', 'whoami', 'a:'])
  })

  it('keeps occurrences apart and joins their tokens', () => {
    const { blocks } = read('. {\n  log a\n  errors\n  log b\n}\n')
    expect(blocks[0]?.occurrences.map(({ name, tokens }) => [name, tokens.count])).toEqual([
      ['log', 2],
      ['errors', 1],
      ['log', 2],
    ])
    expect(blocks[0]?.directives.get('log')?.count).toBe(4)
  })

  it('knows the braces of a block, and which are missing', () => {
    const { blocks } = read('a {\n}\nb\nwhoami\n')
    expect(blocks.map(({ number, open, close }) => [number, open?.index ?? null, close?.index ?? null])).toEqual([
      [0, 1, 2],
      [1, null, null],
    ])
  })

  it('reads a fragment as one block without keys', () => {
    expect(told('log\nimport x\n', { as: 'fragment', files: { x: 'errors\n' } })).toEqual([':', 'log', 'errors'])
    expect(problems('log\n}\n', { as: 'fragment' })).toEqual(['unexpected-close } :2'])
  })
})

describe('snippets', () => {
  const text = '(s) {\n  log\n}\na {\n  import s\n  import s\n}\n(t) {\n}\n'

  it('are told with their braces and how often they are used', () => {
    const { snippets, blocks } = read(text)
    expect(snippets.map(({ name, uses, open, close }) => [name, uses, open.index, close?.index])).toEqual([
      ['s', 2, 1, 3],
      ['t', 0, expect.any(Number), expect.any(Number)],
    ])
    expect(blocks).toHaveLength(1)
  })

  it('are places of their own, and each import is known', () => {
    const { blocks, imports, main } = read(text)
    const places = blocks[0]?.occurrences.map(({ tokens }) => tokens.place(0))
    expect(places?.map(({ index, site }) => [index, site?.list === main, site?.index])).toEqual([
      [2, true, 6],
      [2, true, 8],
    ])
    expect(imports.map(({ pattern, from }) => [pattern, from])).toEqual([
      ['s', 'snippet'],
      ['s', 'snippet'],
    ])
  })

  it('are refused a second time, and the first one counts', () => {
    const twice = '(s) {\n  log\n}\n(s) {\n  errors\n}\na {\n  import s\n}\n'
    expect(problems(twice)).toEqual(['snippet-redefined (s) :4'.replace('(s)', 's')])
    expect(told(twice)).toEqual(['a:', 'log'])
  })

  it('that import themselves are refused since 1.13.0, and hang before that only when they are used', () => {
    const itself = (body: string) => `(s) {\n  import s\n}\na {\n  ${body}\n}\n`
    expect(problems(itself('log'))).toEqual(['snippet-imports-itself s :2'])
    expect(problems(itself('log'), { release: '1.12.4' })).toEqual([])
    expect(problems(itself('import s'), { release: '1.12.4' })).toEqual(['import-limit s :2'])
  })

  it('in a circle end, at every release', () => {
    const circle = '(a) {\n  import b\n}\n(b) {\n  import c\n}\n(c) {\n  import a\n}\n. {\n  import a\n}\n'
    for (const release of ['1.6.2', '1.15.0']) {
      expect(problems(circle, { release })).toEqual(['import-limit b :2'])
      expect(read(circle, { release }).imports.length).toBeLessThan(10)
    }
  })

  it('that double each time end, at every release', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, at) => `(s${at + 1}) {\n  import s${at}\n  import s${at}\n}\n`,
    ).join('')
    const bomb = `(s0) {\n  log\n}\n${doubling}. {\n  import s40\n}\n`
    for (const release of ['1.6.2', '1.15.0']) {
      const { problems: found } = read(bomb, { release })
      expect(found[0]?.kind).toBe('import-limit')
    }
  })
})

describe('imports of files', () => {
  it('are told with what they lead to', () => {
    const files = { 'd/a': 'log\n', 'd/b': 'errors\n' }
    const { imports, problems: found } = read('. {\n  import d/*\n  import none/*\n}\n', { files })
    expect(imports.map(({ pattern, from, files: paths }) => [pattern, from, paths])).toEqual([
      ['d/*', 'files', ['d/a', 'd/b']],
      ['none/*', 'nothing', []],
    ])
    expect(found).toEqual([])
  })

  it('are looked for beside their importer', () => {
    const files = { 'd/a': 'import b\n', 'd/b': 'log\n' }
    expect(told('. {\n  import d/a\n}\n', { files })).toEqual(['.:', 'log'])
  })

  it.each([
    ['none', 'import-not-found none :1'],
    ['""', 'empty-import  :1'],
    ['d', 'import-directory d :1'],
    ['*/*', 'import-wildcards */* :1'],
    ['??', 'import-wildcards ?? :1'],
    ['[ab]', 'import-wildcards [ab] :1'],
    ['a[', 'import-bad-pattern a[ :1'],
  ])('of %s are refused', (pattern, expected) => {
    expect(problems(`import ${pattern}`, { files: { 'd/a': '' } })).toEqual([expected])
  })

  it('without a byte are refused before 1.8.0', () => {
    const files = { x: '' }
    expect(problems('import x', { files, release: '1.7.1' })).toEqual(['import-empty-file x :1'])
    expect(problems('import x', { files, release: '1.8.0' })).toEqual([])
    expect(problems('import x', { files: { x: '\n' }, release: '1.7.1' })).toEqual([])
  })

  it('that nobody can look for are unknown', () => {
    const { unknowns, imports } = read('. {\n  import x\n}\n', { findImport: () => ({ kind: 'unknown' }) })
    expect(unknowns.map(({ kind, subject }) => [kind, subject])).toEqual([['import', 'x']])
    expect(imports[0]).toMatchObject({ pattern: 'x', from: 'nothing' })
  })

  it('with a pattern that is not known are unknown, and not looked for', () => {
    const asked: string[] = []
    const { unknowns } = read('. {\n  import {$X}\n}\n', {
      findImport: (pattern) => {
        asked.push(pattern)
        return { kind: 'unknown' }
      },
    })
    expect(unknowns.map(({ kind, subject }) => [kind, subject])).toEqual([['variable', 'X']])
    expect(asked).toEqual([])
  })
})

describe('what is not known', () => {
  it.each([
    ['answer "{{ .Name }} 60 IN A 10.0.0.1"', []],
    ['authority {{ .Zone }} 60 IN NS {{ index .Match 1 }}', []],
    ['additional "{{ if .Group.a }}{{ .Name }}{{ else }}{{ .Zone }}{{ end }} 60 IN A 10.0.0.1"', []],
    ['answer "{{ .Name }} 60 IN A {{ ip }}"', ['{{ ip }}']],
    ['answer "{{ .Name }} 60 IN A {{ ip | default(\'x\') }}"', ["{{ ip | default('x') }}"]],
    ['match ^a[.]{{ .Values.zone }}[.]$', ['{{ .Values.zone }}']],
  ])('is in a template all but what CoreDNS runs itself: %s', (line, expected) => {
    const subjects = (text: string) => [...new Set(read(text).unknowns.map(({ subject }) => subject))]
    expect(subjects(`. {\n  template IN A a.example {\n    ${line}\n  }\n}\n`)).toEqual(expected)
    expect(subjects(`. {\n  template IN A {{ .Values.zone }} {\n    answer "{{ .Name }}"\n  }\n}\n`)).toEqual([
      '{{ .Values.zone }}',
    ])
  })

  it('is told with its place', () => {
    const { unknowns, unknownTokens, main } = read('{$A} {\n  log {{ .x }}\n  {$B} c\n}\n')
    expect(unknowns.map(({ kind, subject, at }) => [kind, subject, at.list.raw(at.index)])).toEqual([
      ['variable', 'A', '{$A}'],
      ['placeholder', '{{ .x }}', '{{'],
      ['placeholder', '{{ .x }}', '.x'],
      ['placeholder', '{{ .x }}', '}}'],
      ['variable', 'B', '{$B}'],
    ])
    expect([...(unknownTokens.get(main) ?? [])].length).toBe(5)
  })

  it('is no directive that the release lacks', () => {
    const { problems: found, blocks } = read('. {\n  {$NAME} x\n}\n', { isDirective: () => false })
    expect(found).toEqual([])
    expect(blocks[0]?.occurrences[0]?.known).toBe(false)
  })

  it('is a word like any other where the text is meant as it stands', () => {
    const { unknowns } = read('. {\n  log {{ .x }} ${A} {$A}\n}\n', { placeholders: 'literal' })
    expect(unknowns.map(({ kind }) => kind)).toEqual(['variable'])
  })

  it('names a reference that never ends', () => {
    expect(problems('. {\n  log {$A}\n}\n', { environment: () => 'x{$A}' })).toEqual(['endless-reference {$A} :2'])
  })
})

it('never throws, and every place it tells is a token', () => {
  const texts = fc.oneof(nearlyCorefile, anyText)
  fc.assert(
    fc.property(texts, texts, fc.constantFrom('1.6.2', '1.15.0'), (text, x, release) => {
      const found = read(text, { files: { x }, release, environment: (name) => (name === 'A' ? x : undefined) })
      for (const { at } of [...found.problems, ...found.unknowns]) expect(at.index).toBeLessThan(at.list.count)
      for (const { occurrences, directives } of found.blocks) {
        const joined = [...directives.values()].reduce((sum, { count }) => sum + count, 0)
        expect(occurrences.reduce((sum, { tokens }) => sum + tokens.count, 0)).toBe(joined)
      }
    }),
    { numRuns: 500 },
  )
})
