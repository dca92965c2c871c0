import { unquote } from './go-literals.ts'
import type { Token, TokenKind } from './go-template-tokens.ts'
import { templateTokens } from './go-template-tokens.ts'

/** A part of a template. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range'
      readonly pipeline: Pipeline
      readonly then: Nodes
      readonly otherwise: Nodes
    }
  | { readonly kind: 'template'; readonly name: string; readonly pipeline: Pipeline | null }
  | { readonly kind: 'break' | 'continue' }

export type Nodes = readonly Node[]

/** Commands, each getting the value of the one before, and the variables that get the value of the last. */
export interface Pipeline {
  readonly variables: readonly string[]
  readonly declares: boolean
  readonly commands: readonly (readonly Operand[])[]
}

/** What a command is made of; the fields behind a parenthesis or variable are names in `fields`. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean | null }
  | { readonly kind: 'dot' }
  | { readonly kind: 'field'; readonly fields: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'function'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly fields: readonly string[] }

/** A template and those that it defines, by name. */
export interface TemplateTree {
  readonly nodes: Nodes
  readonly defined: ReadonlyMap<string, Nodes>
}

/** The tree of a text that `templateError` finds nothing wrong with. */
export function templateTree(text: string): TemplateTree {
  return new TreeReader(text).read()
}

class TreeReader {
  readonly #tokens: readonly Token[]
  readonly #defined = new Map<string, Nodes>()
  #at = 0

  constructor(text: string) {
    this.#tokens = templateTokens(text)
  }

  read(): TemplateTree {
    return { nodes: this.#nodes(), defined: this.#defined }
  }

  #token(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token
  }

  /** The next token that is no white space, left where it is. */
  #peek(): Token {
    while (this.#token().kind === 'space') this.#at++
    return this.#token()
  }

  #take(): Token {
    const token = this.#peek()
    this.#at++
    return token
  }

  #takeIf(kind: TokenKind): boolean {
    if (this.#peek().kind !== kind) return false
    this.#at++
    return true
  }

  /** Up to `end` or `else`, which stay, or the end of the text. */
  #nodes(): Nodes {
    const nodes: Node[] = []
    for (;;) {
      const token = this.#token()
      if (token.kind === 'end of text') return nodes
      if (token.kind === 'text') {
        this.#at++
        nodes.push({ kind: 'text', text: token.text })
        continue
      }
      const start = this.#at
      this.#at++
      const { kind } = this.#peek()
      if (kind === 'end' || kind === 'else') {
        this.#at = start
        return nodes
      }
      const node = this.#action()
      if (node !== null) nodes.push(node)
    }
  }

  #action(): Node | null {
    const { kind } = this.#peek()
    switch (kind) {
      case 'if':
      case 'with':
      case 'range':
        this.#at++
        return this.#control(kind)
      case 'break':
      case 'continue':
        this.#at++
        this.#takeIf('right')
        return { kind }
      case 'template':
        this.#at++
        return { kind, name: this.#name(), pipeline: this.#takeIf('right') ? null : this.#pipeline('right') }
      case 'define':
      case 'block': {
        this.#at++
        const name = this.#name()
        const pipeline = kind === 'block' ? this.#pipeline('right') : null
        if (pipeline === null) this.#takeIf('right')
        const nodes = this.#nodes()
        this.#closing()
        // An empty definition leaves another one of the name as it is.
        if (!this.#defined.has(name) || nodes.some((node) => node.kind !== 'text' || node.text.trim() !== ''))
          this.#defined.set(name, nodes)
        return kind === 'define' ? null : { kind: 'template', name, pipeline }
      }
      default:
        return { kind: 'action', pipeline: this.#pipeline('right') }
    }
  }

  #control(kind: 'if' | 'with' | 'range'): Node {
    const pipeline = this.#pipeline('right')
    const then = this.#nodes()
    let otherwise: Nodes = []
    this.#takeIf('left')
    if (this.#takeIf('else')) {
      const chained = this.#peek().kind
      if (chained === 'if' || chained === 'with') {
        this.#at++
        return { kind, pipeline, then, otherwise: [this.#control(chained)] }
      }
      this.#takeIf('right')
      otherwise = this.#nodes()
      this.#takeIf('left')
    }
    this.#takeIf('end')
    this.#takeIf('right')
    return { kind, pipeline, then, otherwise }
  }

  #closing(): void {
    for (const kind of ['left', 'end', 'right'] as const) this.#takeIf(kind)
  }

  #name(): string {
    return unquote(this.#take().text) ?? ''
  }

  #pipeline(end: TokenKind): Pipeline {
    const { variables, declares } = this.#declarations()
    const commands: Operand[][] = []
    let command: Operand[] = []
    for (;;) {
      const { kind } = this.#peek()
      if (kind === end || kind === 'end of text') break
      if (kind === 'pipe') {
        this.#at++
        commands.push(command)
        command = []
      } else command.push(this.#operand())
    }
    this.#at++
    commands.push(command)
    return { variables, declares, commands }
  }

  #declarations(): { variables: string[]; declares: boolean } {
    const start = this.#at
    const variables: string[] = []
    while (this.#peek().kind === 'variable') {
      variables.push(this.#take().text)
      const { kind, text } = this.#peek()
      if (kind === 'declare' || kind === 'assign') {
        this.#at++
        return { variables, declares: kind === 'declare' }
      }
      if (kind !== 'sign' || text !== ',') break
      this.#at++
    }
    this.#at = start
    return { variables: [], declares: false }
  }

  #operand(): Operand {
    const { kind, text } = this.#take()
    switch (kind) {
      case '.':
        return { kind: 'dot' }
      case 'field':
        return { kind, fields: [text.slice(1), ...this.#fields()] }
      case 'variable':
        return { kind, name: text, fields: this.#fields() }
      case 'identifier':
        return { kind: 'function', name: text, fields: this.#fields() }
      case '(': {
        const pipeline = this.#pipeline(')')
        return { kind: 'pipeline', pipeline, fields: this.#fields() }
      }
      case 'boolean':
        return { kind: 'literal', value: text === 'true' }
      case 'nil':
        return { kind: 'literal', value: null }
      case 'string':
      case 'raw string':
        return { kind: 'literal', value: unquote(text) ?? '' }
      case 'character':
        return { kind: 'literal', value: BigInt((unquote(`"${text.slice(1, -1)}"`) ?? '').codePointAt(0) ?? 0) }
      default:
        return { kind: 'literal', value: numberOf(text) }
    }
  }

  #fields(): string[] {
    const fields: string[] = []
    while (this.#token().kind === 'field') fields.push((this.#tokens[this.#at++] as Token).text.slice(1))
    return fields
  }
}

/** A number of Go: an integer of any base, else a floating one. */
function numberOf(text: string): number | bigint {
  const plain = text.replaceAll('_', '')
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(plain) ?? []
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+)$/.test(octal))
    return sign === '-' ? -BigInt(octal) : BigInt(octal)
  return Number(plain)
}
