import { describe, expect, it } from 'vitest'
import { expand } from '../../src/expand/expand.ts'
import { blockAround, gluedBraces, hasOpenQuote } from '../../src/lint/brace-faults.ts'

const read = (text: string) => expand(text, { isDirective: () => true })

describe('gluedBraces', () => {
  const glued = (text: string) => gluedBraces(read(text)).map(({ list, index }) => list.raw(index))

  it.each([
    ['example.org{\n  whoami\n}\n', ['example.org{']],
    ['. {\n  cache{\n  }\n}\n', ['cache{']],
    ['. {\n  hosts {}\n}\n', ['{}']],
    ['. {\n  whoami}\n', ['whoami}']],
    ['.{\n  cache{\n  denial 1}\n}', ['.{', 'cache{', '1}']],
    ['a{', ['a{']],
    ['a{\r\n}', ['a{']],
  ])('sees them in %j', (text, expected) => {
    expect(glued(text)).toEqual(expected)
  })

  it.each([
    '. {\n  whoami\n}\n',
    '. {\n  log . "{combined}"\n}\n',
    '. {\n  log . {combined}\n}\n',
    '. {\n  forward . {$UPSTREAM}\n}\n',
    '. {\n  forward . {%UPSTREAM%}\n}\n',
    '. {\n  forward . {{ .Values.upstream }}\n}\n',
    '. {\n  template IN A {\n    match ^a{2}$\n  }\n}\n',
    '. {\n  rewrite name regex (a){2} b{2,}\n}\n',
    '# example.org{\n. {\n}\n',
    '. {\n  log "a{"\n}\n',
    '. {\n  log "a{',
  ])('leaves alone %j', (text) => {
    expect(glued(text)).toEqual([])
  })

  it('answers twice with one list', () => {
    const configuration = read('a{\n}\n')
    expect(gluedBraces(configuration)).toBe(gluedBraces(configuration))
  })
})

describe('blockAround', () => {
  const text = 'a {\n  log\n}\n(s) {\n  errors\n}\nb {\n  whoami\n'
  const configuration = read(text)
  const keyAround = (word: string) => {
    const index = configuration.main.indexAt(text.indexOf(word))
    return blockAround(configuration, { list: configuration.main, index, site: null })?.keys[0]?.value ?? null
  }

  it('is the block whose braces hold the place, an open one to the end', () => {
    expect(keyAround('log')).toBe('a')
    expect(keyAround('}')).toBe('a')
    expect(keyAround('whoami')).toBe('b')
    expect(keyAround('errors')).toBeNull()
  })

  it('is none for a place in another text', () => {
    const other = read('b {\n}\n')
    expect(blockAround(configuration, { list: other.main, index: 1, site: null })).toBeNull()
  })
})

it.each([
  ['. {\n  log "a\n}\n', true],
  ['. {\n  log "a"\n}\n', false],
  ['', false],
])('hasOpenQuote(%j) is %s', (text, expected) => {
  expect(hasOpenQuote(read(text).main)).toBe(expected)
})
