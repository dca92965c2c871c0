import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchZone, ZoneIndex } from '../../../src/resolver/coredns/zones.ts'

const name = fc
  .array(fc.constantFrom('a', 'A', 'b', 'ab', 'a\\.b', '\\', 'é'), { maxLength: 4 })
  .map((labels) => `${labels.join('.')}.`)

describe('ZoneIndex', () => {
  it('finds the lists that asking each of them finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(name, fc.constantFrom('.', '', 'a')), { maxLength: 3 })),
        name,
        (lists, of) => {
          const each = [...lists.keys()].filter((at) => matchZone(lists[at] ?? [], of) !== null)
          expect(new ZoneIndex(lists).listsOf(of)).toEqual(each)
        },
      ),
    )
  })
})
