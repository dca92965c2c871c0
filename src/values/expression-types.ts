import { ExpressionError } from './expression-tokens.ts'

/**
 * What the library knows of a value before it runs: `unknown` may be anything, and so may `reference`, a variable of the environment
 * whose type is not known, but it has no fields and is no argument where a type is asked for.
 */
export type Type =
  | {
      readonly kind:
        | 'unknown'
        | 'reference'
        | 'nil'
        | 'bool'
        | 'int'
        | 'float'
        | 'string'
        | 'bytes'
        | 'time'
        | 'duration'
        | 'location'
        | 'map'
    }
  | { readonly kind: 'array'; readonly element: Type }
  | { readonly kind: 'function'; readonly parameters: readonly Type[]; readonly result: Type }
  /** A function of the library itself. */
  | { readonly kind: 'builtin'; readonly name: string }

/** What may be anything. */
export const UNKNOWN: Type = { kind: 'unknown' }
/** The type of `nil`. */
export const NIL: Type = { kind: 'nil' }
/** Go's bool. */
export const BOOL: Type = { kind: 'bool' }
/** Go's int. */
export const INT: Type = { kind: 'int' }
/** Go's float64. */
export const FLOAT: Type = { kind: 'float' }
/** Go's string. */
export const STRING: Type = { kind: 'string' }
/** Go's time.Time. */
export const TIME: Type = { kind: 'time' }
/** Go's time.Duration. */
export const DURATION: Type = { kind: 'duration' }
/** A map from strings to anything. */
export const MAP: Type = { kind: 'map' }
/** An array of anything. */
export const ARRAY: Type = { kind: 'array', element: UNKNOWN }
/** An array of strings. */
export const STRINGS: Type = { kind: 'array', element: STRING }

/** A function of the environment. */
export const functionType = (parameters: readonly Type[], result: Type): Type => ({
  kind: 'function',
  parameters,
  result,
})

/** The names that an expression may use. */
export type Environment = ReadonlyMap<string, Type>

/** True for what may be anything, a variable of unknown type too. */
export const isUnknown = ({ kind }: Type): boolean => kind === 'unknown' || kind === 'reference'
/** True for whole numbers and floats; a duration is none. */
export const isNumber = ({ kind }: Type): boolean => kind === 'int' || kind === 'float'
/** True for arrays, of bytes too. */
export const isArray = ({ kind }: Type): boolean => kind === 'array' || kind === 'bytes'

/** How the library's errors name a type. */
export const NAMES: Readonly<Record<Type['kind'], string>> = {
  unknown: 'unknown',
  reference: '*interface {}',
  nil: 'nil',
  bool: 'bool',
  int: 'int',
  float: 'float64',
  string: 'string',
  bytes: '[]uint8',
  time: 'time.Time',
  duration: 'time.Duration',
  location: '*time.Location',
  map: 'map[string]interface {}',
  array: '[]interface {}',
  function: 'func',
  builtin: 'func',
}

/** One is of the kinds and the other unknown, or both unknown (Nature.MaybeCompatible). */
function maybe(left: Type, right: Type, ...kinds: readonly Type['kind'][]): boolean {
  const fits = (type: Type): boolean => isUnknown(type) || kinds.includes(type.kind)
  return (isUnknown(left) || isUnknown(right)) && fits(left) && fits(right)
}

/** Nature.ComparableTo. */
export function isComparable(left: Type, right: Type): boolean {
  const kinds = [left.kind, right.kind]
  if (isUnknown(left) || isUnknown(right) || kinds.includes('nil')) return true
  if (isNumber(left) && isNumber(right)) return true
  if (isArray(left) && isArray(right)) return true
  return left.kind === right.kind
}

/** Checker.binaryNode for all operators but `in`; null where the types do not go together. */
export function typeOfOperation(operator: string, l: Type, r: Type): Type | null {
  const both = (kind: Type['kind']): boolean => l.kind === kind && r.kind === kind
  const numbers = isNumber(l) && isNumber(r)
  const promoted = l.kind === 'float' || r.kind === 'float' ? FLOAT : INT
  const pair = `${l.kind} ${r.kind}`
  switch (operator) {
    case '==':
    case '!=':
      return isComparable(l, r) ? BOOL : null
    case 'or':
    case '||':
    case 'and':
    case '&&':
      return both('bool') || maybe(l, r, 'bool') ? BOOL : null
    case '<':
    case '>':
    case '>=':
    case '<=': {
      const ordered = numbers || both('string') || both('time') || both('duration')
      return ordered || maybe(l, r, 'int', 'float', 'string', 'time', 'duration') ? BOOL : null
    }
    case '-':
      if (numbers) return promoted
      if (both('time') || both('duration')) return DURATION
      if (pair === 'time duration') return TIME
      return maybe(l, r, 'int', 'float', 'time', 'duration') ? UNKNOWN : null
    case '*':
      if (numbers) return promoted
      if (both('duration') || (isNumber(l) && r.kind === 'duration') || (l.kind === 'duration' && isNumber(r)))
        return DURATION
      return maybe(l, r, 'int', 'float', 'duration') ? UNKNOWN : null
    case '/':
    case '**':
    case '^':
      return numbers || maybe(l, r, 'int', 'float') ? FLOAT : null
    case '%':
      return both('int') || maybe(l, r, 'int') ? INT : null
    case '+':
      if (numbers) return promoted
      if (both('string')) return STRING
      if (pair === 'time duration' || pair === 'duration time') return TIME
      if (both('duration')) return DURATION
      return maybe(l, r, 'int', 'float', 'string', 'time', 'duration') ? UNKNOWN : null
    case 'matches':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      if (operator === 'matches' && l.kind === 'bytes' && r.kind === 'string') return BOOL
      return both('string') || maybe(l, r, 'string') ? BOOL : null
    case '..':
      return both('int') || maybe(l, r, 'int') ? { kind: 'array', element: INT } : null
    case '??':
      if (l.kind === 'nil') return r
      return r.kind === 'nil' || l.kind === r.kind ? l : UNKNOWN
    default:
      throw new ExpressionError(`unknown operator (${operator})`)
  }
}
