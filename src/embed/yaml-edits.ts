import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { isCollection, isMap, isScalar } from 'yaml'
import type { TextEdit } from '../text/edit.ts'
import { rangeOf } from './yaml-reader.ts'

/** What is written into a YAML or JSON text. */
export type YamlValue = string | number | readonly YamlValue[] | { readonly [key: string]: YamlValue }

/** How a text is laid out. */
export interface YamlLayout {
  readonly newline: '\n' | '\r\n'
  /** Blanks of a list in front of its dashes, seen from the key: 0 as kubectl writes it, or 2. */
  readonly listIndent: number
}

/** The lines of a value in block style, the first without indentation. */
export function yamlLines(value: YamlValue, layout: YamlLayout): string[] {
  if (isList(value)) {
    return value.flatMap((item) => yamlLines(item, layout).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`)))
  }
  if (typeof value !== 'object') return [scalarText(value)]
  return Object.entries(value).flatMap(([key, inner]) => pairLines(key, inner, layout))
}

/** Edits of one document of a YAML or JSON text: each as small as the value allows, in the style of what is around it. */
export class YamlEdits {
  readonly #text: string
  readonly #layout: YamlLayout

  /** `text` is what the nodes were read from. */
  constructor(text: string, layout: YamlLayout) {
    this.#text = text
    this.#layout = layout
  }

  /** Puts a value under a key of a map, in the place of what is there; comments inside of that go with it. */
  set(map: YAMLMap, key: string, value: YamlValue): TextEdit {
    const pair = (map.items as Pair<Node, Node | null>[]).find(({ key: one }) => isScalar(one) && one.value === key)
    if (pair !== undefined) return this.#replace(map, pair, value)
    if (map.flow) return this.#addToFlow(map, `${this.#flowKey(map, key)}: `, value)
    return this.#addLines(map, pairLines(key, value, this.#layout))
  }

  /** Puts an item at the end of a list that is not empty. */
  append(list: YAMLSeq, value: YamlValue): TextEdit {
    if (list.flow) return this.#addToFlow(list, '', value)
    return this.#addLines(list, yamlLines([value], this.#layout))
  }

  /** Puts items behind the one with a number into a list in block style that is not empty; -1 puts them in front of all. */
  insertAfter(list: YAMLSeq, at: number, values: readonly YamlValue[]): TextEdit {
    const lines = yamlLines(values, this.#layout)
    const item = list.items[at] as Node | undefined
    if (item !== undefined) return this.#addLines(list, lines, item)
    const { start } = rangeOf(list)
    const newline = this.#layout.newline + ' '.repeat(columnOf(this.#text, start))
    return { start, end: start, text: lines.join(newline) + newline }
  }

  #replace(map: YAMLMap, { key, value: old }: Pair<Node, Node | null>, value: YamlValue): TextEdit {
    const colon = this.#text.indexOf(':', rangeOf(key).end) + 1
    const isBlock = typeof value === 'object'
    if (old === null || rangeOf(old).start === rangeOf(old).end) {
      return { start: colon, end: colon, text: this.#behindColon(map, value, columnOf(this.#text, rangeOf(key).start)) }
    }
    const { start } = rangeOf(old)
    const end = endOf(old)
    if (isBlock && isCollection(old) && !old.flow) {
      const column = columnOf(this.#text, start)
      const newline = this.#layout.newline + ' '.repeat(column)
      return { start, end, text: yamlLines(value, this.#layout).join(newline) }
    }
    if (isBlock && !map.flow && isCollection(old) && old.items.length === 0) {
      return { start: colon, end, text: this.#behindColon(map, value, columnOf(this.#text, rangeOf(key).start)) }
    }
    return { start, end, text: this.#flowText(value, start) }
  }

  #behindColon(map: YAMLMap, value: YamlValue, column: number): string {
    if (typeof value !== 'object' || map.flow) return ` ${this.#flowText(value, 0)}`
    const indent = column + (isList(value) ? this.#layout.listIndent : 2)
    const newline = this.#layout.newline + ' '.repeat(indent)
    return newline + yamlLines(value, this.#layout).join(newline)
  }

  /** Lines behind a part of a block, its last one where none is given, in the block's column; comments that are indented further belong to what is there. */
  #addLines(block: YAMLMap | YAMLSeq, lines: readonly string[], behind: Node = block): TextEdit {
    const column = columnOf(this.#text, rangeOf(block).start)
    // A block scalar ends behind its last line break.
    const last = endOf(behind)
    let end = this.#endOfLine(last - (/\r?\n$/.exec(this.#text.slice(Math.max(0, last - 2), last))?.[0].length ?? 0))
    for (let next = this.#text.indexOf('\n', end) + 1; next > 0; next = this.#text.indexOf('\n', end) + 1) {
      const comment = /^( *)#/.exec(this.#text.slice(next, this.#endOfLine(next)))?.[1]
      if (comment === undefined || comment.length <= column) break
      end = this.#endOfLine(next)
    }
    const newline = this.#layout.newline + ' '.repeat(column)
    return { start: end, end, text: newline + lines.join(newline) }
  }

  #endOfLine(offset: number): number {
    const end = this.#text.indexOf('\n', offset)
    if (end === -1) return this.#text.length
    return this.#text[end - 1] === '\r' && end > offset ? end - 1 : end
  }

  #addToFlow(collection: YAMLMap | YAMLSeq, key: string, value: YamlValue): TextEdit {
    const last = collection.items.at(-1)
    if (last === undefined) {
      const { end } = rangeOf(collection)
      return { start: end - 1, end: end - 1, text: key + this.#flowText(value, 0) }
    }
    const at = endOf(last as Node | Pair<Node, Node | null>)
    const first = startOf(collection.items[0] as Node | Pair<Node, Node | null>)
    const line = this.#text.slice(this.#text.lastIndexOf('\n', first - 1) + 1, first)
    const isOnOwnLine = line.trim() === '' && first > rangeOf(collection).start + 1
    const gap = isOnOwnLine ? this.#layout.newline + line : ' '
    return { start: at, end: at, text: `,${gap}${key}${this.#flowText(value, first)}` }
  }

  /** In JSON over several lines as JSON is indented, else on one line. */
  #flowText(value: YamlValue, beside: number): string {
    if (!this.#isJson) return flowLine(value)
    const isWide = this.#text.includes('\n') && typeof value === 'object'
    if (!isWide) return JSON.stringify(value)
    const line = this.#text.slice(this.#text.lastIndexOf('\n', beside - 1) + 1)
    const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
    const step = /\n([ \t]+)"/.exec(this.#text)?.[1] ?? '  '
    return JSON.stringify(value, null, step).replaceAll('\n', this.#layout.newline + indent)
  }

  get #isJson(): boolean {
    return /^\s*\{\s*"/.test(this.#text)
  }

  #flowKey(map: YAMLMap, key: string): string {
    const [first] = map.items as Pair<Node, Node | null>[]
    const isQuoted = first === undefined ? this.#isJson : this.#text[rangeOf(first.key).start] === '"'
    return isQuoted ? JSON.stringify(key) : scalarText(key)
  }
}

/** How many units stand in front of an offset on its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/** How the lists of a block text are indented below their keys; undefined where it has none. */
export function listIndentOf(node: Node | null | undefined, text: string): number | undefined {
  if (!isCollection(node) || node.flow) return undefined
  for (const item of node.items as (Node | Pair<Node, Node | null>)[]) {
    const value = 'key' in item ? (item.value as Node | null) : item
    if ('key' in item && isCollection(value) && !isMap(value) && !value.flow)
      return Math.max(0, columnOf(text, rangeOf(value).start) - columnOf(text, startOf(item)))
    const inner = listIndentOf(value, text)
    if (inner !== undefined) return inner
  }
  return undefined
}

function startOf(item: Node | Pair<Node, Node | null>): number {
  return rangeOf('key' in item ? item.key : item).start
}

/** Where the last word of a node ends: ranges of blocks go on over blank lines and comments. */
function endOf(item: Node | Pair<Node, Node | null>): number {
  if ('key' in item) {
    const value = item.value as Node | null
    return value === null ? rangeOf(item.key).end + 1 : Math.max(endOf(value), rangeOf(item.key).end + 1)
  }
  if (!isCollection(item) || item.flow) return rangeOf(item).end
  const last = item.items.at(-1) as Node | Pair<Node, Node | null> | undefined
  return last === undefined ? rangeOf(item).end : endOf(last)
}

function pairLines(key: string, value: YamlValue, layout: YamlLayout): string[] {
  if (isLines(value))
    return [`${scalarText(key)}: |-`, ...value.split('\n').map((line) => (line === '' ? '' : `  ${line}`))]
  if (typeof value !== 'object') return [`${scalarText(key)}: ${scalarText(value)}`]
  const indent = ' '.repeat(isList(value) ? layout.listIndent : 2)
  return [`${scalarText(key)}:`, ...yamlLines(value, layout).map((line) => indent + line)]
}

/** Several lines that a block scalar holds as they are. */
function isLines(value: YamlValue): value is string {
  if (typeof value !== 'string' || !/^\S.*\n(?:.*\n)*.*\S$/.test(value)) return false
  return !/[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value)
}

function flowLine(value: YamlValue): string {
  if (isList(value)) return `[${value.map(flowLine).join(', ')}]`
  if (typeof value !== 'object') return scalarText(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${scalarText(key)}: ${flowLine(inner)}`)
    .join(', ')}}`
}

/** Words that are something else than a string to one reader of YAML or another. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|nan)$/i

/** A string without quotes where every reader of YAML takes it for one. */
function scalarText(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const isWord = /^[A-Za-z0-9](?:[A-Za-z0-9.:/-]*[A-Za-z0-9])?$/.test(value) && !value.includes('::')
  const isOther = RESERVED.test(value) || !Number.isNaN(Number(value)) || /^[\d:]+$|^\d{4}-\d|^0[xob]/.test(value)
  return isWord && !isOther ? value : JSON.stringify(value)
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value)
}
