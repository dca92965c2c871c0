import { type Expression, parseExpression, TooDeep } from './expression.ts'
import { ExpressionError } from './expression-tokens.ts'
import { isInvalid } from './invalid.ts'
import { compileRegexp } from './re2.ts'
import type { Release } from './release.ts'
import { toLower, toUpper } from './text.ts'

/** Stands for a value that nobody knows; functions may tell such values apart by identity. */
export class UnknownValue {
  /** What it is the value of. */
  readonly of: string

  constructor(of: string) {
    this.of = of
  }
}

/** Any value that nobody knows. */
export const UNKNOWN_VALUE = new UnknownValue('something')

/** A value of an expression: a `bigint` is Go's int, a `number` its float64. */
export type Value = string | boolean | bigint | number | null | readonly Value[] | UnknownValue

/** The functions that an expression may call, by name. They throw an ExpressionError where Go returns an error. */
export type Functions = Readonly<Record<string, (...args: readonly Value[]) => Value>>

/** An expression that was read once and gives its value for any functions, and for the values of names where it may use some. */
export type RunnableExpression = (functions: Functions, names?: ReadonlyMap<string, Value>) => Value

/**
 * Reads an expression of github.com/expr-lang/expr. What the library knows and this does not (maps, dates, predicates and most of its own
 * functions) is unknown, and so is what depends on something unknown. To read it and to run it throw an ExpressionError where the library
 * fails.
 */
export function runnableExpression(text: string, release: Release): RunnableExpression {
  try {
    const tree = parseExpression(text, release)
    return (functions, names) => new Run(functions, names).value(tree)
  } catch (error) {
    if (error instanceof TooDeep) return () => UNKNOWN_VALUE
    throw error
  }
}

function isUnknown(value: Value): value is UnknownValue {
  return value instanceof UnknownValue
}

class Run {
  readonly #functions: Functions
  readonly #names: Map<string, Value>

  constructor(functions: Functions, names: ReadonlyMap<string, Value> = new Map()) {
    this.#functions = functions
    this.#names = new Map(names)
  }

  value(node: Expression): Value {
    switch (node.op) {
      case 'nil':
        return null
      case 'bool':
      case 'float':
      case 'int':
      case 'string':
        return node.value
      case 'array':
        return node.nodes.map((each) => this.value(each))
      case 'name':
        return this.#names.get(node.name) ?? UNKNOWN_VALUE
      case 'let':
        this.#names.set(node.name, this.value(node.value))
        return this.value(node.body)
      case 'sequence':
        return node.nodes.map((each) => this.value(each)).at(-1) ?? null
      case 'conditional': {
        const condition = this.value(node.condition)
        if (isUnknown(condition)) return UNKNOWN_VALUE
        return this.value(condition === true ? node.then : node.else)
      }
      case 'unary':
        return unary(node.operator, this.value(node.node))
      case 'binary':
        return this.#binary(node)
      case 'call':
        return this.#call(node)
      case 'builtin':
        return builtin(
          node.name,
          node.args.map((each) => this.value(each)),
        )
      default:
        return UNKNOWN_VALUE
    }
  }

  #call({ callee, args }: Expression & { op: 'call' }): Value {
    const own =
      callee.op === 'name' && Object.hasOwn(this.#functions, callee.name) ? this.#functions[callee.name] : undefined
    return own === undefined ? UNKNOWN_VALUE : own(...args.map((each) => this.value(each)))
  }

  #binary({ operator, left, right }: Expression & { op: 'binary' }): Value {
    const a = this.value(left)
    switch (operator) {
      case 'and':
      case '&&':
        return a === false ? false : both(a, this.value(right))
      case 'or':
      case '||':
        return a === true ? true : either(a, this.value(right))
      case '??':
        return a === null ? this.value(right) : a
    }
    const b = this.value(right)
    if (isUnknown(a) || isUnknown(b)) return UNKNOWN_VALUE
    return operate(operator, a, b)
  }
}

function both(a: Value, b: Value): Value {
  if (b === false) return false
  return isUnknown(a) || isUnknown(b) ? UNKNOWN_VALUE : a === true && b === true
}

function either(a: Value, b: Value): Value {
  if (b === true) return true
  return isUnknown(a) || isUnknown(b) ? UNKNOWN_VALUE : false
}

function unary(operator: string, value: Value): Value {
  if (isUnknown(value)) return UNKNOWN_VALUE
  if (operator === 'not' || operator === '!') {
    if (typeof value !== 'boolean') throw new ExpressionError('not of something that is no condition')
    return !value
  }
  if (typeof value !== 'bigint' && typeof value !== 'number')
    throw new ExpressionError('sign of something that is no number')
  return operator === '-' ? -value : value
}

type Known = Exclude<Value, UnknownValue>

function operate(operator: string, a: Known, b: Known): Value {
  switch (operator) {
    case '==':
      return same(a, b)
    case '!=': {
      const equal = same(a, b)
      return isUnknown(equal) ? equal : !equal
    }
    case 'in': {
      if (!Array.isArray(b)) throw new ExpressionError('in of something that is no list')
      const found = (b as readonly Value[]).map((each) => (isUnknown(each) ? each : same(a, each)))
      return found.includes(true) ? true : found.some(isUnknown) ? UNKNOWN_VALUE : false
    }
    case 'matches': {
      const expression = compileRegexp(text(b))
      if (isInvalid(expression)) throw new ExpressionError(expression.error)
      return expression.matches(text(a))
    }
    case 'contains':
      return text(a).includes(text(b))
    case 'startsWith':
      return text(a).startsWith(text(b))
    case 'endsWith':
      return text(a).endsWith(text(b))
    case '<':
      return ordered(a, b, (order) => order < 0)
    case '<=':
      return ordered(a, b, (order) => order <= 0)
    case '>':
      return ordered(a, b, (order) => order > 0)
    case '>=':
      return ordered(a, b, (order) => order >= 0)
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b
      return arithmetic(
        a,
        b,
        (x, y) => x + y,
        (x, y) => x + y,
      )
    case '-':
      return arithmetic(
        a,
        b,
        (x, y) => x - y,
        (x, y) => x - y,
      )
    case '*':
      return arithmetic(
        a,
        b,
        (x, y) => x * y,
        (x, y) => x * y,
      )
    case '%':
      if (typeof a !== 'bigint' || typeof b !== 'bigint' || b === 0n)
        throw new ExpressionError('integer divide by zero')
      return a % b
    case '/':
      return Number(a) / Number(b)
    default:
      return UNKNOWN_VALUE
  }
}

function same(a: Known, b: Known): Value {
  if (Array.isArray(a) || Array.isArray(b)) return UNKNOWN_VALUE
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b)
  return a === b
}

function isNumber(value: Known): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number'
}

function text(value: Known): string {
  if (typeof value !== 'string') throw new ExpressionError('something that is no text')
  return value
}

/** Go compares texts by their bytes, which is by their characters' numbers. */
function ordered(a: Known, b: Known, test: (order: number) => boolean): boolean {
  if (isNumber(a) && isNumber(b)) return test(Number(a) - Number(b))
  const [x, y] = [[...text(a)], [...text(b)]]
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    const order = (x[at]?.codePointAt(0) ?? 0) - (y[at]?.codePointAt(0) ?? 0)
    if (order !== 0) return test(order)
  }
  return test(x.length - y.length)
}

function arithmetic(
  a: Known,
  b: Known,
  integers: (a: bigint, b: bigint) => bigint,
  floats: (a: number, b: number) => number,
): Value {
  if (!isNumber(a) || !isNumber(b)) throw new ExpressionError('arithmetic of something that is no number')
  if (typeof a === 'bigint' && typeof b === 'bigint') return BigInt.asIntN(64, integers(a, b))
  return floats(Number(a), Number(b))
}

/** The functions of the library that expressions about queries use. */
/** `int`: of a text by Go's strconv.Atoi. */
function wholeNumber(value: Value | undefined): Value {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(Math.trunc(value))
  if (typeof value !== 'string') return UNKNOWN_VALUE
  if (!/^[+-]?\d{1,18}$/.test(value)) throw new ExpressionError(`invalid operation: int(${value})`)
  return BigInt(value)
}

function builtin(name: string, args: readonly Value[]): Value {
  const [first, second] = args
  if (args.some(isUnknown)) return UNKNOWN_VALUE
  if (name === 'len' && Array.isArray(first)) return BigInt(first.length)
  if (name === 'int' && args.length === 1) return wholeNumber(first)
  if (name === 'string' && args.length === 1 && typeof first === 'bigint') return String(first)
  if (typeof first !== 'string') return UNKNOWN_VALUE
  if (args.length === 1) {
    switch (name) {
      case 'len':
        return BigInt([...first].length)
      case 'lower':
        return toLower(first)
      case 'upper':
        return toUpper(first)
      case 'string':
        return first
      case 'trim':
        return first.trim()
    }
  }
  if (args.length !== 2 || typeof second !== 'string') return UNKNOWN_VALUE
  switch (name) {
    case 'hasPrefix':
      return first.startsWith(second)
    case 'hasSuffix':
      return first.endsWith(second)
    case 'trimPrefix':
      return first.startsWith(second) ? first.slice(second.length) : first
    case 'trimSuffix':
      return first.endsWith(second) ? first.slice(0, first.length - second.length) : first
    case 'split':
      return first.split(second)
    default:
      return UNKNOWN_VALUE
  }
}
