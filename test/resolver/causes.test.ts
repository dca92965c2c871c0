import { describe, expect, it } from 'vitest'
import { answerersOf } from '../../src/answerers.ts'
import { compared } from '../../src/comparison.ts'
import { compareText } from '../../src/report/compare.ts'
import { causesOf } from '../../src/resolver/causes.ts'
import { LineIndex } from '../../src/text/lines.ts'

const options = {
  releases: ['1.15.0'],
  releasesFrom: 'flag',
  build: 'official',
  severities: {},
  pedantic: false,
  settings: { clusterDomain: null, clusterDnsIp: [] },
  rules: [],
} as const

async function sideOf(path: string, text: string) {
  const [answerer] = await answerersOf([{ path, text, as: 'corefile' }], options)
  if (answerer === undefined) throw new Error(`no server in ${text}`)
  return { answerer, textOf: (asked: string) => (asked === path ? text : undefined) }
}

async function comparisonOf(old: string, later: string, columns = 100) {
  const result = compared(await sideOf('old', old), await sideOf('new', later))
  const indices = { old: new LineIndex(old), new: new LineIndex(later) }
  const text = compareText(result.comparison, {
    ...result,
    restart: null,
    colours: false,
    columns,
    placeName: ({ path, range }, side) => `${path}:${indices[side].positionAt(range.start).line}`,
  })
  return { ...result, text, causes: causesOf(result.comparison.undeclared, result.lines) }
}

const base = `.:53 {
    kubernetes cluster.local
    hosts /dev/null {
        10.0.0.1 registry
        fallthrough
    }
    forward . 10.0.0.53
}
`

describe('causes', () => {
  it('are one where one plugin stops what went to several', async () => {
    const { causes, text } = await comparisonOf(base, base.replace('        fallthrough\n', ''))
    expect(causes).toHaveLength(1)
    expect(causes[0]?.changes.length).toBeGreaterThan(2)
    expect(text).toMatch(/ {2}every name but registry\n {6}.*upstream 10\.0\.0\.53/)
    expect(text).toContain('new:3')
  })

  it('are one where a plugin passes on to several what it stopped', async () => {
    const { causes, text } = await comparisonOf(base.replace('        fallthrough\n', ''), base)
    expect(causes).toMatchObject([{ side: 'new', line: null, step: { plugin: 'hosts', role: 'passed' } }])
    expect(text).toContain('new:3')
  })

  it('are the line that is new, with all that it answers', async () => {
    const { causes, text } = await comparisonOf(base, base.replace('registry\n', 'registry\n        10.0.0.2 db\n'))
    expect(causes).toMatchObject([{ side: 'new', line: 'new', lines: 1 }])
    expect(text).toMatch(/upstream 10\.0\.0\.53 {2}-> {2}10\.0\.0\.2 \| /)
    expect(text).toContain('new:5 (new)')
  })

  it('are the line that is gone', async () => {
    const { causes, text } = await comparisonOf(base, base.replace('        10.0.0.1 registry\n', ''))
    expect(causes).toMatchObject([{ side: 'old', line: 'gone' }])
    expect(text).toContain('old:4 (gone)')
  })

  it('are a rule that changes the question', async () => {
    const later = base.replace('    kubernetes', '    rewrite name a.example b.example\n    kubernetes')
    const { causes, text } = await comparisonOf(base, later)
    expect(causes).toMatchObject([{ line: 'new', step: { plugin: 'rewrite' } }])
    expect(text).toContain('new:2 (new)')
  })

  it('are one for a block that was filled', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `        10.1.0.${at} host${at}.example\n`).join('')
    const { causes, text } = await comparisonOf(
      base,
      base.replace('        10.0.0.1 registry\n', (all) => all + many),
    )
    expect(causes).toMatchObject([{ line: 'new', lines: 50 }])
    expect(text).toContain('new:5 and 49 more (new)')
    expect(text).toContain('records from hosts')
  })

  it('are found in patterns, with names that each of them matches', async () => {
    const old =
      '.:53 {\n    template IN A corp.example {\n        match ^ip-([0-9]+)\\.corp\\.example\\.$\n        rcode NXDOMAIN\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n'
    const { comparison } = await comparisonOf(old, old.replace('ip-', 'host-'))
    const names = comparison.undeclared.map(({ probe }) => probe.query.name)
    expect(names.some((name) => /^ip-\d/.test(name)) && names.some((name) => /^host-\d/.test(name))).toBe(true)
  })

  it('keep to the width', async () => {
    const { text } = await comparisonOf(base, base.replace('        fallthrough\n', ''), 60)
    expect(text.split('\n').filter((line) => line.length > 60)).toEqual([])
  })

  it('name what answers as before', async () => {
    const old = `${base}corp.example:53 {\n    forward . 10.0.0.9\n}\n`
    const { text } = await comparisonOf(old, old.replace('10.0.0.53', '10.0.0.54'))
    expect(text).toMatch(/every name outside cluster\.local, corp\.example but registry/)
  })
})

describe('answers that nobody knows', () => {
  const strange = '.:53 {\n    fanout . 10.0.0.53\n    cache 30\n}\n'
  const other = 'corp.example:53 {\n    forward . 10.0.0.9\n}\n'

  it('are equal where their blocks are, word for word', async () => {
    const { comparison } = await comparisonOf(strange + other, strange + other.replace('10.0.0.9', '10.0.0.8'))
    expect(comparison.unproved).toEqual([])
    expect(comparison.undeclared.length).toBeGreaterThan(0)
    expect(comparison.undeclared.every(({ probe }) => /corp\.example\.$/i.test(probe.query.name))).toBe(true)
  })

  it('are not compared where a word differs, or a block comes in front', async () => {
    const changed = await comparisonOf(strange, strange.replace('10.0.0.53', '10.0.0.54'))
    expect(changed.text).toMatch(/Not compared:\n {2}every name: unknown: .*fanout/)
    expect(changed.comparison).toMatchObject({ equal: 0, undeclared: [] })
    const { comparison } = await comparisonOf(strange, strange + other)
    expect(comparison.unproved.every(({ query }) => /corp\.example\.$/i.test(query.name))).toBe(true)
    expect(comparison.unproved.length).toBeGreaterThan(0)
    expect(comparison.equal).toBeGreaterThan(0)
  })

  it('are not equal where another address is listened on', async () => {
    const { comparison } = await comparisonOf(strange, strange + other.replace(' {', ' {\n    bind 127.0.0.1'))
    expect(comparison.equal).toBe(0)
  })

  it('are not equal where lines are joined', async () => {
    const { comparison } = await comparisonOf(strange, strange.replace('10.0.0.53\n    cache', '10.0.0.53 cache'))
    expect(comparison.equal).toBe(0)
  })
})
