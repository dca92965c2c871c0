import type { Value } from './go-template-value.ts'
import { quote } from './text.ts'

/** A value as a template writes it (fmt `%v`). */
export function printed(value: Value): string {
  if (value === undefined) return '<no value>'
  if (value === null) return '<nil>'
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(printed).join(' ')}]`
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<string, Value>)].sort(([one], [other]) => (one < other ? -1 : 1))
    return `map[${entries.map(([key, each]) => `${key}:${printed(each)}`).join(' ')}]`
  }
  if (typeof value === 'number') return floatText(value)
  return typeof value === 'object' ? '{}' : String(value)
}

function floatText(value: number): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)))
  if (exponent >= -4 && exponent < 21) return String(value)
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

const VERB = /%([-+# 0]*)(\d*)(?:\.(\d*))?(.)/gsu

/** Go's `fmt.Sprintf` with the verbs for texts, numbers and truths. */
export function printfText(format: string, args: readonly Value[]): string {
  let used = 0
  const text = format.replace(VERB, (_, flags: string, width: string, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    if (used >= args.length) return `%!${verb}(MISSING)`
    const value = args[used++]
    return padded(verbText(verb, value, flags, precision), flags, Math.min(Number(width), 1000))
  })
  if (used >= args.length) return text
  return `${text}%!(EXTRA ${args
    .slice(used)
    .map((value) => `${typeName(value)}=${printed(value)}`)
    .join(', ')})`
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width)
  if (!flags.includes('0')) return text.padStart(width)
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

const BASES: Readonly<Record<string, number>> = { d: 10, x: 16, X: 16, o: 8, b: 2 }

function verbText(verb: string, value: Value, flags: string, precision: string | undefined): string {
  const wrong = () => `%!${verb}(${typeName(value)}=${printed(value)})`
  if (verb === 'v') return printed(value)
  if (verb === 'T') return typeName(value)
  if (verb === 't') return typeof value === 'boolean' ? String(value) : wrong()
  if (typeof value === 'string') {
    if (verb === 's') return precision === undefined ? value : [...value].slice(0, Number(precision)).join('')
    if (verb === 'q') return quote(value)
    if (verb === 'x' || verb === 'X') {
      const hex = [...value].map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0')).join('')
      return verb === 'X' ? hex.toUpperCase() : hex
    }
    return wrong()
  }
  if (typeof value === 'bigint') {
    const base = BASES[verb]
    if (base !== undefined) {
      const digits = value.toString(base)
      const signed = flags.includes('+') && value >= 0n ? `+${digits}` : digits
      return verb === 'X' ? signed.toUpperCase() : signed
    }
    return verb === 'c' ? String.fromCodePoint(Number(value)) : wrong()
  }
  if (typeof value === 'number' && (verb === 'f' || verb === 'F')) return value.toFixed(Number(precision ?? 6))
  return wrong()
}

function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float64'
    case 'boolean':
      return 'bool'
    default:
      return value === null || value === undefined ? '<nil>' : Array.isArray(value) ? '[]string' : 'map[string]string'
  }
}
