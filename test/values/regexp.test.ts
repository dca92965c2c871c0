import { describe, expect, it } from 'vitest'
import { isInvalid } from '../../src/values/invalid.ts'
import { parseRegexp, regexpError } from '../../src/values/regexp.ts'
import { agreesWithGo } from './recorded.ts'

describe('parseRegexp', () => {
  agreesWithGo('regexp.Compile', (text) => {
    const read = parseRegexp(text)
    // Go counts the groups and names the whole match, which has no name.
    return isInvalid(read) ? read : { value: [String(read.names.length), '', ...read.names] }
  })
})

describe('regexpError', () => {
  it('is null for a valid expression', () => {
    expect(regexpError('^(?P<host>[a-z]+)$')).toBeNull()
  })

  it.each([
    ['(', '('],
    ['[', '['],
    ['[[:', '[[:'],
    ['a|', 'a|'],
    ['a*', 'a*'],
    ['\\Q', '\\Q'],
    ['a{1', 'a{1'],
    ['(?:', '(?:'],
  ])('reads a long row of %s in linear time', (piece) => {
    const started = performance.now()
    regexpError(piece.repeat(100_000))
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
