import { describe, expect, it } from 'vitest'
import {
  isSinceOpenShift,
  NEWEST_OPENSHIFT,
  OPENSHIFT_FIELD_SINCE,
  OPENSHIFT_RELEASES,
  openShiftOf,
} from '../../grammar/openshift.ts'
import { isRelease } from '../../grammar/releases.ts'

describe('releases of OpenShift', () => {
  it('are in order, each with a CoreDNS that there is', () => {
    for (const [at, release] of OPENSHIFT_RELEASES.entries()) {
      expect(isSinceOpenShift(NEWEST_OPENSHIFT, release)).toBe(true)
      expect(isSinceOpenShift(OPENSHIFT_RELEASES[at - 1] ?? '4.2', release)).toBe(false)
      const found = openShiftOf(release)
      expect('release' in found && isRelease(found.release)).toBe(true)
    }
    for (const since of Object.values(OPENSHIFT_FIELD_SINCE)) expect(OPENSHIFT_RELEASES).toContain(since)
  })

  it.each([
    ['4.18', '4.18'],
    ['v4.18', '4.18'],
    ['4.18.12', '4.18'],
    ['4.20.0-rc.3', '4.20'],
    ['4.1', null],
    ['3.11', null],
    ['418', null],
    ['', null],
  ])('%j is %s', (text, openshift) => {
    const found = openShiftOf(text)
    expect('openshift' in found ? found.openshift : null).toBe(openshift)
  })
})
