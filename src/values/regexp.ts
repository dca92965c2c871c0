import type { Invalid } from './invalid.ts'
import { invalid, isInvalid } from './invalid.ts'
import { isPosixClass, isUnicodeClass } from './regexp-classes.ts'

// Go's regexp/syntax reads RE2 syntax: no look-around, no back-references, bounded repetition. This reader only decides whether Go takes
// the expression, and with which error not; a complete engine (re2js) takes longer to load than a Corefile takes to be checked.

/** What a valid expression captures. */
export interface RegexpGroups {
  /** The name of each group in the order of their opening parentheses, empty for one without a name; group 0 is not in it. */
  readonly names: readonly string[]
}

/** Go's limits: how deep expressions nest, how often one is repeated in all, how many instructions they become. */
const MAX_HEIGHT = 1000
const MAX_REPEAT = 1000
const MAX_SIZE = Math.floor((128 * 1024 * 1024) / 40)

/** What is known of a part of the expression: whether its text is one literal, its height as a tree, its size, its repetitions. */
interface Part {
  /** A `character` is a class, a `literal` one or more ordinary characters. */
  readonly op: 'literal' | 'character' | 'sequence' | 'choice' | 'other'
  readonly height: number
  readonly size: number
  /** The largest product of repetition counts on the way to a leaf. */
  readonly repeats: number
}

interface Group {
  readonly capturing: boolean
  readonly parts: Part[]
  readonly choices: Part[]
}

const LEAF: Part = { op: 'other', height: 1, size: 1, repeats: 1 }
const LITERAL: Part = { ...LEAF, op: 'literal' }
const CHARACTER: Part = { ...LEAF, op: 'character' }

class Refusal extends Error {}

function refuse(code: string, expression: string): never {
  throw new Refusal(`error parsing regexp: ${code}: \`${expression}\``)
}

/** Go's `regexp.Compile`: the groups of a valid expression, otherwise Go's error text. Linear in the text. */
export function parseRegexp(text: string): RegexpGroups | Invalid {
  try {
    return new Reader(text).read()
  } catch (error) {
    if (error instanceof Refusal) return invalid(error.message)
    throw error
  }
}

/** Go's error text when `regexp.Compile` refuses the expression, otherwise null. */
export function regexpError(text: string): string | null {
  const read = parseRegexp(text)
  return isInvalid(read) ? read.error : null
}

class Reader {
  private readonly text: string
  private at = 0
  private readonly names: string[] = []
  private readonly open: Group[] = []
  private group: Group = { capturing: false, parts: [], choices: [] }

  private readonly lastPosixEnd: number

  constructor(text: string) {
    this.text = text
    this.lastPosixEnd = text.lastIndexOf(':]')
  }

  read(): RegexpGroups {
    // Where the last repetition operator began, while nothing has followed it.
    let lastRepeat = -1
    while (this.at < this.text.length) {
      const from = this.at
      const repeated = this.readOne(lastRepeat)
      lastRepeat = repeated ? from : -1
    }
    this.closeChoice()
    if (this.open.length > 0) refuse('missing closing )', this.text)
    return { names: this.names }
  }

  /** Reads what stands at `at`; true when it was a repetition operator. */
  private readOne(lastRepeat: number): boolean {
    const { text, at } = this
    switch (text[at]) {
      case '(':
        this.readOpening()
        return false
      case '|':
        this.at++
        this.endSequence()
        return false
      case ')':
        this.readClosing()
        return false
      case '^':
      case '$':
        this.at++
        this.push(LEAF)
        return false
      case '.':
        this.at++
        this.push(CHARACTER)
        return false
      case '[':
        this.readBrackets()
        return false
      case '*':
      case '+':
      case '?':
        this.at++
        this.repeat(at, lastRepeat, text[at] === '*' ? 2 : 1, (part) => part.repeats)
        return true
      case '{':
        return this.readCount(lastRepeat)
      case '\\':
        this.readBackslash()
        return false
      default:
        this.readCharacter()
        this.pushLiteral()
        return false
    }
  }

  /** One character, as a code point. */
  private readCharacter(): number {
    const code = this.text.codePointAt(this.at) ?? -1
    if (code >= 0) this.at += code > 0xffff ? 2 : 1
    return code
  }

  private push(part: Part): void {
    joinLiterals(this.group.parts)
    this.group.parts.push(this.checked(part))
  }

  /** The last two literals stay apart, so that a repetition takes only the last character. */
  private pushLiteral(): void {
    joinLiterals(this.group.parts)
    this.group.parts.push(LITERAL)
  }

  private checked(part: Part): Part {
    if (part.size > MAX_SIZE) refuse('expression too large', this.text)
    if (part.height > MAX_HEIGHT) refuse('expression nests too deeply', this.text)
    return part
  }

  private endSequence(): void {
    const { parts, choices } = this.group
    joinLiterals(parts)
    const sequence = this.checked(combine('sequence', parts))
    parts.length = 0
    // A choice between single characters is a class of characters.
    const before = choices.at(-1)
    if (before !== undefined && isSingle(before) && isSingle(sequence)) choices[choices.length - 1] = CHARACTER
    else choices.push(sequence)
  }

  private closeChoice(): Part {
    this.endSequence()
    return this.checked(combine('choice', this.group.choices))
  }

  private begin(capturing: boolean): void {
    this.open.push(this.group)
    this.group = { capturing, parts: [], choices: [] }
  }

  private readClosing(): void {
    const outer = this.open.pop()
    const inner = this.closeChoice()
    if (outer === undefined) refuse('unexpected )', this.text)
    const { capturing } = this.group
    this.group = outer
    this.at++
    this.push(
      capturing ? { op: 'other', height: inner.height + 1, size: inner.size + 2, repeats: inner.repeats } : inner,
    )
  }

  /** `(`, `(?flags)`, `(?flags:`, `(?P<name>` and `(?<name>`. */
  private readOpening(): void {
    const { text, at } = this
    if (text[at + 1] !== '?') {
      this.at++
      this.names.push('')
      this.begin(true)
      return
    }
    const nameAt = text.startsWith('(?P<', at) && text.length - at > 4 ? at + 4 : at + 3
    if (nameAt === at + 4 || (text.startsWith('(?<', at) && text.length - at > 3)) {
      const end = text.indexOf('>', at)
      if (end < 0) refuse('invalid named capture', text.slice(at))
      const name = text.slice(nameAt, end)
      if (!/^[A-Za-z0-9_]+$/.test(name)) refuse('invalid named capture', text.slice(at, end + 1))
      this.at = end + 1
      this.names.push(name)
      this.begin(true)
      return
    }
    const flags = /\?(?:[imsU]*-[imsU]+|[imsU]*)[:)]/y
    flags.lastIndex = at + 1
    const read = flags.exec(text)?.[0]
    if (read === undefined) this.refuseFlags()
    this.at += 1 + read.length
    if (read.endsWith(':')) this.begin(false)
  }

  /** The error ends behind the first character that cannot stand where it does. */
  private refuseFlags(): never {
    const { text, at } = this
    const flags = /[imsU]*(?:-[imsU]*)?/y
    flags.lastIndex = at + 2
    this.at += 2 + (flags.exec(text)?.[0].length ?? 0)
    this.readCharacter()
    refuse('invalid or unsupported Perl syntax', text.slice(at, this.at))
  }

  /** `{n}`, `{n,}`, `{n,m}`; any other brace is an ordinary character. */
  private readCount(lastRepeat: number): boolean {
    const { text, at } = this
    const pattern = /\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/y
    pattern.lastIndex = at
    const read = pattern.exec(text)
    if (read === null) {
      this.at++
      this.pushLiteral()
      return false
    }
    const [written, least = '', comma, most] = read
    const min = Number(least)
    const max = comma === undefined ? min : most === undefined ? -1 : Number(most)
    if (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && min > max)) refuse('invalid repeat count', written)
    this.at += written.length
    const count = max < 0 ? min : max
    const repeats = (part: Part) => (max === 0 ? 1 : Math.max(1, count) * part.repeats)
    const size = (part: Part) => {
      if (max < 0) return min === 0 ? 2 + part.size : 1 + min * part.size
      return Math.max(1, max * part.size + (max - min))
    }
    this.repeat(at, lastRepeat, size, repeats, min >= 2 || max >= 2)
    return true
  }

  /** Puts a repetition over the last part; `from` is where its operator begins and `at` stands behind it. */
  private repeat(
    from: number,
    lastRepeat: number,
    size: number | ((part: Part) => number),
    repeats: (part: Part) => number,
    counted = false,
  ): void {
    const { text, group } = this
    if (text[this.at] === '?') this.at++
    if (lastRepeat >= 0) refuse('invalid nested repetition operator', text.slice(lastRepeat, this.at))
    const part = group.parts.pop()
    if (part === undefined) refuse('missing argument to repetition operator', text.slice(from, this.at))
    const repeated = this.checked({
      op: 'other',
      height: part.height + 1,
      size: typeof size === 'number' ? size + part.size : size(part),
      repeats: repeats(part),
    })
    if (counted && repeated.repeats > MAX_REPEAT) refuse('invalid repeat count', text.slice(from, this.at))
    group.parts.push(repeated)
  }

  private readBackslash(): void {
    const { text, at } = this
    switch (text[at + 1]) {
      case 'A':
      case 'b':
      case 'B':
      case 'z':
        this.at += 2
        this.push(LEAF)
        return
      case 'C':
        refuse('invalid escape sequence', '\\C')
        break
      case 'Q': {
        const end = text.indexOf('\\E', at + 2)
        const stop = end < 0 ? text.length : end
        this.at += 2
        while (this.at < stop) {
          this.readCharacter()
          this.pushLiteral()
        }
        this.at = end < 0 ? stop : end + 2
        return
      }
    }
    if (this.readClass()) {
      this.push(CHARACTER)
      return
    }
    this.readEscape()
    this.pushLiteral()
  }

  /** `\pL`, `\p{Greek}`, `\P...` and the Perl classes `\d \s \w \D \S \W`; false when something else stands there. */
  private readClass(): boolean {
    const { text, at } = this
    const letter = text[at + 1] ?? ''
    if (text[at] !== '\\' || letter === '') return false
    if ('dswDSW'.includes(letter)) {
      this.at += 2
      return true
    }
    if (letter !== 'p' && letter !== 'P') return false
    this.at += 2
    let name: string
    if (text[this.at] === '{') {
      const end = text.indexOf('}', at)
      if (end < 0) refuse('invalid character class range', text.slice(at))
      name = text.slice(at + 3, end)
      this.at = end + 1
    } else {
      this.readCharacter()
      name = text.slice(at + 2, this.at)
    }
    if (!isUnicodeClass(name.replace(/^\^/, ''))) refuse('invalid character class range', text.slice(at, this.at))
    return true
  }

  /** `\n`, `\x41`, `\x{1F600}`, `\101`, an escaped sign; the code point. */
  private readEscape(): number {
    const { text, at } = this
    this.at++
    if (this.at >= text.length) refuse('trailing backslash at end of expression', '')
    const code = this.readCharacter()
    const letter = String.fromCodePoint(code)
    if (code < 0x80 && !/[0-9A-Za-z]/.test(letter)) return code
    const plain = 'afnrtv'.indexOf(letter)
    if (plain >= 0) return [7, 12, 10, 13, 9, 11][plain] as number
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(text.slice(at + 1, at + 4))?.[0]
    if (octal !== undefined) {
      this.at = at + 1 + octal.length
      return Number.parseInt(octal, 8)
    }
    if (letter === 'x') {
      const hex = this.readHex()
      if (hex !== undefined) return hex
    }
    refuse('invalid escape sequence', text.slice(at, this.at))
  }

  /** The digits after `\x`; when they are wrong, `at` stands behind the character that is. */
  private readHex(): number | undefined {
    const { text } = this
    if (this.at >= text.length) return undefined
    const braced = text[this.at] === '{'
    if (!braced) {
      const first = this.readCharacter()
      const second = this.readCharacter()
      const digits = String.fromCodePoint(first) + (second < 0 ? '' : String.fromCodePoint(second))
      return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined
    }
    this.at++
    let value = 0
    for (let count = 0; this.at < text.length; count++) {
      const digit = String.fromCodePoint(this.readCharacter())
      if (digit === '}') return count > 0 ? value : undefined
      if (!/^[0-9a-fA-F]$/.test(digit)) return undefined
      value = value * 16 + Number.parseInt(digit, 16)
      if (value > 0x10ffff) return undefined
    }
    return undefined
  }

  /** `[...]`; a `]` in the first place and a `-` anywhere are ordinary. */
  private readBrackets(): void {
    const { text } = this
    const start = this.at
    this.at += text[start + 1] === '^' ? 2 : 1
    for (let first = true; first || text[this.at] !== ']'; first = false) {
      const at = this.at
      if (text.startsWith('[:', at) && text.length - at > 2) {
        const end = at < this.lastPosixEnd ? text.indexOf(':]', at + 2) : -1
        if (end >= 0) {
          if (!isPosixClass(text.slice(at + 2, end))) refuse('invalid character class range', text.slice(at, end + 2))
          this.at = end + 2
          continue
        }
      }
      if (this.readClass()) continue
      const low = this.readBracketCharacter(start)
      if (text[this.at] === '-' && this.at + 1 < text.length && text[this.at + 1] !== ']') {
        this.at++
        const high = this.readBracketCharacter(start)
        if (high < low) refuse('invalid character class range', text.slice(at, this.at))
      }
    }
    this.at++
    this.push(CHARACTER)
  }

  private readBracketCharacter(start: number): number {
    if (this.at >= this.text.length) refuse('missing closing ]', this.text.slice(start))
    return this.text[this.at] === '\\' ? this.readEscape() : this.readCharacter()
  }
}

function isSingle(part: Part): boolean {
  return part.op === 'character' || (part.op === 'literal' && part.size === 1)
}

/** Two literals at the end become one. */
function joinLiterals(parts: Part[]): void {
  const last = parts.at(-1)
  const before = parts.at(-2)
  if (last?.op !== 'literal' || before?.op !== 'literal') return
  parts.length -= 2
  parts.push({ ...LITERAL, size: before.size + last.size })
}

/** A sequence or a choice of parts; one part stays itself, and a part of the same kind is opened. */
function combine(op: 'sequence' | 'choice', parts: readonly Part[]): Part {
  const [only] = parts
  if (only === undefined) return LEAF
  if (parts.length === 1) return only
  let height = 0
  let size = op === 'choice' ? parts.length - 1 : 0
  let repeats = 1
  for (const part of parts) {
    height = Math.max(height, part.op === op ? part.height - 1 : part.height)
    size += part.size
    repeats = Math.max(repeats, part.repeats)
  }
  return { op, height: height + 1, size, repeats }
}
