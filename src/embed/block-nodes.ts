import type { CST, Node } from 'yaml'
import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'

/** What is nested more deeply is left to the YAML parser, which says so. */
const deepest = 100

/**
 * The nodes that the YAML parser makes of a document that is written as nearly every manifest is, many times faster: block maps and lists,
 * values on one line, flow style on one line, literal blocks. Undefined where anything in it is not that plain, right or wrong: then the
 * parser has to look. Values and places are those of the parser; of what `keepSourceTokens` adds there is what says where the lines of a
 * block stand.
 */
export function blockNodes(text: string): YAMLMap | undefined {
  // A carriage return counts for different things in different values.
  if (text.includes('\r') || text.charCodeAt(0) === BYTE_ORDER_MARK || !text.endsWith('\n')) return undefined
  return new BlockScanner(text).whole()
}

/** Thrown at what is not plain. */
const notPlain = new Error('not plain')

const BYTE_ORDER_MARK = 0xfeff
const NEWLINE = 0x0a
const SPACE = 0x20
const HASH = 0x23
const DASH = 0x2d

/** A key with its colon. YAML ends an implicit key after 1024 units. */
const keyPattern = /(?:([A-Za-z_][\w./-]{0,900})|"([^"\\\n\t]{1,900})"|'([^'\n\t]{1,900})'):(?=[ \n])/y
/** A word, or several, that is nothing else to YAML, up to a comment or the end of the line. */
const plainPattern =
  /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=[^\s,[\]{}]))(?:[^\s:#]|:(?=[^\s])|(?<=[^\s])#| +(?=[^\s#]))*/y
const doublePattern = /"([^"\\\n\t]*)"/y
const singlePattern = /'([^'\n\t]*)'(?!')/y
/** A word inside of flow style. */
const flowPlainPattern = /-{0,2}[A-Za-z0-9_./][\w./@%+=-]*(?::[\w./@%+=-]+)*(?: +[\w./@%+=-]+(?::[\w./@%+=-]+)*)*/y
const flowKeyPattern = /(?:([A-Za-z_][\w./-]{0,900})|"([^"\\\n\t]{1,900})"|'([^'\n\t]{1,900})'):(?= )/y
const lineEndPattern = / *(?: #[^\n]*)?\n/y
const blanksPattern = / */y

/** Words that are no strings in YAML 1.2. */
const wordPattern = /^(?:~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE)$/
const numberPattern =
  /^(?:[-+]?[0-9]+|[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+)$/
/** Other notations of numbers, in which nothing else is read here. */
const otherNumberPattern = /^(?:0[ox]|[-+]?\.(?:inf|nan)$)/i

class BlockScanner {
  readonly #text: string
  /** Where the line starts that is looked at, its first character that is no blank, and that character's column. */
  #start = 0
  #content = 0
  #indent = -1
  /** The deepest column of a comment in front of it, -1 for none. */
  #comment = -1
  /** Where the last value ended, with its line. */
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): YAMLMap | undefined {
    try {
      if (this.#text.startsWith('---')) this.#at = this.#lineEnd(3)
      this.#advance()
      if (this.#indent !== 0) return undefined
      const map = this.#map(0, 0)
      return this.#indent < 0 ? map : undefined
    } catch (error) {
      if (error !== notPlain) throw error
      return undefined
    }
  }

  /** Goes on to the next line with something on it; the indentation is -1 behind the last one. */
  #advance(): void {
    const text = this.#text
    let start = this.#at
    // To which of the values above a comment belongs shows its column; where that is not the next line's, it may lengthen some of them.
    this.#comment = -1
    while (start < text.length) {
      let at = start
      let code = text.charCodeAt(at)
      while (code === SPACE) code = text.charCodeAt(++at)
      if (code !== NEWLINE && code !== HASH) {
        this.#start = start
        this.#content = at
        this.#indent = at - start
        if (this.#comment > this.#indent) throw notPlain
        return
      }
      if (code === HASH) this.#comment = Math.max(this.#comment, at - start)
      start = code === NEWLINE ? at + 1 : text.indexOf('\n', at) + 1
    }
    this.#indent = -1
    if (this.#comment > 0) throw notPlain
  }

  #map(indent: number, depth: number): YAMLMap {
    if (depth > deepest) throw notPlain
    const map = new YAMLMap()
    const first = this.#content
    let end = first
    while (this.#indent === indent) {
      const { key, colon } = this.#key(keyPattern, this.#content)
      const value = this.#value(colon, indent, depth)
      map.items.push(new Pair(key, value))
      end = endOf(value)
    }
    if (this.#indent > indent || map.items.length === 0) throw notPlain
    return ranged(map, first, end, end)
  }

  #list(indent: number, depth: number): YAMLSeq {
    if (depth > deepest) throw notPlain
    const list = new YAMLSeq()
    const first = this.#content
    let end = first
    while (this.#indent === indent && this.#isItem()) {
      const at = this.#match(blanksPattern, this.#content + 1)
      const code = this.#text.charCodeAt(at)
      if (code === NEWLINE || code === HASH || (code === DASH && this.#isItemAt(at))) throw notPlain
      let item: Node
      keyPattern.lastIndex = at
      if (keyPattern.test(this.#text)) {
        // The map stands behind the dash, as if its first line began there.
        this.#content = at
        this.#indent = at - this.#start
        item = this.#map(this.#indent, depth + 1)
      } else item = this.#onLine(at, indent, depth)
      list.items.push(item)
      end = endOf(item)
    }
    return ranged(list, first, end, end)
  }

  #isItem(): boolean {
    return this.#isItemAt(this.#content)
  }

  #isItemAt(at: number): boolean {
    const next = this.#text.charCodeAt(at + 1)
    return this.#text.charCodeAt(at) === DASH && (next === SPACE || next === NEWLINE)
  }

  /** The value behind a key, whose colon ends at an offset. Afterwards the line behind it is looked at. */
  #value(colon: number, indent: number, depth: number): Node {
    const at = this.#match(blanksPattern, colon)
    const code = this.#text.charCodeAt(at)
    if (code !== NEWLINE && !(code === HASH && at > colon)) return this.#onLine(at, indent, depth)
    this.#at = this.#lineEnd(colon)
    this.#advance()
    const isItem = this.#indent >= indent && this.#isItem()
    if (isItem) return this.#list(this.#indent, depth + 1)
    if (this.#indent > indent) return this.#map(this.#indent, depth + 1)
    if (at > colon || this.#comment !== -1) throw notPlain
    const nothing = ranged(new Scalar(null), colon, colon, colon)
    nothing.type = Scalar.PLAIN
    return nothing
  }

  /** A value that begins on the line that is looked at. */
  #onLine(at: number, indent: number, depth: number): Node {
    const unit = this.#text[at]
    if (unit === '|') return this.#literal(at, indent, this.#isItem() ? at - this.#start : indent)
    const [node, end] = unit === '[' || unit === '{' ? this.#flow(at, depth) : this.#scalar(at, plainPattern)
    this.#at = this.#lineEnd(end)
    if (node.range) node.range[2] = this.#at
    this.#advance()
    // A value may go on behind its line.
    if (this.#indent > indent) throw notPlain
    return node
  }

  #scalar(at: number, plain: RegExp): [Scalar, number] {
    const unit = this.#text[at]
    const pattern = unit === '"' ? doublePattern : unit === "'" ? singlePattern : plain
    pattern.lastIndex = at
    const match = pattern.exec(this.#text)
    if (match === null) throw notPlain
    const end = at + match[0].length
    const isPlain = pattern === plain
    const scalar = isPlain ? plainScalar(match[0]) : new Scalar(match[1])
    scalar.source = isPlain ? match[0] : (match[1] ?? '')
    scalar.type = isPlain ? Scalar.PLAIN : unit === '"' ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE
    return [ranged(scalar, at, end, end), end]
  }

  #key(pattern: RegExp, at: number): { key: Scalar; colon: number } {
    pattern.lastIndex = at
    const match = pattern.exec(this.#text)
    if (match === null) throw notPlain
    const [all, plain, double, single] = match
    const colon = at + all.length
    const key = plain === undefined ? new Scalar(double ?? single) : plainScalar(plain)
    key.source = plain ?? double ?? single ?? ''
    key.type = plain !== undefined ? Scalar.PLAIN : double !== undefined ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE
    return { key: ranged(key, at, colon - 1, colon - 1), colon }
  }

  /** A map or list on one line. */
  #flow(at: number, depth: number): [Node, number] {
    if (depth > deepest) throw notPlain
    const text = this.#text
    const isMap = text[at] === '{'
    const node = isMap ? new YAMLMap() : new YAMLSeq()
    node.flow = true
    const close = isMap ? '}' : ']'
    let end = this.#match(blanksPattern, at + 1)
    while (text[end] !== close) {
      let value: Node
      if (isMap) {
        const { key, colon } = this.#key(flowKeyPattern, end)
        ;[value, end] = this.#flowValue(this.#match(blanksPattern, colon), depth)
        ;(node as YAMLMap).items.push(new Pair(key, value))
      } else {
        ;[value, end] = this.#flowValue(end, depth)
        ;(node as YAMLSeq).items.push(value)
      }
      end = this.#match(blanksPattern, end)
      if (text[end] !== ',') break
      end = this.#match(blanksPattern, end + 1)
      if (text[end] === close) throw notPlain
    }
    if (text[end] !== close) throw notPlain
    return [ranged(node, at, end + 1, end + 1), end + 1]
  }

  #flowValue(at: number, depth: number): [Node, number] {
    const unit = this.#text[at]
    return unit === '[' || unit === '{' ? this.#flow(at, depth + 1) : this.#scalar(at, flowPlainPattern)
  }

  /** A literal block below a key or dash at a column; `inner` is the column that the parser notes with its header. */
  #literal(at: number, parent: number, inner: number): Scalar {
    const text = this.#text
    const header = text[at + 1] === '-' ? '|-' : '|'
    const first = at + header.length + 1
    if (text.charCodeAt(first - 1) !== NEWLINE) throw notPlain
    const lines: string[] = []
    let indent = -1
    let end = first
    let blank = 0
    for (let start = first; start < text.length; ) {
      const lineEnd = text.indexOf('\n', start)
      let content = start
      while (text.charCodeAt(content) === SPACE) content++
      if (content === lineEnd) {
        // Blanks beyond the indentation belong to the text, and which that is shows the first line.
        if (indent === -1 || content - start > indent) throw notPlain
        blank++
      } else {
        const own = content - start
        if (own <= parent) break
        if (indent === -1) indent = own
        if (own < indent) throw notPlain
        for (; blank > 0; blank--) lines.push('')
        lines.push(text.slice(start + indent, lineEnd))
        end = lineEnd + 1
      }
      start = lineEnd + 1
    }
    if (indent === -1) throw notPlain
    const scalar = new Scalar(lines.join('\n') + (header === '|' ? '\n' : ''))
    scalar.type = Scalar.BLOCK_LITERAL
    scalar.source = scalar.value as string
    const props: CST.SourceToken[] = [
      { type: 'block-scalar-header', offset: at, indent: inner, source: header },
      { type: 'newline', offset: first - 1, indent: inner, source: '\n' },
    ]
    scalar.srcToken = { type: 'block-scalar', offset: at, indent: parent, props, source: text.slice(first, end) }
    this.#at = end
    this.#advance()
    return ranged(scalar, at, end, end)
  }

  /** Where the next line starts behind a value that ends at an offset: only blanks and a comment may follow it. */
  #lineEnd(at: number): number {
    const end = this.#match(lineEndPattern, at)
    if (end === at) throw notPlain
    return end
  }

  /** Where a pattern ends that begins at an offset; the offset itself where it does not match. */
  #match(pattern: RegExp, at: number): number {
    pattern.lastIndex = at
    return pattern.test(this.#text) ? pattern.lastIndex : at
  }
}

/** A word as YAML's core schema reads it. */
function plainScalar(word: string): Scalar {
  if (otherNumberPattern.test(word)) throw notPlain
  if (numberPattern.test(word)) return new Scalar(Number(word))
  if (!wordPattern.test(word)) return new Scalar(word)
  const first = word.charCodeAt(0) | SPACE
  return new Scalar(first === 0x74 ? true : first === 0x66 ? false : null)
}

function ranged<Kind extends Node>(node: Kind, start: number, end: number, nodeEnd: number): Kind {
  node.range = [start, end, nodeEnd]
  return node
}

function endOf(node: Node): number {
  return node.range?.[2] ?? 0
}
