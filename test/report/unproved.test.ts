import { describe, expect, it } from 'vitest'
import { compareMarkdown } from '../../src/report/compare-markdown.ts'
import { reducedText } from '../../src/report/unproved.ts'

const reduced = { whole: 1_300_000, names: 100_000, inFull: 4_000 }

describe('what a comparison leaves open', () => {
  it('is told in the summary of a job', () => {
    const text = compareMarkdown(
      'kube-system/coredns',
      { probes: 200_000, equal: 200_000, declared: [], expected: [], undeclared: [], unproved: [] },
      {
        colours: false,
        columns: 100,
        placeName: () => '',
        probes: [],
        reduced,
        untried: [{ pattern: '^[|]+\\.corp\\.$', reason: 'no name was found that it matches' }],
        restart: null,
        lines: null,
        notes: [],
      },
    )
    expect(text).toContain('200000 answered the same, 1 pattern was not tried.')
    expect(text).toContain('200000 of about 1300000 questions were asked')
    expect(text).toContain('no name was found that it matches')
  })

  it('is said in words', () => {
    expect(reducedText(reduced, 200_000)).toBe(
      'There are very many names: 200000 of about 1300000 questions were asked. Every name was asked for the types of its own records, 4000 of 100000 names, domains and addresses for all other types and with what is below and beside them.',
    )
  })
})
