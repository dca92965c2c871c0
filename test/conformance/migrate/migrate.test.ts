import { describe, expect, it } from 'vitest'
import { causesOf } from '../../../src/resolver/causes.ts'
import { newComplaints } from '../../migrate/complaints.ts'
import { sourceCases } from './cases.ts'
import { kubeDnsPairOf } from './kube-dns-beside.ts'
import { readRecording } from './record.ts'
import { verdictsOf } from './run-migrate.ts'
import { pairOf } from './side-by-side.ts'
import { fingerprint } from './source-case.ts'
import { translated } from './translated.ts'

const recording = readRecording()
const cases = sourceCases()

describe('generated sources', () => {
  it('are more than 300, each of which was judged', () => {
    expect(cases.length).toBeGreaterThan(300)
    expect(cases.filter(({ id }) => recording[id]?.verdict !== 'ok').map(({ id }) => id)).toEqual([])
    const asked = Object.values(recording).filter(({ live }) => live !== undefined)
    expect(asked.length).toBeGreaterThan(150)
    expect(Object.values(recording).filter(({ cluster }) => cluster !== undefined).length).toBeGreaterThan(40)
  })

  it.each(cases.map((one) => [one.id, one] as const))('%s', async (id, one) => {
    const made = await translated(one)
    const { migration, proof } = made
    const recorded = recording[id]
    // Another source or another result: npm run conformance -- migrate asks the servers again.
    expect([recorded?.of, recorded?.result]).toEqual([fingerprint(one), fingerprint(migration.corefile)])
    expect(proof.verdict.kind).not.toBe('refused')
    const told = [...(proof.comparison?.undeclared ?? []), ...proof.unrelated]
    expect(
      causesOf(told).map((cause) => `${cause.old} -> ${cause.new}: ${cause.differences[0]?.probe.query.name}`),
    ).toEqual([])
    const places = migration.items.map(({ source: { path, range } }) => `${path} ${range.start} ${range.end}`)
    expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([])
    if (recorded?.live !== undefined) {
      const pair = pairOf(one, made)
      expect(fingerprint(pair?.source.questions)).toBe(recorded.live.of)
      if (pair !== null) expect(verdictsOf(pair, recorded.live).different).toEqual([])
    }
    if (recorded?.cluster !== undefined) {
      const pair = kubeDnsPairOf(one, made)
      expect(fingerprint(pair?.source.questions)).toBe(recorded.cluster.of)
      if (pair !== null) expect(verdictsOf(pair, recorded.cluster).different).toEqual([])
    }
    // What people are told of a Corefile of their own is no fault of the migration.
    expect(await newComplaints(migration.corefile, one.into, one.release)).toEqual([])
  })
})
