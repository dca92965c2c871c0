import type { InnerText } from '../embed/inner-text.ts'
import type { Range } from '../text/range.ts'
import type { Placed } from './source.ts'

/** A JSON value with its place in the outermost file. */
export type JsonValue =
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[]; readonly range: Range }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[]; readonly range: Range }
  | { readonly kind: 'string'; readonly value: string; readonly range: Range }
  | { readonly kind: 'number' | 'boolean' | 'null'; readonly value: string; readonly range: Range }

/** A pair of an object, also one that a later pair with the same key hides. */
export interface JsonEntry {
  readonly key: Placed
  readonly value: JsonValue
}

/** What was read of a text, and why Go's encoding/json refuses it. */
export interface JsonReading {
  /** Undefined where the text has no value to begin with; with a fault, what could be read in spite of it. */
  readonly value: JsonValue | undefined
  /** The first fault; Go uses nothing of a text that has one. */
  readonly fault: { readonly message: string; readonly range: Range } | undefined
}

/** Values are nested no deeper: nothing that is read as JSON here is deep. */
const deepest = 200

/** Characters that word processors make of quotes. */
const typographic = /^[“”„‟«»‘’‚‛]/

/**
 * Reads a text as Go's json.Unmarshal does: no comments, no comma before a closing bracket, nothing behind the value. Behind a
 * fault reading goes on where the meaning is plain, typographic quotes for instance, so that what was meant can be told.
 */
export function readGoJson(text: InnerText): JsonReading {
  const reader = new JsonReader(text)
  const value = reader.value(0)
  reader.expectEnd()
  return { value, fault: reader.fault }
}

class JsonReader {
  fault: JsonReading['fault']
  readonly #inner: InnerText
  readonly #text: string
  #at = 0

  constructor(text: InnerText) {
    this.#inner = text
    this.#text = text.text
  }

  value(depth: number): JsonValue | undefined {
    this.#skipBlanks()
    const start = this.#at
    const unit = this.#text.charAt(start)
    if (depth > deepest) {
      this.#fail('it is nested too deeply')
      this.#at = this.#text.length
      return undefined
    }
    if (unit === '{') return this.#object(depth)
    if (unit === '[') return this.#array(depth)
    if (unit === '"' || typographic.test(unit) || unit === "'") {
      const placed = this.#string()
      return { kind: 'string', ...placed }
    }
    const literal = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.+-])/y
    literal.lastIndex = start
    const word = literal.exec(this.#text)?.[0]
    if (word !== undefined) {
      this.#at = start + word.length
      const kind = word === 'null' ? 'null' : /^[tf]/.test(word) ? 'boolean' : 'number'
      return { kind, value: word, range: this.#range(start, this.#at) }
    }
    this.#fail(unit === '' ? 'the JSON ends too early' : `${this.#shown(start)} begins no value of JSON`)
    // A word without quotes is what it says to whoever wrote it.
    const bare = /[^\s,\][{}":“”]+/y
    bare.lastIndex = start
    const meant = bare.exec(this.#text)?.[0]
    if (meant === undefined) return undefined
    this.#at = start + meant.length
    return { kind: 'string', value: meant, range: this.#range(start, this.#at) }
  }

  expectEnd(): void {
    this.#skipBlanks()
    if (this.#at < this.#text.length) this.#fail(`${this.#shown(this.#at)} stands behind the end of the JSON`)
  }

  #object(depth: number): JsonValue {
    const start = this.#at++
    const entries: JsonEntry[] = []
    for (;;) {
      this.#skipBlanks()
      if (this.#take('}')) {
        if (entries.length > 0) this.#failBefore('a comma stands before the closing brace')
        break
      }
      const keyStart = this.#at
      const unit = this.#text.charAt(keyStart)
      if (unit === '') {
        this.#fail('the JSON ends too early')
        break
      }
      let key: Placed | undefined
      if (unit === '"' || typographic.test(unit) || unit === "'") key = this.#string()
      else {
        this.#fail(`a key of JSON begins with a quote, not with ${this.#shown(keyStart)}`)
        const bare = this.value(depth + 1)
        if (bare?.kind === 'string') key = { value: bare.value, range: bare.range }
        else break
      }
      this.#skipBlanks()
      if (!this.#take(':')) {
        this.#fail(`a colon belongs behind the key ${key.value}`)
        break
      }
      const value = this.value(depth + 1)
      if (!value) break
      entries.push({ key, value })
      this.#skipBlanks()
      if (this.#take(',')) continue
      if (this.#take('}')) break
      this.#fail(
        this.#at >= this.#text.length ? 'the JSON ends too early' : `a comma belongs before ${this.#shown(this.#at)}`,
      )
      if (this.#at >= this.#text.length || /[\]}]/.test(this.#text.charAt(this.#at))) break
    }
    return { kind: 'object', entries, range: this.#range(start, this.#at) }
  }

  #array(depth: number): JsonValue {
    const start = this.#at++
    const items: JsonValue[] = []
    for (;;) {
      this.#skipBlanks()
      if (this.#take(']')) {
        if (items.length > 0) this.#failBefore('a comma stands before the closing bracket')
        break
      }
      const value = this.value(depth + 1)
      if (!value) break
      items.push(value)
      this.#skipBlanks()
      if (this.#take(',')) continue
      if (this.#take(']')) break
      this.#fail(
        this.#at >= this.#text.length ? 'the JSON ends too early' : `a comma belongs before ${this.#shown(this.#at)}`,
      )
      if (this.#at >= this.#text.length || /[\]}]/.test(this.#text.charAt(this.#at))) break
    }
    return { kind: 'array', items, range: this.#range(start, this.#at) }
  }

  /** A string, its escapes resolved; the range is that between the quotes. */
  #string(): Placed {
    const open = this.#text.charAt(this.#at)
    if (open !== '"') this.#fail(`${open} is no quote of JSON, which is "`)
    const start = ++this.#at
    let value = ''
    while (this.#at < this.#text.length) {
      const unit = this.#text.charAt(this.#at)
      if (open === '"' ? unit === '"' : open === "'" ? unit === "'" : typographic.test(unit)) {
        const range = this.#range(start, this.#at)
        this.#at++
        return { value: value.toWellFormed(), range }
      }
      if (unit === '\n' || unit < ' ') {
        this.#fail('a string of JSON ends on the line on which it begins')
        if (unit === '\n') break
      }
      if (unit === '\\') value += this.#escape()
      else {
        value += unit
        this.#at++
      }
    }
    this.#fail('a quote is not closed')
    return { value: value.toWellFormed(), range: this.#range(start, this.#at) }
  }

  #escape(): string {
    const escaped = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/y
    escaped.lastIndex = this.#at
    const match = escaped.exec(this.#text)
    if (!match) {
      this.#fail(`${this.#text.slice(this.#at, this.#at + 2)} is no escape of JSON`)
      this.#at += 2
      return this.#text.charAt(this.#at - 1)
    }
    this.#at += match[0].length
    if (match[1] !== undefined) return String.fromCharCode(Number.parseInt(match[1], 16))
    return { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[match[2] ?? ''] ?? match[2] ?? ''
  }

  #take(unit: string): boolean {
    if (this.#text.charAt(this.#at) !== unit) return false
    this.#at++
    return true
  }

  #skipBlanks(): void {
    while (/^[ \t\r\n]/.test(this.#text.charAt(this.#at))) this.#at++
  }

  #shown(at: number): string {
    const character = String.fromCodePoint(this.#text.codePointAt(at) ?? 0x20)
    return /^\s$/.test(character) ? 'a blank' : character
  }

  #range(start: number, end: number): Range {
    const { length } = this.#text
    return this.#inner.toOuter({ start: Math.min(start, length), end: Math.min(end, length) })
  }

  #fail(message: string): void {
    this.fault ??= { message, range: this.#range(this.#at, this.#at + 1) }
  }

  #failBefore(message: string): void {
    const range = this.#range(this.#at - 1, this.#at)
    this.fault ??= { message, range }
  }
}
