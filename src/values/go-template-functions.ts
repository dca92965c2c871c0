import { printed } from './go-template-print.ts'
import { isTrue, TemplateFailure, TemplateUnclear, type Value } from './go-template-value.ts'
import { isInvalid } from './invalid.ts'
import { parseUnsigned } from './number.ts'
import { byteLength } from './text.ts'

type Printf = (format: string, args: readonly Value[]) => string

/** Calls a function of text/template (funcs.go) or `parseInt` of plugin/template; `and` and `or` are none of these. */
export function callFunction(name: string, args: readonly Value[], printf: Printf): Value {
  const [first] = args
  switch (name) {
    case 'not':
      expectCount(name, args, 1, 1)
      return !isTrue(first)
    case 'eq':
      expectCount(name, args, 2)
      return args.slice(1).some((other) => isEqual(first, other))
    case 'ne':
      expectCount(name, args, 2, 2)
      return !isEqual(first, args[1])
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      expectCount(name, args, 2, 2)
      return ordered(name, first, args[1])
    case 'len':
      expectCount(name, args, 1, 1)
      return lengthOf(first)
    case 'index':
      return args.slice(1).reduce<Value>(elementOf, first)
    case 'slice':
      return sliceOf(first, args.slice(1))
    case 'print':
      return printTogether(args)
    case 'println':
      return `${args.map(printed).join(' ')}\n`
    case 'printf':
      if (typeof first !== 'string') throw new TemplateFailure('printf needs a format')
      return printf(first, args.slice(1))
    case 'html':
      return escaped(printTogether(args), HTML)
    case 'js':
      return escaped(printTogether(args), JS)
    case 'urlquery':
      return encodeURIComponent(printTogether(args))
        .replace(/%20/g, '+')
        .replace(/[!'()*]/g, percentOf)
    case 'parseInt':
      return parsedInteger(args)
    default:
      throw new TemplateUnclear(`what the function ${name} gives is not known`)
  }
}

function expectCount(name: string, args: readonly Value[], least: number, most = Number.POSITIVE_INFINITY): void {
  if (args.length < least || args.length > most) throw new TemplateFailure(`wrong number of args for ${name}`)
}

function kindOf(value: Value): string {
  if (value === null || value === undefined) return 'nil'
  return typeof value
}

function isEqual(one: Value, other: Value): boolean {
  const kinds = [kindOf(one), kindOf(other)]
  if (kinds.includes('object')) throw new TemplateFailure('non-comparable type')
  if (kinds.includes('nil')) return kinds[0] === kinds[1]
  if (kinds[0] !== kinds[1]) throw new TemplateFailure('incompatible types for comparison')
  return one === other
}

function ordered(name: string, one: Value, other: Value): boolean {
  const kind = kindOf(one)
  if (kind !== kindOf(other)) throw new TemplateFailure('incompatible types for comparison')
  if (kind !== 'string' && kind !== 'bigint' && kind !== 'number')
    throw new TemplateFailure('invalid type for comparison')
  const [a, b] = [one as string, other as string]
  if (name === 'lt') return a < b
  if (name === 'le') return a <= b
  return name === 'gt' ? a > b : a >= b
}

function lengthOf(value: Value): bigint {
  if (typeof value === 'string') return BigInt(byteLength(value))
  if (Array.isArray(value)) return BigInt(value.length)
  if (value instanceof Map) return BigInt(value.size)
  throw new TemplateFailure('len of a value that has none')
}

function elementOf(value: Value, key: Value): Value {
  if (value instanceof Map) {
    if (typeof key !== 'string') throw new TemplateFailure('the key of a map is a text')
    return (value as ReadonlyMap<string, Value>).get(key) ?? ''
  }
  if (typeof key !== 'bigint') throw new TemplateFailure('cannot index with that')
  if (Array.isArray(value)) {
    if (key < 0n || key >= BigInt(value.length)) throw new TemplateFailure(`index out of range: ${key}`)
    return (value as readonly Value[])[Number(key)]
  }
  if (typeof value === 'string') {
    const bytes = bytesOf(value)
    if (key < 0n || key >= BigInt(bytes.length)) throw new TemplateFailure(`index out of range: ${key}`)
    return BigInt(bytes.charCodeAt(Number(key)))
  }
  throw new TemplateFailure('cannot index that')
}

function sliceOf(value: Value, bounds: readonly Value[]): Value {
  const numbers = bounds.map((bound) => {
    if (typeof bound !== 'bigint') throw new TemplateFailure('cannot slice with that')
    return Number(bound)
  })
  const isText = typeof value === 'string'
  if (!isText && !Array.isArray(value)) throw new TemplateFailure("can't slice that")
  const whole: string | readonly Value[] = isText ? bytesOf(value) : (value as readonly Value[])
  const [from = 0, to = whole.length] = numbers
  if (numbers.length > (isText ? 2 : 3) || from < 0 || to > whole.length || from > to)
    throw new TemplateFailure('slice out of range')
  return whole.slice(from, to)
}

/** A text whose characters are bytes; names and what is made of them is nothing else. */
function bytesOf(text: string): string {
  if (byteLength(text) !== text.length) throw new TemplateUnclear('the bytes of a text beyond ASCII are not looked at')
  return text
}

/** fmt.Sprint: a blank between two values that are no texts. */
function printTogether(args: readonly Value[]): string {
  return args.reduce<string>((text, value, at) => {
    const isApart = at > 0 && typeof value !== 'string' && typeof args[at - 1] !== 'string'
    return `${text}${isApart ? ' ' : ''}${printed(value)}`
  }, '')
}

const HTML = { "'": '&#39;', '"': '&#34;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\uFFFD' }
const JS = { '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D' }

function escaped(text: string, signs: Readonly<Record<string, string>>): string {
  return text.replace(/./gsu, (sign) => signs[sign] ?? sign)
}

function percentOf(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
}

/** strconv.ParseUint. */
function parsedInteger(args: readonly Value[]): bigint {
  const [text, base, bits] = args
  if (args.length !== 3 || typeof text !== 'string' || typeof base !== 'bigint' || typeof bits !== 'bigint') {
    throw new TemplateFailure('wrong arguments for parseInt')
  }
  const radix = Number(base)
  if (radix === 0 || radix === 10 || radix === 16) {
    const read = parseUnsigned(text, radix, 64)
    if (isInvalid(read)) throw new TemplateFailure(read.error)
    if (bits > 0n && bits < 64n && read >= 1n << bits) throw new TemplateFailure('value out of range')
    return read
  }
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix)
  if (
    radix < 2 ||
    radix > 36 ||
    text === '' ||
    text.length > 64 ||
    [...text.toLowerCase()].some((digit) => !digits.includes(digit))
  ) {
    throw new TemplateFailure('invalid syntax')
  }
  const value = [...text.toLowerCase()].reduce((sum, digit) => sum * BigInt(radix) + BigInt(digits.indexOf(digit)), 0n)
  if (value >= 1n << (bits <= 0n || bits > 64n ? 64n : bits)) throw new TemplateFailure('value out of range')
  return value
}
