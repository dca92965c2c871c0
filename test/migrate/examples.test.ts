import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coreDnsOf } from '../../src/migrate/proof.ts'
import { causesOf } from '../../src/resolver/causes.ts'
import { compare } from '../../src/resolver/compare.ts'
import { probesOf } from '../../src/resolver/probes.ts'
import { hasShared, needsShared, sharedText } from '../shared.ts'
import { newComplaints } from './complaints.ts'
import { examples } from './examples.ts'
import { golden, runExample } from './run-example.ts'

/** What rules say of results because the source says so: its password stands in the flags of SkyDNS. */
const FORCED: Readonly<Record<string, readonly string[]>> = { 'E37-skydns-on-its-own': ['plaintext-secret'] }

describe.each(Object.entries(examples))('%s', (name, example) => {
  it('is translated as its golden file says', async () => {
    const done = await runExample(example)
    await expect(golden(example, done)).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${name}.txt`))
  })

  it('is accepted, leaves the conflicts that are expected and nothing undeclared', async () => {
    const { migration, proof } = await runExample(example)
    expect(proof.verdict.kind).not.toBe('refused')
    expect([...new Set(migration.conflicts.map(({ code }) => code))]).toEqual(example.conflicts ?? [])
    const undeclared = example.conflicts === undefined ? (proof.comparison?.undeclared ?? []) : []
    expect(
      causesOf(undeclared).map((cause) => `${cause.old} -> ${cause.new}: ${cause.differences[0]?.probe.query.name}`),
    ).toEqual([])
    expect(proof.unrelated).toEqual([])
  })

  it('lints clean, but for what the source forces', async () => {
    const { migration } = await runExample(example)
    const told = await newComplaints(migration.corefile, example.into ?? null, '1.14.7')
    expect(told.map((one) => one.replace(/:.*/s, ''))).toEqual(FORCED[name] ?? [])
  })

  it('has every item once', async () => {
    const { migration } = await runExample(example)
    const places = migration.items.map(
      ({ source, note }) => `${source.path} ${source.range.start} ${source.range.end} ${note}`,
    )
    expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([])
  })
})

describe.skipIf(!hasShared)(`the answers are those of the worked example${needsShared}`, () => {
  const text = sharedText('facts/migration.md')
  const corefiles = new Map(
    [...text.matchAll(/^### (E\d\d)[^\n]*\n[\s\S]*?```corefile\n([\s\S]*?)```/gm)].map(([, id = '', corefile = '']) => [
      id,
      corefile,
    ]),
  )

  // One of the servers of E09 has a name whose address nobody can know from the files.
  it.each(Object.entries(examples).filter(([name]) => !name.startsWith('E09')))('%s', async (name, example) => {
    const expected = corefiles.get(name.slice(0, 3))
    expect(expected).toBeDefined()
    const { migration } = await runExample(example)
    const [theirs, ours] = [
      coreDnsOf(expected ?? '', '1.14.7').decider,
      coreDnsOf(migration.corefile, '1.14.7').decider,
    ]
    const probes = probesOf([theirs.vocabulary, ours.vocabulary])
    const { undeclared } = compare(theirs, ours, probes)
    expect(
      causesOf(undeclared).map(
        (cause) =>
          `${cause.old} -> ${cause.new}: ${cause.differences.slice(0, 2).map(({ probe }) => `${probe.query.name} ${probe.query.type}`)}`,
      ),
    ).toEqual([])
  })
})
