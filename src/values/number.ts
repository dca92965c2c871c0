import type { Invalid } from './invalid.ts'
import { invalid, isInvalid } from './invalid.ts'
import { quote } from './text.ts'

type Fault = 'invalid syntax' | 'value out of range'

const fault = (reader: string, text: string, why: Fault) => invalid(`strconv.${reader}: parsing ${quote(text)}: ${why}`)

/** Go's `strconv.Atoi`: an optional sign and decimal digits, within 64 bits; beyond 2^53 the number is the nearest one. */
export function parseInteger(text: string): number | Invalid {
  const value = readSigned(text, 10, 64)
  return typeof value === 'bigint' ? Number(value) : fault('Atoi', text, value)
}

/**
 * Go's `strconv.ParseInt(text, base, bits)`: a signed number that fits `bits`.
 * Base 0 reads the prefixes 0x, 0o, 0b and 0 and lets underscores separate digits.
 */
export function parseSigned(text: string, base: 0 | 10 | 16, bits: 8 | 16 | 32 | 64): bigint | Invalid {
  const value = readSigned(text, base, bits)
  return typeof value === 'bigint' ? value : fault('ParseInt', text, value)
}

/** Go's `strconv.ParseUint(text, base, bits)`: no sign at all; base 0 as in `parseSigned`. */
export function parseUnsigned(text: string, base: 0 | 10 | 16, bits: 8 | 16 | 32 | 64): bigint | Invalid {
  const value = readUnsigned(text, base, bits)
  return typeof value === 'bigint' ? value : fault('ParseUint', text, value)
}

/** Go's `strconv.ParseBool`: 1, t, T, TRUE, true, True, 0, f, F, FALSE, false, False and nothing else. */
export function parseBoolean(text: string): boolean | Invalid {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true
  if (/^(?:0|f|F|false|FALSE|False)$/.test(text)) return false
  return fault('ParseBool', text, 'invalid syntax')
}

/**
 * Go's `strconv.ParseFloat(text, bits)`: decimal or hexadecimal (`0x1p-2`), `inf`, `infinity` and `nan` in any case.
 * The value is the nearest float64, also for 32 bits, where only the range differs.
 */
export function parseFloating(text: string, bits: 32 | 64): number | Invalid {
  const value = readFloating(text)
  if (value === undefined) return fault('ParseFloat', text, 'invalid syntax')
  const fits = Number.isFinite(bits === 32 ? Math.fround(value) : value)
  if (!fits && !/^[+-]?(?:inf|infinity|nan)$/i.test(text)) return fault('ParseFloat', text, 'value out of range')
  return value
}

function readSigned(text: string, base: 0 | 10 | 16, bits: number): bigint | Fault {
  const negative = text.startsWith('-')
  const value = readUnsigned(negative || text.startsWith('+') ? text.slice(1) : text, base, bits)
  if (typeof value !== 'bigint') return value
  const limit = 1n << BigInt(bits - 1)
  if (negative) return value > limit ? 'value out of range' : -value
  return value >= limit ? 'value out of range' : value
}

/** What is wrong is told in reading order, as Go does: `300x` does not fit 8 bits before it is found to be no number. */
function readUnsigned(text: string, base: 0 | 10 | 16, bits: number): bigint | Fault {
  if (text === '') return 'invalid syntax'
  let digits = text
  let radix: number = base
  if (base === 0) {
    const prefix = /^0[bBoOxX](?=.)/s.exec(text)?.[0]
    radix = prefix === undefined ? (text.startsWith('0') ? 8 : 10) : prefix.length === 2 ? radixOf(prefix) : 10
    digits = prefix === undefined ? (radix === 8 ? text.slice(1) : text) : text.slice(2)
  }
  const limit = 1n << BigInt(bits)
  const wide = BigInt(radix)
  let value = 0n
  for (const character of digits) {
    if (character === '_' && base === 0) continue
    const digit = /^[0-9a-zA-Z]$/.test(character) ? Number.parseInt(character, 36) : radix
    if (digit >= radix) return 'invalid syntax'
    value = value * wide + BigInt(digit)
    if (value >= limit) return 'value out of range'
  }
  return text.includes('_') && !underscoresSeparateDigits(text) ? 'invalid syntax' : value
}

function radixOf(prefix: string): number {
  const letter = prefix.charAt(1).toLowerCase()
  return letter === 'x' ? 16 : letter === 'o' ? 8 : 2
}

/** Go's rule: an underscore stands between digits or between a base prefix and a digit. */
function underscoresSeparateDigits(text: string): boolean {
  const unsigned = text.replace(/^[+-]/, '')
  const prefix = /^0[bBoOxX]/.exec(unsigned)?.[0] ?? ''
  // The prefix counts as a digit for the underscore that may follow it.
  const number = (prefix === '' ? '' : '0') + unsigned.slice(prefix.length)
  const digit = /^0[xX]$/.test(prefix) ? '[0-9a-fA-F]' : '[0-9]'
  return !new RegExp(`(?<!${digit})_|_(?!${digit})`).test(number)
}

function readFloating(text: string): number | undefined {
  const special = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text)
  if (special !== null) {
    if (special[2] === undefined) return special[1] === '' ? Number.NaN : undefined
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  if (text.includes('_') && !underscoresSeparateDigits(text)) return undefined
  const plain = text.replaceAll('_', '')
  if (/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(plain)) return Number(plain)
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/.exec(plain)
  if (hex === null) return undefined
  const [, sign, whole = '', fraction = '', exponent = ''] = hex
  if (whole === '' && fraction === '') return undefined
  // Digits past the 40th are below the precision of any float64 and only lengthen the number.
  const digits = (whole + fraction).replace(/^0+/, '')
  const dropped = Math.max(0, digits.length - 40)
  const mantissa = Number(BigInt(`0x0${digits.slice(0, 40)}`))
  const power = Number(exponent) + 4 * (dropped - fraction.length)
  const value = mantissa === 0 ? 0 : scale(mantissa, power)
  return sign === '-' ? -value : value
}

/** `mantissa` * 2^power in two steps, so that a huge mantissa and a tiny power meet in the middle. */
function scale(mantissa: number, power: number): number {
  const half = Math.trunc(power / 2)
  return mantissa * 2 ** half * 2 ** (power - half)
}

/** The number when the word is a decimal port 0 to 65535, otherwise nothing; leading zeros and a plus sign count, as in Go. */
export function parsePort(text: string): number | undefined {
  const value = parseInteger(text)
  return isInvalid(value) || value < 0 || value > 65535 ? undefined : value
}
