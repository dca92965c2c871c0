import { describe, expect, it } from 'vitest'
import { type Comparison, compare, count, newTally, type Tally } from './agreement.ts'
import { compareReleases } from './build.ts'
import { loadSuite, type Suite, suiteNames } from './case.ts'
import { collectedCases } from './elsewhere.ts'
import { explained } from './explained.ts'
import { readRecording } from './record.ts'

// The whole comparison takes a minute (`npm run conformance -- --compare`). Here are all cases at the newest release, and at each older
// one those whose verdict is another than at the next release and every eighth of the others.
const share = 8

const suites = await Promise.all(suiteNames().map(loadSuite))
const tallies = new Map<string, Tally>()
const disagreements = suites.flatMap((suite) => comparedAt(suite).filter(({ standing }) => standing !== 'agree'))

function comparedAt({ name, cases }: Suite): Comparison[] {
  const recording = readRecording(name)
  const newestFirst = recording.releases.toReversed()
  const compared: Comparison[] = []
  for (const [number, one] of cases.entries()) {
    const verdicts = recording.cases[one.id]?.verdicts ?? {}
    for (const [at, release] of newestFirst.entries()) {
      const verdict = verdicts[release]
      if (verdict === undefined) continue
      if (at > 0 && (number + at) % share > 0 && verdict === verdicts[newestFirst[at - 1] as string]) continue
      const comparison = compare(one, release, verdict)
      const tally = tallies.get(release) ?? newTally()
      tallies.set(release, tally)
      count(tally, comparison)
      compared.push(comparison)
    }
  }
  return compared
}

const releases = [...tallies.keys()].sort(compareReleases)
const newest = releases.at(-1) as string

describe('what we say of a Corefile', () => {
  it('is what CoreDNS says, or the reason is known', () => {
    const unexplained = disagreements.filter(({ id }) => explained[id] === undefined)
    expect(unexplained.map(({ id, release, theirs, ours }) => `${id} ${release}: ${theirs}, we ${ours.kind}`)).toEqual(
      [],
    )
  })

  it('is not explained where it agrees', () => {
    const disputed = new Set(disagreements.map(({ id }) => id))
    expect(Object.keys(explained).filter((id) => !disputed.has(id))).toEqual([])
  })

  it('was asked of at least fifteen releases, from 1.5.2 on', () => {
    expect(releases.length).toBeGreaterThanOrEqual(15)
    expect(releases[0]).toBe('1.5.2')
  })

  it('was asked of more than 5,000 texts at the newest release and more than 1,000 at each other', () => {
    for (const suite of suites.filter(({ name }) => name === 'generated')) {
      expect(new Set(suite.cases.map(({ text }) => text)).size).toBeGreaterThan(5000)
    }
    for (const release of releases) expect(tallies.get(release)?.cases, release).toBeGreaterThan(1000)
  })

  it.each(releases)('agrees with %s as often as promised', (release) => {
    const tally = tallies.get(release) as Tally
    const differing = tally['false alarm'] + tally.miss
    expect(differing).toBeLessThanOrEqual(release === newest ? 0 : tally.cases * 0.005)
    expect(tally.unknown).toBeLessThanOrEqual(tally.cases * 0.01)
  })

  it.each(releases)('stands on the line that %s names, or on that of the word to blame', (release) => {
    const { lines, sameLines, namedLate } = tallies.get(release) as Tally
    expect(sameLines + namedLate).toBeGreaterThanOrEqual(lines * 0.99)
    expect(namedLate).toBeLessThanOrEqual(lines * 0.05)
  })
})

const collections = collectedCases()

describe.skipIf(collections.length === 0)('what we say of collected cases, which lie beside the project', () => {
  it.each(collections.map(({ name, cases }) => ({ name, cases })))(
    '$name',
    ({ cases }) => {
      const differing = cases.flatMap(({ case: one, verdicts }) =>
        Object.entries(verdicts).flatMap(([release, verdict]) => {
          const { standing } = compare(one, release, verdict)
          return standing === 'agree' || standing === 'unknown' ? [] : [`${one.id} ${release} ${standing}`]
        }),
      )
      expect(differing).toEqual([])
    },
    120_000,
  )
})
