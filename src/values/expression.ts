import { isInvalid } from './invalid.ts'
import { parseFloating, parseSigned } from './number.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'

/** An expression of github.com/expr-lang/expr as a tree. */
export type Expression =
  | { readonly op: 'nil' | 'bool' | 'float' | 'bytes' }
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

/** What the library's error says. */
export class ExpressionError extends Error {}

/** The expression nests deeper than we follow, which says nothing about it. */
export class TooDeep extends Error {}

const DEEPEST = 500
const MOST_NODES = 10_000

/** Functions that take a predicate, and which of their arguments must, may, or may not be there. */
const PREDICATES: Readonly<Record<string, readonly ('value' | 'predicate' | 'predicate?' | 'value?')[]>> = {
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
const WORD_OPERATORS = new Set(['not', 'in', 'or', 'and', 'matches', 'contains', 'startsWith', 'endsWith'])
const NEGATABLE = new Set(['contains', 'matches', 'startsWith', 'endsWith', 'in'])
const COMPARISONS = new Set(['<', '>', '>=', '<='])

interface Token {
  readonly kind: 'operator' | 'bracket' | 'name' | 'number' | 'string' | 'bytes' | 'end'
  readonly text: string
}

const SPACE = /^[\s\x85]+/u
const WORD = /^[\p{L}\p{Nd}_$]+/u

/** parser/lexer of the library. Throws an ExpressionError. */
function scan(text: string, release: Release): Token[] {
  const tokens: Token[] = []
  const keywords = new Set(WORD_OPERATORS)
  if (isSince(release, '1.11.3')) keywords.add('let')
  if (isSince(release, '1.12.1')) for (const word of ['if', 'else']) keywords.add(word)
  let rest = text
  const take = (kind: Token['kind'], length: number, value = rest.slice(0, length)): void => {
    tokens.push({ kind, text: value })
    rest = rest.slice(length)
  }
  while (rest !== '') {
    const space = SPACE.exec(rest)?.[0]
    const character = rest[0] as string
    if (space !== undefined) rest = rest.slice(space.length)
    else if (character === "'" || character === '"') {
      const length = quotedLength(rest)
      take('string', length, resolveEscapes(rest.slice(1, length - 1)))
    } else if (character === '`' && isSince(release, '1.11.3')) {
      const raw = /^`((?:[^`]|``)*)`(?!`)/.exec(rest)
      if (raw === null) throw new ExpressionError('literal not terminated')
      take('string', raw[0].length, (raw[1] as string).replaceAll('``', '`'))
    } else if (/^[bB]['"]/.test(rest) && isSince(release, '1.14.0')) take('bytes', 1 + quotedLength(rest.slice(1)))
    else if (/^\.?[0-9]/.test(rest)) take('number', numberLength(rest))
    else if (rest.startsWith('//')) rest = rest.slice(rest.indexOf('\n') + 1 || rest.length)
    else if (rest.startsWith('/*')) {
      const end = rest.indexOf('*/', 2)
      if (end < 0) throw new ExpressionError('unclosed comment')
      rest = rest.slice(end + 2)
    } else if ('([{)]}'.includes(character)) take('bracket', 1)
    else if (character === '#') {
      take('operator', rest[1] === '#' ? 2 : 1)
      const word = WORD.exec(rest)?.[0]
      if (word !== undefined) take('name', word.length)
    } else {
      const operator = /^(?:\?[.?]?|\|\|?|::?|\.\.?|[&!=*<>][&=*]?|[,;%+\-^/])/.exec(rest)?.[0]
      const word = WORD.exec(rest)?.[0]
      if (operator !== undefined) take('operator', operator.length)
      else if (word !== undefined) take(keywords.has(word) ? 'operator' : 'name', word.length)
      else throw new ExpressionError(`unrecognized character: ${character}`)
    }
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

/** The length of a literal in quotes with its quotes. */
function quotedLength(text: string): number {
  const quote = text[0]
  for (let at = 1; at < text.length; at++) {
    const character = text[at]
    if (character === quote) return at + 1
    if (character === '\n') break
    if (character !== '\\') continue
    const sequence = /^(?:[abfnrtv\\]|[0-7]{3}|x[0-9a-f]{2}|u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|U[0-9a-f]{8})/i.exec(
      text.slice(at + 1, at + 12),
    )?.[0]
    if (text[at + 1] === quote) at++
    else if (sequence === undefined) throw new ExpressionError('invalid char escape')
    else at += sequence.length
  }
  throw new ExpressionError('literal not terminated')
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

function resolveEscapes(text: string): string {
  return text.replace(
    /\\(?:([0-7]{3})|x([0-9a-fA-F]{2})|[uU]\{?([0-9a-fA-F]+)\}?|(.))/gsu,
    (
      _,
      octal: string | undefined,
      hex: string | undefined,
      code: string | undefined,
      character: string | undefined,
    ) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff))
      return ESCAPES[character ?? ''] ?? character ?? ''
    },
  )
}

function numberLength(text: string): number {
  const digits = /^0[xX]/.test(text)
    ? '[0-9a-fA-F_]'
    : /^0[oO]/.test(text)
      ? '[0-7_]'
      : /^0[bB]/.test(text)
        ? '[01_]'
        : '[0-9_]'
  const prefix = /^0[xXoObB]/.test(text) ? 2 : 0
  const whole = new RegExp(`^${digits}*`).exec(text.slice(prefix))?.[0].length ?? 0
  let length = prefix + whole
  if (text.startsWith('..', length)) return length
  const rest = new RegExp(`^(?:\\.${digits}*)?(?:[eE][+-]?${digits}*)?`).exec(text.slice(length))?.[0] ?? ''
  length += rest.length
  if (WORD.test(text.slice(length))) throw new ExpressionError(`bad number syntax: "${text.slice(0, length + 1)}"`)
  return length
}

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
    this.#tokens = scan(text, release)
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
        if (text === 'true' || text === 'false') return this.#node({ op: 'bool' })
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
  return { op: 'float' }
}
