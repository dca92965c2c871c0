import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration, parseDurationOrSeconds, toSeconds } from '../../src/values/duration.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { agreesAtEveryRelease, agreesWithGo } from './recorded.ts'

describe('parseDuration and formatDuration', () => {
  agreesWithGo('time.ParseDuration', (text) => {
    const duration = parseDuration(text)
    return isInvalid(duration) ? duration : { value: [duration.toString(), formatDuration(duration)] }
  })

  it('keeps Go’s words for a number without a unit', () => {
    expect(parseDuration('30')).toEqual({ error: 'time: missing unit in duration "30"' })
  })

  it('reads a long duration in linear time', () => {
    const text = '1ns'.repeat(200_000)
    expect(parseDuration(text)).toBe(200_000n)
  })
})

describe('parseDurationOrSeconds', () => {
  agreesAtEveryRelease('durations.NewDurationFromArg', (_, text) => {
    const duration = parseDurationOrSeconds(text)
    return isInvalid(duration) ? duration : { value: formatDuration(duration) }
  })
})

describe('toSeconds', () => {
  it('is exact for milliseconds', () => {
    expect(toSeconds(1_500_000_000n)).toBe(1.5)
    expect(toSeconds(-250_000_000n)).toBe(-0.25)
  })
})
