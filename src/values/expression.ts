import { builtinsOf, PREDICATES } from './expression-builtins.ts'
import { ExpressionError, scanExpression, type Token } from './expression-tokens.ts'
import { isInvalid } from './invalid.ts'
import { parseFloating, parseSigned } from './number.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'

/** An expression of github.com/expr-lang/expr as a tree. */
export type Expression =
  | { readonly op: 'nil' | 'bytes' }
  | { readonly op: 'bool'; readonly value: boolean }
  | { readonly op: 'float'; readonly value: number }
  | { readonly op: 'int'; readonly value: bigint }
  | { readonly op: 'string'; readonly value: string }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'unary'; readonly operator: string; readonly node: Expression }
  | { readonly op: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly op: 'member'
      readonly node: Expression
      readonly property: Expression
      readonly isOptional: boolean
      readonly isMethod: boolean
    }
  | { readonly op: 'slice'; readonly node: Expression; readonly bounds: readonly Expression[] }
  | { readonly op: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
  | { readonly op: 'builtin'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly op: 'pointer'; readonly name: string }
  | { readonly op: 'let'; readonly name: string; readonly value: Expression; readonly body: Expression }
  | { readonly op: 'sequence'; readonly nodes: readonly Expression[] }
  | { readonly op: 'conditional'; readonly condition: Expression; readonly then: Expression; readonly else: Expression }
  | { readonly op: 'array'; readonly nodes: readonly Expression[] }
  | { readonly op: 'map'; readonly values: readonly Expression[] }

/** The expression nests deeper than we follow, which says nothing about it. */
export class TooDeep extends Error {}

const DEEPEST = 500
const MOST_NODES = 10_000

/** True where the library reads the word as the name of a variable, not as a literal or an operator. */
export function isExpressionName(word: string, release: Release): boolean {
  try {
    const tree = parseExpression(word, release)
    return tree.op === 'name' && tree.name === word
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof TooDeep) return false
    throw error
  }
}

const PRECEDENCE: Readonly<Record<string, number>> = {
  '|': 0,
  or: 10,
  '||': 10,
  and: 15,
  '&&': 15,
  '==': 20,
  '!=': 20,
  '<': 20,
  '>': 20,
  '>=': 20,
  '<=': 20,
  in: 20,
  matches: 20,
  contains: 20,
  startsWith: 20,
  endsWith: 20,
  '..': 25,
  '+': 30,
  '-': 30,
  '*': 60,
  '/': 60,
  '%': 60,
  '**': 100,
  '^': 100,
  '??': 500,
}
const UNARY: Readonly<Record<string, number>> = { not: 50, '!': 50, '-': 90, '+': 90 }
const NEGATABLE = new Set(['contains', 'matches', 'startsWith', 'endsWith', 'in'])
const COMPARISONS = new Set(['<', '>', '>=', '<='])

/** The library's parser as the release has it. Throws an ExpressionError, or TooDeep. */
export function parseExpression(text: string, release: Release): Expression {
  return new Parser(text, release).read()
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #builtins: ReadonlySet<string>
  readonly #hasPipes: boolean
  readonly #hasSequences: boolean
  #at = 0
  #predicates = 0
  #depth = 0
  #nodes = 0

  constructor(text: string, release: Release) {
    this.#tokens = scanExpression(text, release)
    this.#builtins = builtinsOf(release)
    this.#hasPipes = isSince(release, '1.11.3')
    this.#hasSequences = isSince(release, '1.12.1')
  }

  read(): Expression {
    const node = this.#sequence()
    if (this.#token.kind !== 'end') this.#unexpected()
    return node
  }

  get #token(): Token {
    return this.#tokens[this.#at] as Token
  }

  #is(kind: Token['kind'], text: string): boolean {
    return this.#token.kind === kind && this.#token.text === text
  }

  #next(): Token {
    const token = this.#token
    if (token.kind === 'end') throw new ExpressionError('unexpected end of expression')
    this.#at++
    return token
  }

  #expect(kind: Token['kind'], text?: string): Token {
    if (this.#token.kind !== kind || (text !== undefined && this.#token.text !== text)) this.#unexpected()
    return this.#next()
  }

  #unexpected(): never {
    const { kind, text } = this.#token
    throw new ExpressionError(kind === 'end' ? 'unexpected end of expression' : `unexpected token ${text}`)
  }

  #node(node: Expression): Expression {
    if (++this.#nodes > MOST_NODES && this.#hasSequences) {
      throw new ExpressionError('expression exceeds maximum allowed nodes')
    }
    return node
  }

  #sequence(): Expression {
    const first = this.#expression(0)
    const nodes = [first]
    while (this.#hasSequences && this.#is('operator', ';')) {
      this.#next()
      if (this.#token.kind === 'end') break
      nodes.push(this.#expression(0))
    }
    return nodes.length === 1 ? first : this.#node({ op: 'sequence', nodes })
  }

  #expression(precedence: number): Expression {
    if (++this.#depth > DEEPEST) throw new TooDeep()
    const node = this.#expressionInside(precedence)
    this.#depth--
    return node
  }

  #expressionInside(precedence: number): Expression {
    if (precedence === 0 && this.#is('operator', 'let')) return this.#declaration()
    if (precedence === 0 && this.#is('operator', 'if')) return this.#ifElse()
    let left = this.#primary()
    let previous = ''
    while (this.#token.kind === 'operator') {
      const start = this.#at
      const isNegated = this.#is('operator', 'not')
      if (isNegated) {
        this.#next()
        if (this.#hasPipes && !NEGATABLE.has(this.#token.text)) this.#unexpected()
      }
      const operator = this.#token.text
      const own = Object.hasOwn(PRECEDENCE, operator) ? (PRECEDENCE[operator] as number) : -1
      if (own < precedence || (operator === '|' && !this.#hasPipes)) {
        this.#at = start
        break
      }
      this.#next()
      if (operator === '|') {
        left = this.#call(this.#expect('name').text, [left])
      } else {
        if (previous === '??' && operator !== '??') {
          throw new ExpressionError(`Operator (${operator}) and coalesce expressions (??) cannot be mixed`)
        }
        left =
          COMPARISONS.has(operator) && this.#hasPipes
            ? this.#comparison(left, operator, own)
            : this.#binary(left, operator, own)
        if (isNegated) left = this.#node({ op: 'unary', operator: 'not', node: left })
      }
      previous = operator
    }
    return precedence === 0 ? this.#conditional(left) : left
  }

  #binary(left: Expression, operator: string, precedence: number): Expression {
    const isRight = operator === '**' || operator === '^'
    const right = this.#expression(isRight ? precedence : precedence + 1)
    return this.#node({ op: 'binary', operator, left, right })
  }

  /** `1 < a < 3` is `1 < a && a < 3`. */
  #comparison(left: Expression, operator: string, precedence: number): Expression {
    let compared = left
    let sign = operator
    let root: Expression | null = null
    while (true) {
      const right = this.#expression(precedence + 1)
      const node = this.#node({ op: 'binary', operator: sign, left: compared, right })
      root = root === null ? node : this.#node({ op: 'binary', operator: '&&', left: root, right: node })
      compared = right
      if (this.#token.kind !== 'operator' || !COMPARISONS.has(this.#token.text)) return root
      sign = this.#next().text
    }
  }

  #declaration(): Expression {
    this.#next()
    const name = this.#expect('name').text
    this.#expect('operator', '=')
    const value = this.#expression(0)
    this.#expect('operator', ';')
    return this.#node({ op: 'let', name, value, body: this.#sequence() })
  }

  #ifElse(): Expression {
    this.#next()
    const condition = this.#expression(0)
    const branch = (): Expression => {
      this.#expect('bracket', '{')
      const node = this.#sequence()
      this.#expect('bracket', '}')
      return node
    }
    const then = branch()
    this.#expect('operator', 'else')
    return { op: 'conditional', condition, then, else: this.#is('operator', 'if') ? this.#ifElse() : branch() }
  }

  #conditional(node: Expression): Expression {
    let result = node
    while (this.#is('operator', '?')) {
      this.#next()
      let then = result
      if (!this.#is('operator', ':')) then = this.#expression(0)
      this.#expect('operator', ':')
      result = this.#node({ op: 'conditional', condition: result, then, else: this.#expression(0) })
    }
    return result
  }

  #primary(): Expression {
    const { kind, text } = this.#token
    if (kind === 'operator' && Object.hasOwn(UNARY, text)) {
      this.#next()
      const node = this.#expression(UNARY[text] as number)
      return this.#postfix(this.#node({ op: 'unary', operator: text, node }))
    }
    if (this.#is('bracket', '(')) {
      this.#next()
      const node = this.#sequence()
      this.#expect('bracket', ')')
      return this.#postfix(node)
    }
    if (this.#predicates > 0 && kind === 'operator' && (text === '#' || text === '.')) {
      let name = ''
      if (text === '#') {
        this.#next()
        if (this.#token.kind === 'name' && this.#hasPipes) name = this.#next().text
      }
      return this.#postfix(this.#node({ op: 'pointer', name }))
    }
    if (this.#is('operator', '::') && this.#hasPipes) {
      this.#next()
      return this.#postfix(this.#call(this.#expect('name').text, []))
    }
    return this.#secondary()
  }

  #secondary(): Expression {
    const { kind, text } = this.#token
    switch (kind) {
      case 'name':
        this.#next()
        if (text === 'true' || text === 'false') return this.#node({ op: 'bool', value: text === 'true' })
        if (text === 'nil') return this.#node({ op: 'nil' })
        return this.#postfix(this.#is('bracket', '(') ? this.#call(text, []) : this.#node({ op: 'name', name: text }))
      case 'number':
        this.#next()
        return this.#node(numberOf(text.replaceAll('_', ''), this.#hasPipes))
      case 'string':
        this.#next()
        return this.#postfix(this.#node({ op: 'string', value: text }))
      case 'bytes':
        this.#next()
        return this.#postfix(this.#node({ op: 'bytes' }))
      case 'bracket':
        if (text === '[') return this.#postfix(this.#array())
        if (text === '{') return this.#postfix(this.#map())
        break
    }
    return this.#unexpected()
  }

  /** A call by name; `piped` is what stands before the pipe. */
  #call(name: string, piped: readonly Expression[]): Expression {
    const predicate = Object.hasOwn(PREDICATES, name) && this.#builtins.has(name) ? PREDICATES[name] : undefined
    if (predicate !== undefined) return this.#predicateCall(name, predicate, piped)
    const args = this.#arguments(piped)
    // `type` is taken from the library, and the environment's own is called.
    if (this.#builtins.has(name) && name !== 'type') return this.#node({ op: 'builtin', name, args })
    return this.#node({ op: 'call', callee: this.#node({ op: 'name', name }), args })
  }

  #predicateCall(
    name: string,
    kinds: readonly ('value' | 'predicate' | 'predicate?' | 'value?')[],
    piped: readonly Expression[],
  ): Expression {
    const args = [...piped]
    this.#expect('bracket', '(')
    for (const [at, kind] of kinds.slice(piped.length).entries()) {
      if (this.#is('bracket', ')')) {
        if (kind.endsWith('?') && this.#hasPipes) break
        throw new ExpressionError(`expected at least ${kinds.length} arguments`)
      }
      if (at > 0) this.#expect('operator', ',')
      args.push(kind.startsWith('value') ? this.#expression(0) : this.#predicate())
    }
    if (this.#is('operator', ',') && this.#hasSequences) this.#next()
    this.#expect('bracket', ')')
    return this.#node({ op: 'builtin', name, args })
  }

  #predicate(): Expression {
    const isWrapped = this.#is('bracket', '{')
    if (isWrapped) this.#next()
    this.#predicates++
    const node = isWrapped ? this.#sequence() : this.#expression(0)
    this.#predicates--
    if (isWrapped) this.#expect('bracket', '}')
    else if (this.#is('operator', ';')) throw new ExpressionError('wrap predicate with brackets { and }')
    return node
  }

  #arguments(piped: readonly Expression[]): Expression[] {
    this.#expect('bracket', '(')
    return [...piped, ...this.#list(')', this.#hasSequences)]
  }

  #array(): Expression {
    this.#next()
    return this.#node({ op: 'array', nodes: this.#list(']', true) })
  }

  /** Expressions between commas up to a bracket, which is read too. */
  #list(closing: string, mayEndWithComma: boolean): Expression[] {
    const nodes: Expression[] = []
    while (!this.#is('bracket', closing)) {
      if (nodes.length > 0) this.#expect('operator', ',')
      if (nodes.length > 0 && mayEndWithComma && this.#is('bracket', closing)) break
      nodes.push(this.#expression(0))
    }
    this.#next()
    return nodes
  }

  #map(): Expression {
    this.#next()
    const values: Expression[] = []
    while (!this.#is('bracket', '}')) {
      if (values.length > 0) {
        this.#expect('operator', ',')
        if (this.#is('bracket', '}')) break
      }
      const { kind } = this.#token
      if (kind === 'number' || kind === 'string' || kind === 'name') this.#next()
      else if (this.#is('bracket', '(')) values.push(this.#expression(0))
      else
        throw new ExpressionError(
          'a map key must be a quoted string, a number, a identifier, or an expression in parentheses',
        )
      this.#expect('operator', ':')
      values.push(this.#expression(0))
    }
    this.#next()
    return this.#node({ op: 'map', values })
  }

  #postfix(start: Expression): Expression {
    let node = start
    while (this.#token.kind === 'operator' || this.#token.kind === 'bracket') {
      const { text } = this.#token
      if (text === '[') node = this.#index(node, false)
      else if (text === '.' || text === '?.') {
        this.#next()
        if (text === '?.' && this.#is('bracket', '[')) {
          node = this.#index(node, true)
          continue
        }
        const { kind, text: name } = this.#next()
        if (kind !== 'name' && !(kind === 'operator' && /^[a-z]+$/i.test(name)))
          throw new ExpressionError('expected name')
        const isMethod = this.#is('bracket', '(')
        const property = this.#node({ op: 'string', value: name })
        node = this.#node({ op: 'member', node, property, isOptional: text === '?.', isMethod })
        if (isMethod) node = this.#node({ op: 'call', callee: node, args: this.#arguments([]) })
      } else break
    }
    return node
  }

  #index(node: Expression, isOptional: boolean): Expression {
    this.#next()
    const bounds: Expression[] = []
    if (!this.#is('operator', ':')) bounds.push(this.#expression(0))
    if (!this.#is('operator', ':')) {
      this.#expect('bracket', ']')
      return this.#node({ op: 'member', node, property: bounds[0] as Expression, isOptional, isMethod: false })
    }
    this.#next()
    if (!this.#is('bracket', ']')) bounds.push(this.#expression(0))
    this.#expect('bracket', ']')
    return this.#node({ op: 'slice', node, bounds })
  }
}

function numberOf(text: string, hasAllBases: boolean): Expression {
  const hasBase = (hasAllBases ? /^0[xbo]/i : /^0x/).test(text)
  if (hasBase || !/[.eE]/.test(text)) {
    const value = parseSigned(text, hasBase ? 0 : 10, 64)
    if (isInvalid(value)) throw new ExpressionError(`invalid integer literal: ${value.error}`)
    return { op: 'int', value }
  }
  const value = parseFloating(text, 64)
  if (isInvalid(value)) throw new ExpressionError(`invalid float literal: ${value.error}`)
  return { op: 'float', value }
}
