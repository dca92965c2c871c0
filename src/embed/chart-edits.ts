import type { Node, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import type { TextEdit } from '../text/edit.ts'
import { fileText, scalarText } from './inner-text.ts'
import { type RenderedPlugin, type RenderedServer, readRendered } from './rendered-corefile.ts'
import { columnOf, YamlEdits, type YamlValue } from './yaml-edits.ts'
import { placeOf } from './yaml-reader.ts'

/** A pair of things of which one became the other; null on a side where there is none. */
interface Aligned<T> {
  /** The number of the old one. */
  readonly old: number | null
  readonly later: T | null
}

/**
 * Edits of a YAML text after which the coredns chart makes `after` of `servers` where it made `before`: values that are there keep their
 * style and place, new plugins and servers become items. Null where values cannot say it, or something would have to go. What the edits
 * come to should be rendered again to be sure of them.
 */
export function chartEdits(text: string, servers: YAMLSeq, before: string, after: string): TextEdit[] | null {
  const [old, later] = [readRendered(before), readRendered(after)]
  if (old === null || later === null || old.extra.join('\n') !== later.extra.join('\n')) return null
  if (servers.flow || servers.items.length !== old.servers.length) return null
  return new ChartEditing(text, servers).edit(old.servers, later.servers)
}

/** Thrown where values cannot say what is wanted. */
class NotSayable extends Error {}

class ChartEditing {
  readonly #text: string
  readonly #servers: YAMLSeq
  readonly #yaml: YamlEdits
  readonly #edits: TextEdit[] = []

  constructor(text: string, servers: YAMLSeq) {
    this.#text = text
    this.#servers = servers
    this.#yaml = new YamlEdits(text, {
      newline: text.includes('\r\n') ? '\r\n' : '\n',
      listIndent: listIndentIn(text, servers),
    })
  }

  edit(old: readonly RenderedServer[], later: readonly RenderedServer[]): TextEdit[] | null {
    try {
      const aligned = align(old, later, (one, other) => (one.header === other.header ? 1 : 0))
      this.#each(this.#servers, aligned, serverValue, (at, server) => {
        this.#editServer(this.#servers.items[at] as Node, old[at]?.plugins ?? [], server.plugins)
      })
      return this.#edits
    } catch (error) {
      if (error instanceof NotSayable) return null
      throw error
    }
  }

  #editServer(server: Node, old: readonly RenderedPlugin[], later: readonly RenderedPlugin[]): void {
    const plugins = isMap(server) ? server.get('plugins', true) : undefined
    if (!isSeq(plugins) || plugins.flow || plugins.items.length !== old.length) throw new NotSayable()
    const aligned = align(old, later, (one, other) => {
      if (one.name !== other.name) return 0
      return one.parameters === other.parameters ? (sameLines(one, other) ? 4 : 3) : 2
    })
    this.#each(plugins, aligned, pluginValue, (at, plugin) => {
      const item = plugins.items[at]
      const was = old[at]
      if (was === undefined || !isMap(item)) throw new NotSayable()
      this.#setText(item, 'parameters', was.parameters, plugin.parameters)
      this.#setText(item, 'configBlock', was.config?.join('\n') ?? '', plugin.config?.join('\n') ?? '')
    })
  }

  /** Changes what is there and adds what is new behind what it follows. */
  #each<T>(
    list: YAMLSeq,
    aligned: readonly Aligned<T>[],
    itemFor: (one: T) => YamlValue,
    change: (at: number, one: T) => void,
  ): void {
    const added = new Map<number, YamlValue[]>()
    let last = -1
    for (const { old, later } of aligned) {
      if (later === null) throw new NotSayable()
      if (old === null) added.set(last, [...(added.get(last) ?? []), itemFor(later)])
      else {
        change(old, later)
        last = old
      }
    }
    for (const [at, values] of added) this.#edits.push(this.#yaml.insertAfter(list, at, values))
  }

  #setText(item: YAMLMap, key: string, was: string, text: string): void {
    if (was === text) return
    const scalar = item.get(key, true)
    if (scalar === undefined) {
      if (item.flow) throw new NotSayable()
      this.#edits.push(this.#yaml.set(item, key, text))
      return
    }
    if (text === '' || !isScalar(scalar) || typeof scalar.value !== 'string') throw new NotSayable()
    const edits = this.#inner(scalar)?.toOuterEdits(smallest(scalar.value, inValue(scalar.value, was, text)))
    if (edits == null) throw new NotSayable()
    this.#edits.push(...edits)
  }

  #inner(scalar: Scalar) {
    const place = placeOf(scalar, 0)
    return place && scalarText(fileText(this.#text), place, scalar.value as string)
  }
}

/** The new value: blank lines and what ends it stay where the old one had them at its end. */
function inValue(value: string, was: string, text: string): string {
  const end = /\s*$/.exec(value)?.[0] ?? ''
  return was.trimEnd() === value.trimEnd() ? text.trimEnd() + end : text
}

/** One edit for the lines that differ. */
function smallest(before: string, after: string): TextEdit[] {
  let start = 0
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++
  let shared = 0
  const most = Math.min(before.length, after.length) - start
  while (shared < most && before.at(-1 - shared) === after.at(-1 - shared)) shared++
  return [{ start, end: before.length - shared, text: after.slice(start, after.length - shared) }]
}

function sameLines(one: RenderedPlugin, other: RenderedPlugin): boolean {
  return (one.config?.join('\n') ?? null) === (other.config?.join('\n') ?? null)
}

/** Pairs in order, of the greatest likeness in all; what is like nothing stands alone. */
function align<T>(old: readonly T[], later: readonly T[], likeness: (one: T, other: T) => number): Aligned<T>[] {
  const best = Array.from({ length: old.length + 1 }, () => new Array<number>(later.length + 1).fill(0))
  const at = (row: number, column: number) => best[row]?.[column] ?? 0
  const like = (row: number, column: number) => likeness(old[row] as T, later[column] as T)
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = later.length - 1; column >= 0; column--) {
      const likeThem = like(row, column)
      const paired = likeThem === 0 ? 0 : likeThem + at(row + 1, column + 1)
      const line = best[row] as number[]
      line[column] = Math.max(paired, at(row + 1, column), at(row, column + 1))
    }
  }
  const aligned: Aligned<T>[] = []
  let [row, column] = [0, 0]
  while (row < old.length || column < later.length) {
    const likeThem = row < old.length && column < later.length ? like(row, column) : 0
    if (likeThem > 0 && at(row, column) === likeThem + at(row + 1, column + 1)) {
      aligned.push({ old: row++, later: later[column++] as T })
    } else if (column < later.length && at(row, column) === at(row, column + 1)) {
      aligned.push({ old: null, later: later[column++] as T })
    } else aligned.push({ old: row++, later: null })
  }
  return aligned
}

/** A server as the chart takes it; of several keys with a port of their own each has it in its zone. */
function serverValue({ header, plugins }: RenderedServer): YamlValue {
  const keys = header.split(/\s+/)
  const ports = new Set(keys.map((key) => /:(\d+)$/.exec(key)?.[1] ?? '53'))
  const [port = '53'] = ports
  if (ports.size > 1) throw new NotSayable()
  const zones = keys.map((key, at) => {
    const isLast = at === keys.length - 1
    const bare = isLast || port === '53' ? key.replace(/:\d+$/, '') : key
    const [, scheme, zone = ''] = /^([a-z]+:\/\/)?(.*)$/.exec(bare) ?? []
    return scheme === undefined ? { zone } : { scheme, zone }
  })
  return { zones, port: Number(port), plugins: plugins.map(pluginValue) }
}

function pluginValue({ name, parameters, config }: RenderedPlugin): YamlValue {
  return {
    name,
    ...(parameters === '' ? {} : { parameters }),
    ...(config === null || config.length === 0 ? {} : { configBlock: config.join('\n') }),
  }
}

/** How the lists in here are indented below their keys. */
function listIndentIn(text: string, servers: YAMLSeq): number {
  for (const server of servers.items) {
    const pair = isMap(server) ? server.items.find(({ key }) => isScalar(key) && key.value === 'plugins') : undefined
    const key = pair?.key as Node | undefined
    const value = pair?.value as Node | undefined
    if (key?.range && value?.range) return columnOf(text, value.range[0]) - columnOf(text, key.range[0])
  }
  return 0
}
