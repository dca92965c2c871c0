import type { Range } from '../text/range.ts'
import { endOfQuoted, templatesIn } from './hcl-template.ts'
import type { HostText, ReadValue } from './inner-text.ts'
import { mappedText } from './inner-text.ts'
import { type MappedText, MappedTextBuilder } from './offset-map.ts'

/**
 * The JSON that `jsonencode` makes of an object, list or string that is written there, each value at its place; undefined where anything of
 * it is known only to Terraform: a variable, a function, a template. It cannot be edited as JSON.
 */
export function hclAsJson(host: HostText, range: Range): HostText | undefined {
  const mapped = new JsonWriter(host.text, range).run()
  return mapped && mappedText(host, (): ReadValue => ({ mapped, edit: () => null }))
}

/** Nobody nests deeper. */
const DEEPEST = 50
/** Escapes that JSON does not have, or that mean something else there. */
const OTHER_ESCAPE = /\$\$\{|%%\{|\\U/

class JsonWriter {
  readonly #source: string
  readonly #end: number
  readonly #builder: MappedTextBuilder
  #at: number

  constructor(source: string, { start, end }: Range) {
    this.#source = source
    this.#at = start
    this.#end = end
    this.#builder = new MappedTextBuilder(source, start)
  }

  run(): MappedText | undefined {
    const isKnown = this.#value(0)
    this.#skip()
    return isKnown && this.#at === this.#end ? this.#builder.build() : undefined
  }

  /** Blanks, line breaks and comments. */
  #skip(): void {
    const blank = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
    blank.lastIndex = this.#at
    this.#at = Math.min(this.#end, this.#at + (blank.exec(this.#source)?.[0].length ?? 0))
  }

  #value(depth: number): boolean {
    this.#skip()
    const unit = this.#source[this.#at]
    if (depth > DEEPEST || this.#at >= this.#end) return false
    if (unit === '"') return this.#string()
    if (unit === '{') return this.#members('}', depth, () => this.#key() && this.#value(depth + 1))
    if (unit === '[') return this.#members(']', depth, () => this.#value(depth + 1))
    const word = /(?:true|false|null|-?\d+(?:\.\d+)?)(?![\w.(-])/y
    word.lastIndex = this.#at
    const length = word.exec(this.#source)?.[0].length
    if (length === undefined) return false
    this.#copy(this.#at + length)
    return true
  }

  #copy(end: number): void {
    this.#builder.copy(this.#at, end)
    this.#at = end
  }

  #string(): boolean {
    const end = endOfQuoted(this.#source, this.#at, this.#end)
    const written = this.#source.slice(this.#at, end)
    const isPlain = written.length > 1 && written.endsWith('"') && !OTHER_ESCAPE.test(written)
    if (!isPlain || templatesIn(this.#source, { start: this.#at, end }).length > 0) return false
    this.#copy(end)
    return true
  }

  #key(): boolean {
    if (this.#source[this.#at] === '"') {
      if (!this.#string()) return false
    } else {
      const word = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy
      word.lastIndex = this.#at
      const key = word.exec(this.#source)?.[0]
      if (key === undefined) return false
      this.#builder.write(`"${key}"`, this.#at, this.#at + key.length)
      this.#at += key.length
    }
    this.#skip()
    const unit = this.#source[this.#at]
    if (unit !== '=' && unit !== ':') return false
    this.#builder.write(':', this.#at, this.#at + 1)
    this.#at++
    return true
  }

  /** What stands between brackets, with commas or line breaks between. */
  #members(closing: string, depth: number, member: () => boolean): boolean {
    this.#copy(this.#at + 1)
    for (let isFirst = true; ; isFirst = false) {
      const before = this.#at
      this.#skip()
      if (!isFirst) {
        const hasComma = this.#source[this.#at] === ','
        if (hasComma) this.#at++
        else if (this.#source[this.#at] !== closing && !this.#source.slice(before, this.#at).includes('\n'))
          return false
        this.#skip()
      }
      if (this.#at >= this.#end || depth > DEEPEST) return false
      if (this.#source[this.#at] === closing) {
        this.#copy(this.#at + 1)
        return true
      }
      if (!isFirst) this.#builder.write(',', before, this.#at)
      if (!member()) return false
    }
  }
}
