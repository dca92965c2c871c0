import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveReleases } from '../../grammar/release-ranges.ts'
import { compareReleases, RELEASES } from '../../grammar/releases.ts'

function releasesOf(text: string): string {
  const result = resolveReleases(text)
  return 'releases' in result ? result.releases.join(' ') : `error: ${result.error}`
}

describe('resolveReleases', () => {
  it.each([
    ['1.12.0', '1.12.0'],
    ['1.12', '1.12.4'],
    ['=1.12', '1.12.4'],
    ['latest', '1.15.0'],
    ['v1.11.4-eksbuild.2', '1.11.4'],
    ['v1.11.3-8', '1.11.3'],
    ['1.11.x', '1.11.0 1.11.1 1.11.3 1.11.4'],
    ['1.11.X', '1.11.0 1.11.1 1.11.3 1.11.4'],
    ['>=1.9 <1.12', '1.9.0 1.9.1 1.9.2 1.9.3 1.9.4 1.10.0 1.10.1 1.11.0 1.11.1 1.11.3 1.11.4'],
    ['>=1.9, <1.12', '1.9.0 1.9.1 1.9.2 1.9.3 1.9.4 1.10.0 1.10.1 1.11.0 1.11.1 1.11.3 1.11.4'],
    ['>= 1.11<1.12', '1.11.0 1.11.1 1.11.3 1.11.4'],
    ['>1.9 <=1.10', '1.10.0 1.10.1'],
    ['>1.14.6', '1.14.7 1.15.0'],
    ['>=1.14.7', '1.14.7 1.15.0'],
    ['<1.0.2', '1.0.0 1.0.1'],
    ['>=1.11.2 <1.11.4', '1.11.3'],
    ['1.9.4 - 1.10', '1.9.4 1.10.0 1.10.1'],
    ['1.9.4  -  v1.10.0', '1.9.4 1.10.0'],
    ['1.9.4..1.10.0', '1.9.4 1.10.0'],
    ['1.9.4-1.10.0', '1.9.4 1.10.0'],
    ['1.14.7 - latest', '1.14.7 1.15.0'],
    ['1.6.2, v1.12 1.9.3', '1.6.2 1.9.3 1.12.4'],
    ['1.11.x, 1.9.4', '1.9.4 1.11.0 1.11.1 1.11.3 1.11.4'],
    ['1.11.x <1.11.3', '1.11.0 1.11.1'],
  ])('%s is %s', (text, releases) => {
    expect(releasesOf(text)).toBe(releases)
  })

  it('takes every release of a whole line', () => {
    expect(releasesOf('1.x')).toBe(RELEASES.join(' '))
    expect(releasesOf('<=latest')).toBe(RELEASES.join(' '))
  })

  const syntax = 'write 1.12.0, 1.12 (its newest patch), 1.11.x, 1.9 - 1.12 or >=1.9 <1.12'
  it.each([
    ['', `"" names no CoreDNS releases: ${syntax}`, null],
    ['stable', `"stable" names no CoreDNS releases: ${syntax}`, null],
    ['~1.9', `"~1.9" names no CoreDNS releases: ${syntax}`, '1.9.x'],
    ['~1.9.3', `"~1.9.3" names no CoreDNS releases: ${syntax}`, '1.9.x'],
    ['^1.9', `"^1.9" names no CoreDNS releases: ${syntax}`, '>=1.9'],
    ['1.9 || 1.10', `"1.9 || 1.10" names no CoreDNS releases (at "||"): ${syntax}`, null],
    ['>=abc', `">=abc" names no CoreDNS releases: ${syntax}`, null],
    ['>=', `">=" names no CoreDNS releases: ${syntax}`, null],
    ['1.13.9', 'unknown CoreDNS release "1.13.9": did you mean 1.13.2, the newest 1.13?', '1.13.2'],
    ['1.12, 1.13.9', 'unknown CoreDNS release "1.13.9": did you mean 1.13.2, the newest 1.13?', '1.13.2'],
    ['>=1.16', 'no CoreDNS release is in ">=1.16": known here are 1.0.0 to 1.15.0', null],
    ['1.12 - 1.9', 'no CoreDNS release is in "1.12 - 1.9": known here are 1.0.0 to 1.15.0', null],
    ['1.16.x', 'no CoreDNS release is in "1.16.x": known here are 1.0.0 to 1.15.0', null],
    ['1.11.1 >1.12', 'no CoreDNS release is in "1.11.1 >1.12": known here are 1.0.0 to 1.15.0', null],
  ])('%s names none, and says why', (text, error, suggestion) => {
    expect(resolveReleases(text)).toEqual({ error, suggestion })
  })

  it('keeps exactly what lies between two bounds', () => {
    const release = fc.constantFrom(...RELEASES)
    fc.assert(
      fc.property(release, release, (a, b) => {
        const expected = RELEASES.filter((r) => compareReleases(r, a) >= 0 && compareReleases(r, b) < 0).join(' ')
        expect(releasesOf(`>=${a} <${b}`)).toBe(
          expected || `error: no CoreDNS release is in ">=${a} <${b}": known here are 1.0.0 to 1.15.0`,
        )
      }),
    )
  })

  it('never throws and never gives an empty list, whatever is written', () => {
    const word = fc.constantFrom(
      '1',
      '.',
      '9',
      '12',
      'x',
      'v',
      '-',
      ' - ',
      ' ',
      ',',
      '>',
      '<',
      '=',
      '..',
      'latest',
      '~',
      '\n',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          const result = resolveReleases(text)
          if ('error' in result) expect(result.error).not.toBe('')
          else expect(result.releases.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('refuses a very long text at once', () => {
    expect(resolveReleases('>=1.9 '.repeat(100_000))).toHaveProperty('error')
  })
})
