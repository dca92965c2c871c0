import { describe, expect, it } from 'vitest'
import type { Invalid } from '../../src/values/invalid.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import {
  parseBoolean,
  parseFloating,
  parseInteger,
  parsePort,
  parseSigned,
  parseUnsigned,
} from '../../src/values/number.ts'
import type { Answer } from './recorded.ts'
import { agreesWithGo } from './recorded.ts'

type Base = 0 | 10 | 16
type Bits = 8 | 16 | 32 | 64

const answer = (value: bigint | boolean | Invalid): Answer => (isInvalid(value) ? value : { value: value.toString() })

describe('integers', () => {
  agreesWithGo('strconv.ParseInt', (text, base, bits) => {
    return answer(parseSigned(text, Number(base) as Base, Number(bits) as Bits))
  })
  agreesWithGo('strconv.ParseUint', (text, base, bits) => {
    return answer(parseUnsigned(text, Number(base) as Base, Number(bits) as Bits))
  })
  agreesWithGo('strconv.Atoi', (text) => {
    const value = parseInteger(text)
    if (isInvalid(value)) return value
    // Beyond 2^53 the nearest number is what we promise.
    const exact = parseSigned(text, 10, 64)
    expect(value).toBe(Number(exact))
    return answer(exact)
  })
})

describe('parseBoolean', () => {
  agreesWithGo('strconv.ParseBool', (text) => answer(parseBoolean(text)))
})

describe('parseFloating', () => {
  agreesWithGo('strconv.ParseFloat', (text, bits) => {
    const value = parseFloating(text, bits === '32' ? 32 : 64)
    return isInvalid(value) ? value : { value: goFloat(value, bits === '32') }
  })

  /** Go's 'e' format with the fewest digits. */
  function goFloat(value: number, single: boolean): string {
    const number = single ? Math.fround(value) : value
    if (Number.isNaN(number)) return 'NaN'
    if (!Number.isFinite(number)) return number > 0 ? '+Inf' : '-Inf'
    const text = (Object.is(number, -0) ? '-' : '') + number.toExponential()
    return text.replace(/e([+-])(\d)$/, 'e$10$2')
  }
})

describe('parsePort', () => {
  it('takes what Go reads as a number from 0 to 65535', () => {
    expect(['0', '53', '+53', '0053', '65535'].map(parsePort)).toEqual([0, 53, 53, 53, 65535])
    expect(['', '-1', '65536', 'http', '53 '].map(parsePort)).toEqual(new Array(5).fill(undefined))
  })
})
