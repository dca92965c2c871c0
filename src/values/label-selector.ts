import type { Release } from './release.ts'
import { isSince } from './release.ts'
import { byteLength } from './text.ts'

type Kind = 'word' | 'in' | 'notin' | 'end' | ',' | '(' | ')' | '!' | '=' | '==' | '!=' | '>' | '<' | 'error'

interface Token {
  readonly kind: Kind
  readonly text: string
}

class Refusal extends Error {}

function refuse(message: string): never {
  throw new Refusal(message)
}

/**
 * k8s.io/apimachinery `ParseToLabelSelector`: what is wrong with a label selector such as `app=web,tier in (a,b),!old`, or null. `!=`, `<`
 * and `>` are read and then refused.
 */
export function labelSelectorError(text: string, release: Release): string | null {
  const read = readSelector(text, release)
  return typeof read === 'string' ? read : null
}

/** Whether labels fit a selector; a selector that `labelSelectorError` has something against fits nothing. */
export function fitsLabels(text: string, labels: Readonly<Record<string, string>>, release: Release): boolean {
  const read = readSelector(text, release)
  return typeof read !== 'string' && read.every((requirement) => fits(requirement, labels))
}

/** One condition of a selector: the key is there, is not, or has one of the values, or none of them. */
interface Requirement {
  readonly key: string
  readonly operator: 'exists' | 'missing' | 'in' | 'notin'
  readonly values: readonly string[]
}

function fits({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  if (operator === 'exists') return value !== undefined
  if (operator === 'missing') return value === undefined
  const isOne = value !== undefined && values.includes(value)
  return operator === 'in' ? isOne : !isOne
}

function readSelector(text: string, release: Release): readonly Requirement[] | string {
  try {
    return new Reader(scan(text), isSince(release, '1.14.2')).read()
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

const SYMBOLS: readonly string[] = ['==', '!=', '=', '!', '(', ')', ',', '>', '<']

/** The lexer: a NUL ends the text, and a symbol takes as many of its characters as make one. */
function scan(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const end = text.includes('\0') ? text.indexOf('\0') : text.length
  while (at < end) {
    const character = text[at] as string
    if (/[ \t\r\n]/.test(character)) {
      at++
      continue
    }
    const symbol = SYMBOLS.find((each) => text.startsWith(each, at))
    if (symbol !== undefined) {
      tokens.push({ kind: symbol as Kind, text: symbol })
      at += symbol.length
      continue
    }
    const word = /^[^=!(),<> \t\r\n\0]+/.exec(text.slice(at, end))?.[0] ?? character
    tokens.push({ kind: word === 'in' || word === 'notin' ? word : 'word', text: word })
    at += word.length
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #takesEmptyPair: boolean
  #at = 0

  constructor(tokens: readonly Token[], takesEmptyPair: boolean) {
    this.#tokens = tokens
    this.#takesEmptyPair = takesEmptyPair
  }

  read(): readonly Requirement[] {
    const requirements: Requirement[] = []
    while (this.#peek().kind === 'word' || this.#peek().kind === '!') {
      requirements.push(this.#requirement())
      const token = this.#next()
      if (token.kind === 'end') return requirements
      if (token.kind !== ',') refuse(`found '${token.text}', expected: ',' or 'end of string'`)
      const { kind, text } = this.#peek()
      if (kind !== 'word' && kind !== '!') refuse(`found '${text}', expected: identifier after ','`)
    }
    const { kind, text } = this.#peek()
    if (kind !== 'end') refuse(`found '${text}', expected: !, identifier, or 'end of string'`)
    return requirements
  }

  #requirement(): Requirement {
    const negated = this.#peek().kind === '!'
    if (negated) this.#next()
    const key = this.#next()
    if (key.kind !== 'word') refuse(`found '${key.text}', expected: identifier`)
    checkKey(key.text)
    const { kind } = this.#peek()
    // Behind a negated key an operator is not even looked at; what stands there is refused by the caller.
    if (negated || kind === 'end' || kind === ',')
      return { key: key.text, operator: negated ? 'missing' : 'exists', values: [] }
    const operator = this.#tokens[this.#at++] as Token
    switch (operator.kind) {
      case 'in':
      case 'notin':
        return { key: key.text, operator: operator.kind, values: this.#values() }
      case '=':
      case '==':
        return { key: key.text, operator: 'in', values: [this.#value()] }
      case '!=':
      case '>':
      case '<':
        this.#value()
        throw new Refusal(`"${operator.text}" is not supported in label selectors`)
      default:
        return refuse(`found '${operator.text}', expected: in, notin, =, ==, !=, gt, lt`)
    }
  }

  #value(): string {
    const { kind } = this.#peek()
    if (kind === 'end' || kind === ',') return ''
    const token = this.#next()
    if (token.kind !== 'word') refuse(`found '${token.text}', expected: identifier`)
    checkValue(token.text)
    return token.text
  }

  #values(): readonly string[] {
    const opening = this.#next()
    if (opening.kind !== '(') refuse(`found '${opening.text}' expected: '('`)
    if (this.#peek().kind === ')') {
      this.#next()
      return ['']
    }
    const values: string[] = []
    while (true) {
      const token = this.#next()
      if (token.kind === 'word') {
        checkValue(token.text)
        values.push(token.text)
        const { kind, text } = this.#peek()
        if (kind === ')') break
        if (kind !== ',') refuse(`found '${text}', expected: ',' or ')'`)
      } else if (token.kind === ',') {
        values.push('')
        const { kind } = this.#peek()
        if (kind === ')') break
        if (kind === ',' && !this.#takesEmptyPair) this.#next()
      } else refuse(`found '${token.text}', expected: ',', or identifier`)
    }
    this.#next()
    return values
  }

  /** Keywords are words wherever an operator is not due. */
  #peek(): Token {
    const token = this.#tokens[this.#at] ?? { kind: 'end' as const, text: '' }
    return token.kind === 'in' || token.kind === 'notin' ? { kind: 'word', text: token.text } : token
  }

  #next(): Token {
    const token = this.#peek()
    this.#at++
    return token
  }
}

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** `[PREFIX/]NAME` (IsQualifiedName). */
function checkKey(key: string): void {
  const parts = key.split('/')
  const name = parts.at(-1) as string
  const prefix = parts.length > 1 ? parts[0] : undefined
  const fits =
    parts.length <= 2 &&
    (prefix === undefined || (SUBDOMAIN.test(prefix) && prefix.length <= 253)) &&
    NAME.test(name) &&
    name.length <= 63
  if (!fits) refuse(`${key} is no label key`)
}

function checkValue(value: string): void {
  if (value !== '' && (!NAME.test(value) || byteLength(value) > 63)) refuse(`${value} is no label value`)
}
