import { builtinsOf, type Expression, ExpressionError, parseExpression, TooDeep } from './expression.ts'
import type { Invalid } from './invalid.ts'
import { invalid } from './invalid.ts'
import { regexpError } from './regexp.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'

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

export const UNKNOWN: Type = { kind: 'unknown' }
const NIL: Type = { kind: 'nil' }
export const BOOL: Type = { kind: 'bool' }
export const INT: Type = { kind: 'int' }
export const FLOAT: Type = { kind: 'float' }
export const STRING: Type = { kind: 'string' }
const TIME: Type = { kind: 'time' }
const DURATION: Type = { kind: 'duration' }
const MAP: Type = { kind: 'map' }
const ARRAY: Type = { kind: 'array', element: UNKNOWN }
const STRINGS: Type = { kind: 'array', element: STRING }

/** A function of the environment. */
export const functionType = (parameters: readonly Type[], result: Type): Type => ({
  kind: 'function',
  parameters,
  result,
})

/** The names that an expression may use. */
export type Environment = ReadonlyMap<string, Type>

/**
 * `expr.Compile` of github.com/expr-lang/expr with these names: the type of the expression, or what is wrong with it. Syntax, names,
 * numbers of arguments and types are checked as its checker does; what is only known to that extent is taken for right.
 */
export function compileExpression(text: string, environment: Environment, release: Release): Type | Invalid {
  try {
    return new Checker(environment, release).type(parseExpression(text, release))
  } catch (error) {
    if (error instanceof ExpressionError) return invalid(error.message)
    if (error instanceof TooDeep) return UNKNOWN
    throw error
  }
}

const isUnknown = ({ kind }: Type): boolean => kind === 'unknown' || kind === 'reference'
const isNumber = ({ kind }: Type): boolean => kind === 'int' || kind === 'float'
const isArray = ({ kind }: Type): boolean => kind === 'array' || kind === 'bytes'

const NAMES: Readonly<Record<Type['kind'], string>> = {
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
function isComparable(left: Type, right: Type): boolean {
  const kinds = [left.kind, right.kind]
  if (isUnknown(left) || isUnknown(right) || kinds.includes('nil')) return true
  if (isNumber(left) && isNumber(right)) return true
  if (isArray(left) && isArray(right)) return true
  return left.kind === right.kind
}

const DEEPEST = 500

class Checker {
  readonly #environment: Environment
  readonly #builtins: ReadonlySet<string>
  readonly #variables: { name: string; type: Type }[] = []
  /** The collections that the predicates around walk through. */
  readonly #collections: { element: Type; names: readonly string[] }[] = []
  /** Before 1.11.3 what `in` compares was not looked at. */
  readonly #isStrict: boolean
  readonly #release: Release
  #depth = 0

  constructor(environment: Environment, release: Release) {
    this.#environment = environment
    this.#builtins = builtinsOf(release)
    this.#isStrict = isSince(release, '1.11.3')
    this.#release = release
  }

  type(node: Expression): Type {
    if (++this.#depth > DEEPEST) throw new TooDeep()
    const type = this.#typeOf(node)
    this.#depth--
    return type
  }

  #typeOf(node: Expression): Type {
    switch (node.op) {
      case 'nil':
        return NIL
      case 'bool':
      case 'int':
      case 'float':
      case 'bytes':
        return { kind: node.op }
      case 'string':
        return STRING
      case 'name':
        return this.#name(node.name)
      case 'unary':
        return this.#unary(node.operator, this.type(node.node))
      case 'binary':
        return this.#binary(node)
      case 'member':
        return this.#member(node)
      case 'slice':
        return this.#slice(node)
      case 'call':
        return this.#call(node)
      case 'builtin':
        return this.#builtin(node.name, node.args)
      case 'pointer':
        return this.#pointer(node.name)
      case 'let':
        return this.#let(node)
      case 'sequence':
        return node.nodes.map((each) => this.type(each)).at(-1) ?? UNKNOWN
      case 'conditional':
        return this.#conditional(node)
      case 'array': {
        const types = node.nodes.map((each) => this.type(each))
        const [first] = types
        const isUniform = first !== undefined && types.every(({ kind }) => kind === first.kind)
        return { kind: 'array', element: isUniform ? first : UNKNOWN }
      }
      case 'map':
        for (const value of node.values) this.type(value)
        return MAP
    }
  }

  #name(name: string): Type {
    const variable = this.#variables.findLast((each) => each.name === name)
    if (variable !== undefined) return variable.type
    if (name === '$env' && this.#isStrict) return UNKNOWN
    const known = this.#environment.get(name)
    if (known !== undefined) return known
    if (this.#builtins.has(name)) return { kind: 'builtin', name }
    throw new ExpressionError(`unknown name ${name}`)
  }

  #unary(operator: string, type: Type): Type {
    if (operator === '!' || operator === 'not') {
      if (type.kind === 'bool' || isUnknown(type)) return BOOL
    } else if (isNumber(type) || isUnknown(type)) return type
    throw new ExpressionError(`invalid operation: ${operator} (mismatched type ${NAMES[type.kind]})`)
  }

  #binary({ operator, left, right }: Expression & { op: 'binary' }): Type {
    const l = this.type(left)
    const r = this.type(right)
    if (operator === 'matches' && right.op === 'string') {
      const error = regexpError(right.value)
      if (error !== null) throw new ExpressionError(error)
    }
    if (operator === '%' && left.op === 'int' && right.op === 'int' && right.value === 0n) {
      throw new ExpressionError('integer divide by zero')
    }
    // A duration was a number like any other.
    const isOldDuration = (l.kind === 'duration' || r.kind === 'duration') && !isSince(this.#release, '1.12.1')
    const asNumber = (type: Type): Type => (isOldDuration && type.kind === 'duration' ? UNKNOWN : type)
    const type = operator === 'in' ? this.#in(l, r) : typeOfOperation(operator, asNumber(l), asNumber(r))
    if (type !== null) return type
    throw new ExpressionError(`invalid operation: ${operator} (mismatched types ${NAMES[l.kind]} and ${NAMES[r.kind]})`)
  }

  #in(left: Type, right: Type): Type | null {
    if (right.kind === 'map') {
      if (this.#isStrict && !isUnknown(left) && left.kind !== 'string') {
        throw new ExpressionError(`cannot use ${NAMES[left.kind]} as type string in map key`)
      }
      return BOOL
    }
    if (isArray(right)) {
      const element = right.kind === 'array' ? right.element : INT
      if (this.#isStrict && !isComparable(left, element)) {
        throw new ExpressionError(`cannot use ${NAMES[left.kind]} as type ${NAMES[element.kind]} in array`)
      }
      return BOOL
    }
    return isUnknown(right) || right.kind === 'location' || (isUnknown(left) && right.kind === 'string') ? BOOL : null
  }

  #member({ node, property, isOptional, isMethod }: Expression & { op: 'member' }): Type {
    const name = property.op === 'string' ? property.value : null
    if (node.op === 'name' && node.name === '$env' && this.#isStrict) {
      const known = name === null ? UNKNOWN : this.#environment.get(name)
      if (known === undefined && !isOptional) throw new ExpressionError(`unknown name ${name}`)
      return known ?? UNKNOWN
    }
    const base = this.type(node)
    const key = this.type(property)
    switch (base.kind) {
      case 'unknown':
      // What times and durations can do is not written down here.
      case 'time':
      case 'duration':
      case 'location':
        return UNKNOWN
      case 'map':
        if (key.kind === 'string' || isUnknown(key)) return UNKNOWN
        throw new ExpressionError(`cannot use ${NAMES[key.kind]} to get an element from ${NAMES.map}`)
      case 'array':
      case 'bytes':
        if (key.kind !== 'int' && !isUnknown(key)) {
          throw new ExpressionError(`array elements can only be selected using an integer (got ${NAMES[key.kind]})`)
        }
        return base.kind === 'array' ? base.element : INT
      default:
        throw new ExpressionError(
          name === null
            ? `type ${NAMES[base.kind]}[${NAMES[key.kind]}] is undefined`
            : `type ${NAMES[base.kind]} has no ${isMethod ? 'method' : 'field'} ${name}`,
        )
    }
  }

  #slice({ node, bounds }: Expression & { op: 'slice' }): Type {
    const type = this.type(node)
    if (type.kind === 'unknown') return UNKNOWN
    if (type.kind !== 'string' && !isArray(type)) throw new ExpressionError(`cannot slice ${NAMES[type.kind]}`)
    for (const bound of bounds) {
      const { kind } = this.type(bound)
      if (kind !== 'int' && kind !== 'unknown') throw new ExpressionError(`non-integer slice index ${NAMES[kind]}`)
    }
    return type
  }

  #call({ callee, args }: Expression & { op: 'call' }): Type {
    if (callee.op === 'name' && callee.name === '$env') throw new ExpressionError('the environment is not callable')
    const type = this.type(callee)
    const name = callee.op === 'name' ? callee.name : 'function'
    switch (type.kind) {
      case 'unknown':
        return UNKNOWN
      case 'function':
        return this.#overload(name, [type], this.#types(args))
      case 'builtin':
        return UNKNOWN
      case 'nil':
        throw new ExpressionError(`${name} is nil; cannot call nil as function`)
      default:
        throw new ExpressionError(`${NAMES[type.kind]} is not callable`)
    }
  }

  #types(args: readonly Expression[]): Type[] {
    return args.map((each) => this.type(each))
  }

  /** Checker.checkArguments: the first signature that takes the arguments. */
  #overload(name: string, signatures: readonly (Type & { kind: 'function' })[], args: readonly Type[]): Type {
    let message = ''
    for (const { parameters, result } of signatures) {
      if (args.length === parameters.length) {
        const wrong = args.findIndex((arg, at) => !isArgument(arg, parameters[at] as Type, this.#release))
        if (wrong < 0) return result
        const [given, wanted] = [args[wrong] as Type, parameters[wrong] as Type]
        message = `cannot use ${NAMES[given.kind]} as argument (type ${NAMES[wanted.kind]}) to call ${name}`
      } else message = `${args.length > parameters.length ? 'too many' : 'not enough'} arguments to call ${name}`
    }
    throw new ExpressionError(message)
  }

  #builtin(name: string, args: readonly Expression[]): Type {
    if (Object.hasOwn(COLLECTION_FUNCTIONS, name)) return this.#collectionFunction(name, args)
    const types = this.#types(args)
    const signatures = SIGNATURES[name]
    if (signatures !== undefined) return this.#overload(name, signatures, types)
    return validated(name, types)
  }

  /** Checker.builtinNode: the functions that walk through an array with a predicate. */
  #collectionFunction(name: string, args: readonly Expression[]): Type {
    const [first, predicate, third] = args
    if (first === undefined) return UNKNOWN
    const collection = this.type(first)
    if (!isArray(collection) && !isUnknown(collection)) {
      throw new ExpressionError(`builtin ${name} takes only array (got ${NAMES[collection.kind]})`)
    }
    const element = collection.kind === 'array' ? collection.element : UNKNOWN
    let result = element
    if (predicate !== undefined) {
      this.#collections.push({ element, names: name === 'map' ? ['index'] : name === 'reduce' ? ['index', 'acc'] : [] })
      result = this.type(predicate)
      this.#collections.pop()
      const asks = COLLECTION_FUNCTIONS[name] === 'condition'
      if (asks && result.kind !== 'bool' && !isUnknown(result)) {
        throw new ExpressionError(`predicate should return boolean (got ${NAMES[result.kind]})`)
      }
    }
    if (third !== undefined) {
      const order = this.type(third)
      if (name === 'sortBy' && order.kind !== 'string' && !isUnknown(order)) {
        throw new ExpressionError(`sortBy order argument must be a string (got ${NAMES[order.kind]})`)
      }
    }
    switch (name) {
      case 'all':
      case 'none':
      case 'any':
      case 'one':
        return BOOL
      case 'count':
      case 'findIndex':
      case 'findLastIndex':
        return INT
      case 'filter':
        return { kind: 'array', element }
      case 'map':
        return { kind: 'array', element: result }
      case 'find':
      case 'findLast':
        return element
      case 'sortBy':
        return collection
      case 'groupBy':
        return UNKNOWN
      default:
        return result
    }
  }

  #pointer(name: string): Type {
    const scope = this.#collections.at(-1)
    if (scope === undefined) throw new ExpressionError('cannot use pointer accessor outside predicate')
    if (name === '') return scope.element
    if (!scope.names.includes(name)) throw new ExpressionError(`unknown pointer #${name}`)
    return name === 'index' ? INT : UNKNOWN
  }

  #let({ name, value, body }: Expression & { op: 'let' }): Type {
    const isTaken = this.#environment.has(name) || this.#builtins.has(name)
    if (isTaken || this.#variables.some((variable) => variable.name === name)) {
      throw new ExpressionError(`cannot redeclare ${name}`)
    }
    this.#variables.push({ name, type: this.type(value) })
    const type = this.type(body)
    this.#variables.pop()
    return type
  }

  #conditional(node: Expression & { op: 'conditional' }): Type {
    const condition = this.type(node.condition)
    if (condition.kind !== 'bool' && !isUnknown(condition)) {
      throw new ExpressionError(`non-bool expression (type ${NAMES[condition.kind]}) used as condition`)
    }
    const then = this.type(node.then)
    const other = this.type(node.else)
    if (then.kind === 'nil') return other
    if (other.kind === 'nil' || then.kind === other.kind) return then
    return UNKNOWN
  }
}

/** Checker.binaryNode for all operators but `in`; null where the types do not go together. */
function typeOfOperation(operator: string, l: Type, r: Type): Type | null {
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

/** Checker.checkArguments for one of them: `nil` was taken for anything before 1.12.1, a whole number before 1.11.0. */
function isArgument(given: Type, wanted: Type, release: Release): boolean {
  if (given.kind === 'unknown' || isUnknown(wanted)) return true
  if (given.kind === 'nil') return !isSince(release, '1.12.1')
  if (given.kind === 'int' && (wanted.kind === 'float' || !isSince(release, '1.11.0'))) return true
  // An array of known elements is []any to the library, but for what its own functions return.
  return given.kind === wanted.kind || (isArray(given) && isArray(wanted))
}

const COLLECTION_FUNCTIONS: Readonly<Record<string, 'condition' | 'value'>> = {
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
const SIGNATURES: Readonly<Record<string, readonly Signature[]>> = {
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
function validated(name: string, args: readonly Type[]): Type {
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
