import { describe, expect, it } from 'vitest'
import { platformNames, platformOf, rootOfPlatform } from '../../grammar/platforms/index.ts'
import { compareReleases, isRelease } from '../../grammar/releases.ts'

describe.each(platformNames)('%s', (name) => {
  const { roots, instead } = platformOf(name)

  it('has its Corefiles in the order of releases that exist', () => {
    const releases = roots.map(({ from }) => from)
    expect(releases.every(isRelease)).toBe(true)
    expect(releases).toEqual(releases.toSorted(compareReleases))
    expect(roots.length).toBeGreaterThan(0)
  })

  it('says what to do where it imports nothing', () => {
    expect(roots.some(({ text }) => text.includes('import '))).toBe(instead === null)
  })

  it('has the newest Corefile that is not newer than a release', () => {
    for (const { from, text } of roots) expect(rootOfPlatform(name, from)).toBe(text)
    expect(rootOfPlatform(name, '1.0.0')).toBe(roots[0]?.text)
    expect(rootOfPlatform(name, '1.99.0')).toBe(roots.at(-1)?.text)
  })
})
