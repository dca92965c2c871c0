import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'

/** What is nested more deeply is left to the YAML parser, which says so. */
const deepest = 200

/**
 * The nodes that the YAML parser makes of a text that is JSON and nothing else, many times faster and in much less memory; undefined
 * for every other text. What `keepSourceTokens` adds is there for strings.
 */
export function jsonNodes(text: string): YAMLMap | YAMLSeq | undefined {
  const first = /^\s*[{[]/.exec(text.slice(0, 1000))?.[0]
  return first === undefined ? undefined : new JsonScanner(text).whole()
}

/** Thrown at what is not JSON. */
const notJson = new Error('not JSON')

const SPACE = 0x20
const BACKSLASH = 0x5c
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y
/** Tabs are not always blanks to YAML. */
const blanks = /[ \r\n]*/y

class JsonScanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): YAMLMap | YAMLSeq | undefined {
    try {
      this.#skip()
      const value = this.#value(0)
      this.#skip()
      return this.#at === this.#text.length && !(value instanceof Scalar) ? value : undefined
    } catch (error) {
      if (error !== notJson) throw error
      return undefined
    }
  }

  #value(depth: number): YAMLMap | YAMLSeq | Scalar {
    if (depth > deepest) throw notJson
    const start = this.#at
    const unit = this.#text[start]
    if (unit === '"') return this.#string()
    if (unit === '{') return this.#map(depth)
    if (unit === '[') return this.#list(depth)
    const source = this.#match(word) ?? this.#match(number)
    if (source === undefined) throw notJson
    const scalar = new Scalar(
      source === 'null' ? null : source === 'true' ? true : source === 'false' ? false : Number(source),
    )
    scalar.source = source
    return ranged(scalar, start, this.#at)
  }

  #string(): Scalar {
    const start = this.#at
    const hasEscapes = this.#skipString()
    const source = this.#text.slice(start, this.#at)
    const scalar = new Scalar(hasEscapes ? (JSON.parse(source) as string) : source.slice(1, -1))
    scalar.type = Scalar.QUOTE_DOUBLE
    scalar.source = scalar.value as string
    scalar.srcToken = { type: 'double-quoted-scalar', offset: start, indent: 0, source }
    return ranged(scalar, start, this.#at)
  }

  /** Unit by unit: an expression would need memory for each unit of a long string. Tells whether there are escapes in it. */
  #skipString(): boolean {
    if (!this.#take('"')) throw notJson
    let hasEscapes = false
    while (!this.#take('"')) {
      const code = this.#text.charCodeAt(this.#at)
      if (!(code >= SPACE)) throw notJson
      if (code !== BACKSLASH) this.#at++
      else if (this.#match(escaped) === undefined) throw notJson
      else hasEscapes = true
    }
    return hasEscapes
  }

  #map(depth: number): YAMLMap {
    const start = this.#at++
    const map = new YAMLMap()
    map.flow = true
    this.#skip()
    if (this.#take('}')) return ranged(map, start, this.#at)
    do {
      this.#skip()
      const key = this.#string()
      // YAML ends an implicit key after 1024 units: the parser says what then.
      if (this.#at - (key.range?.[0] ?? 0) > 1000) throw notJson
      this.#skip()
      if (!this.#take(':')) throw notJson
      this.#skip()
      map.items.push(new Pair(key, this.#value(depth + 1)))
      this.#skip()
    } while (this.#take(','))
    if (!this.#take('}')) throw notJson
    return ranged(map, start, this.#at)
  }

  #list(depth: number): YAMLSeq {
    const start = this.#at++
    const list = new YAMLSeq()
    list.flow = true
    this.#skip()
    if (this.#take(']')) return ranged(list, start, this.#at)
    do {
      this.#skip()
      list.items.push(this.#value(depth + 1))
      this.#skip()
    } while (this.#take(','))
    if (!this.#take(']')) throw notJson
    return ranged(list, start, this.#at)
  }

  #skip(): void {
    this.#match(blanks)
  }

  #take(unit: string): boolean {
    if (this.#text[this.#at] !== unit) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }
}

function ranged<T extends YAMLMap | YAMLSeq | Scalar>(node: T, start: number, end: number): T {
  node.range = [start, end, end]
  return node
}
