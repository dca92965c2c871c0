import type { InnerText } from '../embed/inner-text.ts'
import { OptionText } from './dnsmasq-text.ts'

/** A word of a command line: what the program gets, and where it stands. */
export interface CommandWord {
  readonly text: OptionText
  /** Names of variables in it that nobody gave a value; they stand in the text as written. */
  readonly unresolved: readonly string[]
}

/** The values of variables that are known. */
export type Environment = ReadonlyMap<string, string>

/** A unit of a word, and where it came from. */
interface Unit {
  readonly unit: string
  readonly start: number
  readonly end: number
}

/** A word of `command` or `args` of a container, in which the kubelet replaces `$(NAME)`; `$$(NAME)` is `$(NAME)` itself. */
export function containerWord(source: InnerText, environment: Environment): CommandWord {
  const { text } = source
  if (!text.includes('$')) return { text: OptionText.copied(source, { start: 0, end: text.length }), unresolved: [] }
  const units: Unit[] = []
  const unresolved: string[] = []
  const reference = /\$\$|\$\(([^)]*)\)/g
  let at = 0
  for (const match of text.matchAll(reference)) {
    copyUnits(units, text, at, match.index)
    const end = match.index + match[0].length
    const value = match[1] === undefined ? '$' : environment.get(match[1])
    if (value === undefined) {
      unresolved.push(match[1] ?? '')
      copyUnits(units, text, match.index, end)
    } else {
      replaceUnits(units, value, match.index, end)
    }
    at = end
  }
  copyUnits(units, text, at, text.length)
  return { text: OptionText.collected(source, 0, units), unresolved }
}

/** A simple command of a shell: the program, its words, and assignments before it, redirections left out. */
export interface ShellCommand {
  readonly words: readonly CommandWord[]
}

const operator = /^(?:&&|\|\||;;|[;|&\n()<>])/

/**
 * The simple commands of a shell text, each with its words: quotes and backslashes taken off, `$NAME` and `${NAME}` replaced
 * where known. `isClear` is false where something of it is beyond that (substitutions, redirections from here-documents).
 */
export function shellCommands(
  source: InnerText,
  environment: Environment,
): { readonly commands: readonly ShellCommand[]; readonly isClear: boolean } {
  return new ShellReading(source, environment).run()
}

class ShellReading {
  readonly #source: InnerText
  readonly #text: string
  readonly #environment: Environment
  readonly #commands: ShellCommand[] = []
  #words: CommandWord[] = []
  #units: Unit[] = []
  #unresolved: string[] = []
  #isInWord = false
  #wordStart = 0
  #isClear = true
  #skipsWord = false

  constructor(source: InnerText, environment: Environment) {
    this.#source = source
    this.#text = source.text
    this.#environment = environment
  }

  run(): { commands: readonly ShellCommand[]; isClear: boolean } {
    let at = 0
    while (at < this.#text.length) at = this.#step(at)
    this.#endCommand()
    return { commands: this.#commands, isClear: this.#isClear }
  }

  #step(at: number): number {
    const text = this.#text
    const unit = text.charAt(at)
    if (unit === ' ' || unit === '\t' || unit === '\r') {
      this.#endWord()
      return at + 1
    }
    if (unit === '#' && !this.#isInWord) {
      const lineBreak = text.indexOf('\n', at)
      return lineBreak === -1 ? text.length : lineBreak
    }
    const found = operator.exec(text.slice(at, at + 2))?.[0]
    if (found !== undefined) return this.#operator(at, found)
    // A line that goes on is no word.
    if (unit === '\\' && text[at + 1] === '\n') return at + 2
    if (unit === '\\' && text.startsWith('\r\n', at + 1)) return at + 3
    this.#startWord(at)
    if (unit === "'") {
      const close = text.indexOf("'", at + 1)
      const end = close === -1 ? text.length : close
      if (close === -1) this.#isClear = false
      copyUnits(this.#units, text, at + 1, end)
      return end + 1
    }
    if (unit === '"') return this.#doubleQuoted(at + 1)
    if (unit === '\\') {
      copyUnits(this.#units, text, at + 1, Math.min(at + 2, text.length))
      return at + 2
    }
    if (unit === '$' || unit === '`') return this.#variable(at)
    copyUnits(this.#units, text, at, at + 1)
    return at + 1
  }

  #operator(at: number, found: string): number {
    if (found === '<' || found === '>') {
      // `2>file`: the number belongs to the redirection, and so does the next word.
      if (this.#units.every(({ unit }) => /[0-9]/.test(unit))) this.#dropWord()
      this.#endWord()
      this.#skipsWord = true
      let end = at + 1
      while (/[<>&]/.test(this.#text.charAt(end))) end++
      return end
    }
    this.#endCommand()
    return at + found.length
  }

  #doubleQuoted(from: number): number {
    const text = this.#text
    let at = from
    while (at < text.length && text[at] !== '"') {
      const unit = text.charAt(at)
      if (unit === '\\' && /["\\$`\n]/.test(text.charAt(at + 1))) {
        if (text[at + 1] !== '\n') copyUnits(this.#units, text, at + 1, at + 2)
        at += 2
      } else if (unit === '$' || unit === '`') at = this.#variable(at)
      else {
        copyUnits(this.#units, text, at, at + 1)
        at++
      }
    }
    if (at >= text.length) this.#isClear = false
    return at + 1
  }

  #variable(at: number): number {
    const text = this.#text
    const reference = /\$(?:\{(\w+)\}|([A-Za-z_]\w*)|\((\w+)\))/y
    reference.lastIndex = at
    const match = reference.exec(text)
    if (!match) {
      const isLone = text[at] === '$' && !/[({]/.test(text.charAt(at + 1))
      if (!isLone) this.#isClear = false
      copyUnits(this.#units, text, at, at + 1)
      return at + 1
    }
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    const end = at + match[0].length
    const value = this.#environment.get(name)
    if (value === undefined) {
      this.#unresolved.push(name)
      copyUnits(this.#units, text, at, end)
    } else {
      replaceUnits(this.#units, value, at, end)
    }
    return end
  }

  #startWord(at: number): void {
    if (this.#isInWord) return
    this.#isInWord = true
    this.#wordStart = at
  }

  #dropWord(): void {
    this.#isInWord = false
    this.#units = []
    this.#unresolved = []
  }

  #endWord(): void {
    if (!this.#isInWord) return
    if (this.#skipsWord) this.#skipsWord = false
    else {
      const text = OptionText.collected(this.#source, this.#wordStart, this.#units)
      this.#words.push({ text, unresolved: this.#unresolved })
    }
    this.#dropWord()
  }

  #endCommand(): void {
    this.#endWord()
    this.#skipsWord = false
    if (this.#words.length > 0) this.#commands.push({ words: this.#words })
    this.#words = []
  }
}

function copyUnits(units: Unit[], text: string, start: number, end: number): void {
  for (let at = start; at < end; at++) units.push({ unit: text.charAt(at), start: at, end: at + 1 })
}

/** All units of a value stand for the reference to it. */
function replaceUnits(units: Unit[], value: string, start: number, end: number): void {
  for (let at = 0; at < value.length; at++) units.push({ unit: value.charAt(at), start, end })
}
