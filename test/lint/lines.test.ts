import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'
import { lastOfLine, startsLine } from '../../src/lint/lines.ts'

/** The place of the first token with this text. */
function placeOf(list: TokenList, word: string) {
  let index = 0
  while (index < list.count && list.value(index) !== word) index++
  return { list, index, site: null }
}

describe('lastOfLine', () => {
  it.each([
    ['. {\n  log a b\n}', 'log', 'b'],
    ['. {\n  log\n}', 'log', 'log'],
    ['. {\n  log # a\n}', 'log', 'log'],
    ['. {\n  log "a\nb" c\n}', 'log', 'c'],
    ['. { log a }', 'log', 'a'],
    ['. { log { class all } x }', 'log', 'x'],
    ['. {\n  log { class all }\n}', 'log', '}'],
    ['. {\n  log {\n class all }\n}', 'log', '{'],
    ['a', 'a', 'a'],
  ])('%j from %s is %s', (text, from, expected) => {
    const list = new TokenList(text)
    const last = lastOfLine(placeOf(list, from))
    expect(list.value(last.index)).toBe(expected)
    expect(last.list).toBe(list)
  })
})

describe('startsLine', () => {
  it.each([
    ['a b', 'a', true],
    ['a b', 'b', false],
    ['a\nb', 'b', true],
    ['"a\n" b', 'b', false],
    ['a # c\nb', 'b', true],
  ])('%j: %s', (text, word, expected) => {
    expect(startsLine(placeOf(new TokenList(text), word))).toBe(expected)
  })
})
