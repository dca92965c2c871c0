import { endOfQuoted } from './hcl-template.ts'
import type { HclPlace } from './hcl-value.ts'
import { heredocAt } from './hcl-value.ts'

/** What stands between brackets: a block, an object, a list, the arguments of a function; or the whole file. */
export interface HclScope {
  readonly parent: HclScope | undefined
  /** The words before a block (`resource aws_eks_addon coredns`), or the one key before anything else; undefined where there is none. */
  readonly names: readonly string[]
  readonly isBlock: boolean
  readonly start: number
  /** Behind its closing bracket. */
  end: number
  /** False in the arguments of a function that makes something else of a text than what it says. */
  readonly keepsText: boolean
  /** The strings in it that stand under a key of their own. */
  readonly strings: [key: string, place: HclPlace][]
  /** What stands under keys in it, whatever it is. */
  readonly attributes: HclAttribute[]
}

/** A key with its value: `key = value`. */
export interface HclAttribute {
  readonly key: string
  readonly start: number
  /** Behind the sign between key and value. */
  readonly valueStart: number
  /** Behind the value. */
  end: number
}

/** A string with the key it is the value of, undefined where it has none. */
export interface HclString {
  readonly place: HclPlace
  readonly key: string | undefined
  readonly keyStart: number
  readonly scope: HclScope
}

/** Functions that pass texts on. */
const passing = new Set([
  'jsonencode',
  'yamlencode',
  'chomp',
  'trimspace',
  'tostring',
  'sensitive',
  'nonsensitive',
  'merge',
  'concat',
  'tomap',
  'tolist',
  'base64encode',
  'try',
  'coalesce',
])

/** All strings and heredocs of a text in HCL that are values, in order. Never throws, whatever the text is. */
export function hclStrings(source: string): HclString[] {
  return new HclScanner(source).run().found
}

/** All that stands between brackets in a text in HCL, in order of the opening ones. Never throws, whatever the text is. */
export function hclScopes(source: string): HclScope[] {
  return new HclScanner(source).run().scopes
}

class HclScanner {
  readonly #source: string
  readonly found: HclString[] = []
  readonly scopes: HclScope[] = []
  #at = 0
  #scope: HclScope
  #statement: Statement = emptyStatement
  /** Those of the scopes around. */
  readonly #statements: Statement[] = []
  /** The word right before. */
  #word: string | undefined

  constructor(source: string) {
    this.#source = source
    const whole = { parent: undefined, names: [], isBlock: true, start: 0, end: source.length }
    this.#scope = { ...whole, keepsText: true, strings: [], attributes: [] }
  }

  run(): this {
    const source = this.#source
    while (this.#at < source.length) this.#step(source[this.#at] ?? '')
    return this
  }

  #step(unit: string): void {
    const next = this.#source[this.#at + 1]
    const heredoc = unit === '<' && next === '<' ? heredocAt(this.#source, this.#at) : undefined
    word.lastIndex = this.#at
    const name = word.exec(this.#source)?.[0]
    if (unit === '"') this.#quoted()
    else if (unit === '#' || (unit === '/' && next === '/')) this.#skipTo('\n', 0)
    else if (unit === '/' && next === '*') this.#skipTo('*/', 2)
    else if (heredoc) this.#value(heredoc)
    else if (name !== undefined) this.#name(name, this.#at, this.#at + name.length)
    else this.#sign(unit)
  }

  #sign(unit: string): void {
    if (unit === '{' || unit === '(' || unit === '[') this.#open(unit)
    else if (unit === '}' || unit === ')' || unit === ']') this.#close()
    else if (unit === '=' || unit === ':') this.#assign(unit)
    else if ((unit === ',' || unit === '\n') && this.#isBraced) this.#endStatement()
    if (unit !== ' ') this.#word = undefined
    this.#at++
  }

  /** True where keys may stand. */
  get #isBraced(): boolean {
    return this.#scope.parent === undefined || this.#source[this.#scope.start] === '{'
  }

  #endStatement(): void {
    if (this.#statement.isAssigned) {
      const attribute = this.#scope.attributes.at(-1)
      if (attribute) attribute.end = this.#at
    }
    this.#statement = emptyStatement
  }

  #skipTo(end: string, length: number): void {
    const found = this.#source.indexOf(end, this.#at + 1)
    this.#at = found === -1 ? this.#source.length : found + length
  }

  #name(name: string, start: number, end: number): void {
    const { names, isAssigned } = this.#statement
    if (!isAssigned && this.#isBraced) this.#statement = { names: [...names, name].slice(-4), start, isAssigned }
    this.#word = name
    this.#at = end
  }

  #quoted(): void {
    const start = this.#at
    const end = endOfQuoted(this.#source, start, this.#source.length)
    const place = { style: 'quoted', start, end } as const
    if (!this.#isBraced || this.#statement.isAssigned) this.#value(place)
    else this.#name(this.#source.slice(start + 1, Math.max(start + 1, end - 1)), start, end)
    this.#word = undefined
  }

  #value(place: HclPlace): void {
    const { names, start, isAssigned } = this.#statement
    const key = isAssigned ? names.at(-1) : undefined
    const own = key ?? (this.#isBraced ? undefined : this.#scope.names.at(-1))
    if (key !== undefined) this.#scope.strings.push([key, place])
    this.found.push({ place, key: own, keyStart: start, scope: this.#scope })
    this.#at = place.end
    this.#word = undefined
  }

  #assign(unit: string): void {
    const next = this.#source[this.#at + 1]
    if (unit === '=' && (next === '=' || next === '>')) this.#at++
    else if (this.#isBraced && !this.#statement.isAssigned) {
      const { names, start } = this.#statement
      this.#statement = { ...this.#statement, isAssigned: true }
      this.#scope.attributes.push({
        key: names.at(-1) ?? '',
        start,
        valueStart: this.#at + 1,
        end: this.#source.length,
      })
    }
  }

  #open(unit: string): void {
    const { names, start, isAssigned } = this.#statement
    const isBlock = unit === '{' && this.#isBraced && !isAssigned
    const around = this.#isBraced ? names.slice(-1) : this.#scope.names
    const callee = unit === '(' ? this.#word : undefined
    this.#scope = {
      parent: this.#scope,
      names: isBlock ? names : around,
      isBlock,
      start: this.#at,
      end: this.#source.length,
      keepsText: this.#scope.keepsText && (callee === undefined || passing.has(callee)),
      strings: [],
      attributes: [],
    }
    this.scopes.push(this.#scope)
    this.#statements.push(this.#statement)
    this.#statement = unit === '{' ? emptyStatement : { names: [], start, isAssigned: false }
  }

  #close(): void {
    if (!this.#scope.parent) return
    this.#endStatement()
    this.#scope.end = this.#at + 1
    this.#scope = this.#scope.parent
    this.#statement = this.#statements.pop() ?? emptyStatement
  }
}

/** What was read of an attribute or a block so far. */
interface Statement {
  /** The last words of it, before `=` or a brace. */
  readonly names: readonly string[]
  /** Where the last of them stands. */
  readonly start: number
  readonly isAssigned: boolean
}

const emptyStatement: Statement = { names: [], start: 0, isAssigned: false }

const word = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy
