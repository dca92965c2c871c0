import { ExpressionError } from './expression-tokens.ts'
import {
  ARRAY,
  BOOL,
  DURATION,
  FLOAT,
  INT,
  isArray,
  isUnknown,
  NAMES,
  STRING,
  STRINGS,
  TIME,
  type Type,
  UNKNOWN,
} from './expression-types.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'

/** Functions that take a predicate, and which of their arguments must, may, or may not be there. */
export const PREDICATES: Readonly<Record<string, readonly ('value' | 'predicate' | 'predicate?' | 'value?')[]>> = {
  all: ['value', 'predicate'],
  none: ['value', 'predicate'],
  any: ['value', 'predicate'],
  one: ['value', 'predicate'],
  filter: ['value', 'predicate'],
  map: ['value', 'predicate'],
  count: ['value', 'predicate?'],
  sum: ['value', 'predicate?'],
  find: ['value', 'predicate'],
  findIndex: ['value', 'predicate'],
  findLast: ['value', 'predicate'],
  findLastIndex: ['value', 'predicate'],
  groupBy: ['value', 'predicate'],
  sortBy: ['value', 'predicate', 'value?'],
  reduce: ['value', 'predicate', 'value?'],
}

const OLD_PREDICATES = ['all', 'none', 'any', 'one', 'filter', 'map', 'count']

const PLAIN_BUILTINS =
  'len type abs ceil floor round int float string trim trimPrefix trimSuffix upper lower split splitAfter replace repeat join ' +
  'indexOf lastIndexOf hasPrefix hasSuffix max min mean median toJSON fromJSON toBase64 fromBase64 now duration date timezone ' +
  'first last get take keys values toPairs fromPairs reverse uniq concat flatten sort bitand bitor bitxor bitnand bitshl bitshr ' +
  'bitushr bitnot'

const NEW_BUILTINS: Readonly<Record<string, Release>> = { uniq: '1.12.1', flatten: '1.12.1' }

/** The functions that the library of a release has itself (builtin.Index), those with a predicate too. */
export function builtinsOf(release: Release): ReadonlySet<string> {
  if (!isSince(release, '1.11.3')) return new Set([...OLD_PREDICATES, 'len', 'abs', 'int', 'float'])
  const names = [...Object.keys(PREDICATES), ...PLAIN_BUILTINS.split(' ')]
  return new Set(names.filter((name) => NEW_BUILTINS[name] === undefined || isSince(release, NEW_BUILTINS[name])))
}

/** Checker.checkArguments for one of them: `nil` was taken for anything before 1.12.1, a whole number before 1.11.0. */
export function isArgument(given: Type, wanted: Type, release: Release): boolean {
  if (given.kind === 'unknown' || isUnknown(wanted)) return true
  if (given.kind === 'nil') return !isSince(release, '1.12.1')
  if (given.kind === 'int' && (wanted.kind === 'float' || !isSince(release, '1.11.0'))) return true
  // An array of known elements is []any to the library, but for what its own functions return.
  return given.kind === wanted.kind || (isArray(given) && isArray(wanted))
}

/** The functions that walk through an array, and whether their predicate must be a condition. */
export const COLLECTION_FUNCTIONS: Readonly<Record<string, 'condition' | 'value'>> = {
  all: 'condition',
  none: 'condition',
  any: 'condition',
  one: 'condition',
  filter: 'condition',
  count: 'condition',
  find: 'condition',
  findIndex: 'condition',
  findLast: 'condition',
  findLastIndex: 'condition',
  map: 'value',
  sum: 'value',
  groupBy: 'value',
  sortBy: 'value',
  reduce: 'value',
}

type Signature = Type & { readonly kind: 'function' }
const takes =
  (...parameters: readonly Type[]) =>
  (result: Type): Signature => ({ kind: 'function', parameters, result })

/** The library's functions with fixed signatures (builtin.Builtins). */
export const SIGNATURES: Readonly<Record<string, readonly Signature[]>> = {
  type: [takes(UNKNOWN)(STRING)],
  string: [takes(UNKNOWN)(STRING)],
  trim: [takes(STRING)(STRING), takes(STRING, STRING)(STRING)],
  trimPrefix: [takes(STRING, STRING)(STRING), takes(STRING)(STRING)],
  trimSuffix: [takes(STRING, STRING)(STRING), takes(STRING)(STRING)],
  upper: [takes(STRING)(STRING)],
  lower: [takes(STRING)(STRING)],
  split: [takes(STRING, STRING)(STRINGS), takes(STRING, STRING, INT)(STRINGS)],
  splitAfter: [takes(STRING, STRING)(STRINGS), takes(STRING, STRING, INT)(STRINGS)],
  replace: [takes(STRING, STRING, STRING, INT)(STRING), takes(STRING, STRING, STRING)(STRING)],
  repeat: [takes(STRING, INT)(STRING)],
  join: [takes(ARRAY, STRING)(STRING), takes(ARRAY)(STRING)],
  indexOf: [takes(STRING, STRING)(INT)],
  lastIndexOf: [takes(STRING, STRING)(INT)],
  hasPrefix: [takes(STRING, STRING)(BOOL)],
  hasSuffix: [takes(STRING, STRING)(BOOL)],
  toJSON: [takes(UNKNOWN)(STRING)],
  fromJSON: [takes(STRING)(UNKNOWN)],
  toBase64: [takes(STRING)(STRING)],
  fromBase64: [takes(STRING)(STRING)],
  duration: [takes(STRING)(DURATION)],
  timezone: [takes(STRING)({ kind: 'location' })],
  sort: [takes(ARRAY, STRING)(ARRAY), takes(ARRAY)(ARRAY)],
  bitand: [takes(INT, INT)(INT)],
  bitor: [takes(INT, INT)(INT)],
  bitxor: [takes(INT, INT)(INT)],
  bitnand: [takes(INT, INT)(INT)],
  bitshl: [takes(INT, INT)(INT)],
  bitshr: [takes(INT, INT)(INT)],
  bitushr: [takes(INT, INT)(INT)],
  bitnot: [takes(INT)(INT)],
}

/** The library's functions that look at their arguments themselves (Function.Validate). */
export function validated(name: string, args: readonly Type[]): Type {
  const [first, second] = args
  const exactly = (count: number): void => {
    if (args.length !== count) {
      throw new ExpressionError(`invalid number of arguments (expected ${count}, got ${args.length})`)
    }
  }
  const kindOf = (type: Type | undefined, ...kinds: readonly Type['kind'][]): void => {
    if (type === undefined || isUnknown(type) || kinds.includes(type.kind)) return
    throw new ExpressionError(`invalid argument for ${name} (type ${NAMES[type.kind]})`)
  }
  switch (name) {
    case 'len':
      exactly(1)
      kindOf(first, 'array', 'bytes', 'map', 'string')
      return INT
    case 'abs':
      exactly(1)
      kindOf(first, 'int', 'float', 'duration')
      return first ?? UNKNOWN
    case 'ceil':
    case 'floor':
    case 'round':
      exactly(1)
      kindOf(first, 'int', 'float', 'duration')
      return FLOAT
    case 'int':
    case 'float':
      exactly(1)
      kindOf(first, 'int', 'float', 'duration', 'string')
      return { kind: name }
    case 'max':
    case 'min':
    case 'mean':
    case 'median':
      if (first === undefined) throw new ExpressionError(`not enough arguments to call ${name}`)
      for (const each of args) {
        if (isUnknown(each) || isArray(each)) return UNKNOWN
        kindOf(each, 'int', 'float', 'duration')
      }
      return first
    case 'now':
      if (args.length > 1 || (first !== undefined && first.kind !== 'location')) exactly(0)
      return TIME
    case 'date':
      if (first === undefined) exactly(1)
      if (args.length > (first?.kind === 'location' ? 4 : 3)) exactly(3)
      return TIME
    case 'first':
    case 'last':
      exactly(1)
      kindOf(first, 'array', 'bytes')
      return UNKNOWN
    case 'get':
      exactly(2)
      return UNKNOWN
    case 'take':
      exactly(2)
      kindOf(first, 'array', 'bytes')
      kindOf(second, 'int', 'duration')
      return first ?? UNKNOWN
    case 'keys':
    case 'values':
    case 'toPairs':
      exactly(1)
      kindOf(first, 'map')
      return ARRAY
    case 'fromPairs':
    case 'reverse':
    case 'uniq':
    case 'flatten':
      exactly(1)
      kindOf(first, 'array', 'bytes')
      return name === 'fromPairs' ? UNKNOWN : ARRAY
    case 'concat':
      if (first === undefined) throw new ExpressionError('invalid number of arguments (expected at least 1, got 0)')
      for (const each of args) kindOf(each, 'array', 'bytes')
      return ARRAY
    default:
      return UNKNOWN
  }
}
