import type { Invalid } from './invalid.ts'
import { invalid, isInvalid } from './invalid.ts'
import { parseInteger } from './number.ts'

/** A span of time in nanoseconds, within the 64 bits of Go's `time.Duration`. */
export type Duration = bigint

/** Nanoseconds of each unit that Go knows; both micro signs (U+00B5, U+03BC) count. */
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

const LIMIT = 1n << 63n

/**
 * Go's `time.ParseDuration`: a signed sequence of decimal numbers with units (`1h30m`, `-1.5h`, `.5s`), or a plain `0`.
 * A number without a unit, white space, an unknown unit and more than 2^63 ns are `Invalid`.
 */
export function parseDuration(text: string): Duration | Invalid {
  const refused = invalid(`time: invalid duration ${quoteBytes(text)}`)
  let rest = text
  let negative = false
  if (rest.startsWith('-') || rest.startsWith('+')) {
    negative = rest.startsWith('-')
    rest = rest.slice(1)
  }
  if (rest === '0') return 0n
  if (rest === '') return refused

  let total = 0n
  let at = 0
  while (at < rest.length) {
    const number = /([0-9]*)(?:\.([0-9]*))?/y
    number.lastIndex = at
    const [written = '', whole = '', fraction = ''] = number.exec(rest) ?? []
    if (whole === '' && fraction === '') return refused
    at += written.length
    const value = bounded(whole)
    if (value === undefined) return refused

    const unitPattern = /[^.0-9]*/y
    unitPattern.lastIndex = at
    const unitName = unitPattern.exec(rest)?.[0] ?? ''
    if (unitName === '') return invalid(`time: missing unit in duration ${quoteBytes(text)}`)
    at += unitName.length
    const unit = UNITS.get(unitName)
    if (unit === undefined) {
      return invalid(`time: unknown unit ${quoteBytes(unitName)} in duration ${quoteBytes(text)}`)
    }
    if (value > LIMIT / unit) return refused
    total += value * unit + fractionOf(fraction, unit)
    if (total > LIMIT) return refused
  }
  if (negative) return -total
  return total > LIMIT - 1n ? refused : total
}

/** The digits as a number, or nothing when they exceed 2^63 (Go's `leadingInt`). */
function bounded(digits: string): bigint | undefined {
  const significant = digits.replace(/^0+/, '')
  if (significant.length > 19) return undefined
  const value = BigInt(significant === '' ? 0 : significant)
  return value > LIMIT ? undefined : value
}

/** What the digits after the point add to a number of this unit, rounded as Go does (in float64, digits past 2^63 dropped). */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n
  let scale = 1
  for (const digit of digits) {
    if (value > (LIMIT - 1n) / 10n) break
    const next = value * 10n + BigInt(digit)
    if (next > LIMIT) break
    value = next
    scale *= 10
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (Number(unit) / scale)))
}

/** The quoting of package time, which escapes every byte outside of printable ASCII. */
function quoteBytes(text: string): string {
  let quoted = '"'
  for (const character of text) {
    if (character === '"' || character === '\\') quoted += `\\${character}`
    else if (character >= ' ' && character < '\x80') quoted += character
    else quoted += encodeURIComponent(character.toWellFormed()).replaceAll('%', '\\x').toLowerCase()
  }
  return `${quoted}"`
}

/** Go's `time.Duration.String`: `1h30m0s`, `1.5s`, `100ms`, `0s`. */
export function formatDuration(duration: Duration): string {
  if (duration === 0n) return '0s'
  const sign = duration < 0n ? '-' : ''
  const span = duration < 0n ? -duration : duration
  if (span < 1_000n) return `${sign}${span}ns`
  if (span < 1_000_000n) return `${sign}${decimal(span, 3)}µs`
  if (span < 1_000_000_000n) return `${sign}${decimal(span, 6)}ms`
  const minutes = span / 60_000_000_000n
  const seconds = `${decimal(span % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return `${sign}${seconds}`
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`
}

/** `value` divided by 10^places, without trailing zeros. */
function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`)
}

/** The span in seconds, as a number that is exact for every whole number of milliseconds that matters here. */
export function toSeconds(duration: Duration): number {
  return Number(duration / 1_000_000n) / 1_000 + Number(duration % 1_000_000n) / 1e9
}

/** plugin/pkg/durations `NewDurationFromArg`: as `parseDuration`, but a whole number without a unit is seconds. */
export function parseDurationOrSeconds(text: string): Duration | Invalid {
  const word = isInvalid(parseInteger(text)) ? text : `${text}s`
  const duration = parseDuration(word)
  return isInvalid(duration) ? invalid(`failed to parse duration '${word}'`) : duration
}
