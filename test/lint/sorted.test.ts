import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countUpTo } from '../../src/lint/sorted.ts'

it('counts as one would one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(25), (numbers, value) => {
      const ascending = numbers.sort((a, b) => a - b)
      expect(countUpTo(ascending, value)).toBe(ascending.filter((number) => number <= value).length)
    }),
  )
})
