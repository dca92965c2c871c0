import { expect, it } from 'vitest'
import { covers } from '../../src/text/range.ts'

it('covers an inner range up to both borders, and nothing beyond', () => {
  const outer = { start: 2, end: 5 }
  expect(covers(outer, { start: 2, end: 5 })).toBe(true)
  expect(covers(outer, { start: 5, end: 5 })).toBe(true)
  expect(covers(outer, { start: 1, end: 3 })).toBe(false)
  expect(covers(outer, { start: 4, end: 6 })).toBe(false)
})
