import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareReleases } from './build.ts'
import { fingerprint, loadSuite, suiteNames } from './case.ts'
import {
  formatRecording,
  formatVerdicts,
  outcomeAt,
  parseRecording,
  parseVerdict,
  readRecording,
  record,
  recordingFile,
} from './record.ts'

const rows = [
  ...Array.from({ length: 9 }, (_, i) => `L${i + 1}`),
  ...Array.from({ length: 13 }, (_, i) => `P${i + 1}`),
  ...Array.from({ length: 7 }, (_, i) => `K${i + 1}`),
]

describe.each(suiteNames())('the recording of %s', async (name) => {
  const { cases, records } = await loadSuite(name)
  const recording = readRecording(name)

  it('has every case as it is now, and nothing else', () => {
    const recorded = Object.entries(recording.cases).map(([id, { of }]) => `${id} ${of}`)
    expect(recorded.sort()).toEqual(cases.map((each) => `${each.id} ${fingerprint(each)}`).sort())
  })

  it('has a verdict of every release for every case', () => {
    expect(recording.releases).toEqual([...recording.releases].sort(compareReleases))
    for (const { id } of cases) {
      expect(Object.keys(recording.cases[id]?.verdicts ?? {}), id).toEqual(recording.releases)
    }
  })

  it.runIf(records === 'all')('says for an accepted text what runs, and for a refused one why', () => {
    for (const [id, recorded] of Object.entries(recording.cases)) {
      const verdict = parseVerdict(recorded.verdicts[recording.releases.at(-1) ?? ''] ?? '')
      expect(recorded.servers === undefined, id).toBe(verdict.class !== 'ok')
      expect(recorded.message === undefined, id).toBe(verdict.class === 'ok')
      const stopped = verdict.class === 'syntax' || verdict.class === 'unknown-directive'
      // A parser that runs for ever has no result.
      if (verdict.class !== 'timeout') expect(recorded.error !== null, id).toBe(stopped)
    }
  })

  it('is the text that the driver writes', () => {
    const format = records === 'all' ? formatRecording : formatVerdicts
    expect(format(recording)).toBe(readFileSync(recordingFile(name), 'utf8'))
  })

  it.runIf(records === 'all')('comes back when it is taken apart by release and put together again', () => {
    for (const [id, recorded] of Object.entries(recording.cases)) {
      const outcomes = new Map(recording.releases.map((release) => [release, outcomeAt(recorded, release)]))
      expect(record(recorded.of, outcomes), id).toEqual(recorded)
    }
  })
})

describe('the cases of the language', async () => {
  const { cases } = await loadSuite('language')

  it.each(rows)('has several of row %s', (row) => {
    expect(cases.filter(({ id }) => id.startsWith(`${row}-`)).length).toBeGreaterThan(2)
  })

  it('has no case of another row', () => {
    for (const { id } of cases) expect(rows).toContain(id.slice(0, id.indexOf('-')))
  })
})

describe('verdicts alone', () => {
  it('come back when they are written and read, also where a release was not asked', () => {
    const cases = {
      a: { of: '1', verdicts: { '1.0.0': 'ok', '1.1.0': 'ok', '1.2.0': 'setup:log@2' } },
      b: { of: '2', verdicts: { '1.1.0': 'ok' } },
    }
    const text = formatVerdicts({ releases: ['1.0.0', '1.1.0', '1.2.0'], cases })
    expect(JSON.parse(text).cases).toEqual({
      a: { of: '1', '1.0.0': 'ok', '1.2.0': 'setup:log@2' },
      b: { of: '2', '1.1.0': 'ok', '1.2.0': null },
    })
    expect(parseRecording(text).cases).toEqual(cases)
  })
})

describe('a recorded verdict', () => {
  it.each([
    ['ok', { class: 'ok' }],
    ['servers', { class: 'servers' }],
    ['syntax@3', { class: 'syntax', line: 3 }],
    ['unknown-directive@sub/x:1', { class: 'unknown-directive', file: 'sub/x', line: 1 }],
    ['setup:hosts', { class: 'setup', plugin: 'hosts' }],
    ['setup:hosts@a:b:12', { class: 'setup', plugin: 'hosts', file: 'a:b', line: 12 }],
  ])('%s is taken apart', (verdict, parts) => {
    expect(parseVerdict(verdict)).toEqual(parts)
  })
})
