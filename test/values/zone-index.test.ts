import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSubdomain } from '../../src/values/name.ts'
import { ZoneIndex } from '../../src/values/zone-index.ts'

const label = fc.constantFrom('a', 'b', 'A', 'xy', '', '\\.', '\\', '\\046')
const zone = fc
  .tuple(fc.array(label, { maxLength: 4 }), fc.boolean())
  .map(([labels, isAbsolute]) => labels.join('.') + (isAbsolute ? '.' : ''))

function indexOf(zones: readonly string[]): ZoneIndex<number> {
  const index = new ZoneIndex<number>()
  for (const [at, each] of zones.entries()) index.add(each, at)
  return index
}

describe('an index of zones', () => {
  it('finds what lies around a name and below it, in the order of adding, as one by one', () => {
    fc.assert(
      fc.property(fc.array(zone, { maxLength: 12 }), zone, (zones, name) => {
        const index = indexOf(zones)
        const around = zones.flatMap((each, at) => (isSubdomain(each, name) ? [at] : []))
        const within = zones.flatMap((each, at) => (isSubdomain(name, each) ? [at] : []))
        expect([...index.around(name)]).toEqual(around)
        expect([...index.within(name)]).toEqual(within)
        expect(index.covers(name)).toBe(around.length > 0)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives the zones with the most labels, all that were added for them', () => {
    const index = indexOf(['.', 'example.org.', 'a.example.org.', 'A.Example.org.', 'b.example.org.'])
    expect(index.nearest('x.a.example.org.')).toEqual([2, 3])
    expect(index.nearest('example.org.')).toEqual([1])
    expect(index.nearest('com.')).toEqual([0])
    expect(indexOf(['org.']).nearest('com.')).toEqual([])
  })

  it('takes note of what is added between questions', () => {
    const index = indexOf(['a.'])
    expect([...index.within('.')]).toEqual([0])
    index.add('b.a.', 1)
    expect([...index.within('a.')]).toEqual([0, 1])
    expect([...index.around('c.b.a.')]).toEqual([0, 1])
  })

  it('begins with what was added first without looking at the rest', () => {
    const index = new ZoneIndex<number>()
    for (let at = 0; at < 100_000; at++) index.add(at % 2 === 0 ? '.' : 'a.', at)
    const start = performance.now()
    for (let round = 0; round < 10_000; round++) index.around('b.a.').next()
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
