import { type Expression, parseExpression, TooDeep } from './expression.ts'
import { builtinsOf, COLLECTION_FUNCTIONS, isArgument, SIGNATURES, validated } from './expression-builtins.ts'
import { ExpressionError } from './expression-tokens.ts'
import {
  BOOL,
  type Environment,
  INT,
  isArray,
  isComparable,
  isNumber,
  isUnknown,
  MAP,
  NAMES,
  NIL,
  STRING,
  type Type,
  typeOfOperation,
  UNKNOWN,
} from './expression-types.ts'
import type { Invalid } from './invalid.ts'
import { invalid } from './invalid.ts'
import { regexpError } from './regexp.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'

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
