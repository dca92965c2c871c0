/** A part of an expression, as far as it decides which names match. */
export type RegexpNode =
  /** One character, written at an offset of the expression. */
  | { readonly kind: 'character'; readonly value: string; readonly at: number; readonly isOptional: boolean }
  /** One character of several. */
  | {
      readonly kind: 'class'
      readonly hasDot: boolean
      /** Whether all that it has are the letters A to Z. */
      readonly isUpperCase: boolean
      readonly at: number
      readonly end: number
      readonly isOptional: boolean
    }
  /** The start or the end of the text. */
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'group'; readonly choices: readonly (readonly RegexpNode[])[]; readonly isOptional: boolean }

export interface RegexpTree {
  readonly choices: readonly (readonly RegexpNode[])[]
  readonly ignoresCase: boolean
}

/** A valid RE2 expression as a tree; null where it has something that is rare in expressions for names, or is very deep. */
export function regexpTree(expression: string): RegexpTree | null {
  const ignoresCase = expression.startsWith('(?i)')
  const reader = new Reader(expression, ignoresCase ? 4 : 0)
  const choices = reader.choices(0)
  return choices === null || !reader.isAtEnd ? null : { choices, ignoresCase }
}

/** Whether a text that ends with a dot, as a fully qualified name does, can match. */
export function canEndWithDot({ choices }: RegexpTree): boolean {
  return choices.some((nodes) => endsWithDot(nodes, false) !== 'no')
}

type Ending = 'yes' | 'no' | 'empty'

/** Whether the last character can be a dot; `empty` where the nodes can match nothing at all. `atEnd`: the text ends behind them. */
function endsWithDot(nodes: readonly RegexpNode[], atEnd: boolean): Ending {
  let isLast = atEnd
  for (const node of nodes.toReversed()) {
    if (node.kind === 'end') {
      isLast = true
      continue
    }
    if (node.kind === 'start') return isLast ? 'no' : 'yes'
    if (node.kind === 'group') {
      const endings = node.choices.map((choice) => endsWithDot(choice, isLast))
      if (endings.includes('yes')) return 'yes'
      if (!node.isOptional && !endings.includes('empty')) return 'no'
      continue
    }
    // Behind it anything may follow.
    if (!isLast) return 'yes'
    if (node.kind === 'class' ? node.hasDot : node.value === '.') return 'yes'
    if (!node.isOptional) return 'no'
  }
  return 'empty'
}

/** The characters and classes that match nothing but capitals, in their order. */
export function* capitals({
  choices,
  ignoresCase,
}: RegexpTree): Generator<{ readonly at: number; readonly end: number }> {
  if (!ignoresCase) for (const nodes of choices) yield* capitalsIn(nodes)
}

function* capitalsIn(nodes: readonly RegexpNode[]): Generator<{ readonly at: number; readonly end: number }> {
  for (const node of nodes) {
    if (node.kind === 'character' && /[A-Z]/.test(node.value)) yield { at: node.at, end: node.at + 1 }
    else if (node.kind === 'class' && node.isUpperCase) yield { at: node.at, end: node.end }
    else if (node.kind === 'group') for (const choice of node.choices) yield* capitalsIn(choice)
  }
}

const DEEPEST = 100

class Reader {
  readonly #text: string
  #at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  choices(depth: number): RegexpNode[][] | null {
    const choices: RegexpNode[][] = [[]]
    while (!this.isAtEnd && this.#text[this.#at] !== ')') {
      if (this.#text[this.#at] === '|') {
        this.#at++
        choices.push([])
        continue
      }
      const node = this.#node(depth)
      if (node === null) return null
      if (node !== 'nothing') choices.at(-1)?.push(node)
    }
    return choices
  }

  #node(depth: number): RegexpNode | 'nothing' | null {
    const at = this.#at
    const character = this.#text[at] ?? ''
    switch (character) {
      case '^':
      case '$':
        this.#at++
        return { kind: character === '^' ? 'start' : 'end' }
      case '(':
        return this.#group(depth)
      case '[':
        return this.#class()
      case '\\':
        return this.#escape()
      case '.':
        this.#at++
        return { kind: 'class', hasDot: true, isUpperCase: false, at, end: at + 1, isOptional: this.#repetition() }
      default:
        this.#at++
        return { kind: 'character', value: character, at, isOptional: this.#repetition() }
    }
  }

  #group(depth: number): RegexpNode | null {
    const [opening = ''] = /^\((?:\?:|\?P?<\w+>|(?!\?))/.exec(this.#text.slice(this.#at)) ?? []
    if (opening === '' || depth >= DEEPEST) return null
    this.#at += opening.length
    const choices = this.choices(depth + 1)
    if (choices === null || this.#text[this.#at] !== ')') return null
    this.#at++
    return { kind: 'group', choices, isOptional: this.#repetition() }
  }

  #class(): RegexpNode | null {
    const at = this.#at
    const [whole = '', negation = '', inside = ''] = /^\[(\^?)(\]?(?:\\.|[^\]\\])*)\]/s.exec(this.#text.slice(at)) ?? []
    if (whole === '' || /\[:|\\[pPQxC]/.test(inside)) return null
    this.#at += whole.length
    const has = (character: string) => classHas(inside, character)
    return {
      kind: 'class',
      hasDot: has('.') !== (negation === '^'),
      isUpperCase: negation === '' && /^(?:[A-Z](?:-[A-Z])?)+$/.test(inside),
      at,
      end: this.#at,
      isOptional: this.#repetition(),
    }
  }

  #escape(): RegexpNode | 'nothing' | null {
    const at = this.#at
    const escaped = this.#text[at + 1] ?? ''
    this.#at += 2
    if (/[pPQxC0-7]/.test(escaped)) return null
    if (escaped === 'A') return { kind: 'start' }
    if (escaped === 'z') return { kind: 'end' }
    if (/[bB]/.test(escaped)) return 'nothing'
    if (/[a-zA-Z]/.test(escaped)) {
      const hasDot = /[DWS]/.test(escaped)
      return { kind: 'class', hasDot, isUpperCase: false, at, end: this.#at, isOptional: this.#repetition() }
    }
    return { kind: 'character', value: escaped, at, isOptional: this.#repetition() }
  }

  /** Passes over a repetition behind a node; whether it lets the node be missing. */
  #repetition(): boolean {
    const [written = ''] = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.#text.slice(this.#at, this.#at + 20)) ?? []
    this.#at += written.length
    return /^[*?]|^\{0+[,}]/.test(written)
  }
}

/** Whether a class without a `^` has a character; escapes are the ones for kinds of characters, or stand for themselves. */
function classHas(inside: string, character: string): boolean {
  for (const [written, first = '', last] of inside.matchAll(/(\\.|.)(?:-(\\.|[^\]]))?/gs)) {
    if (/^\\[DWS]/.test(written) && !/[\w\s]/.test(character)) return true
    if (/^\\[dws]/.test(written)) continue
    const from = first.replace(/^\\/, '')
    const to = last === undefined ? from : last.replace(/^\\/, '')
    if (from <= character && character <= to) return true
  }
  return false
}
