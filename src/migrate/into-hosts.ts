import type { Place } from '../expand/token-view.ts'
import type { TextEdit } from '../text/edit.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import type { OccurrenceView, PropertyView } from '../verdict/servers-view.ts'
import type { Item, ResultLine } from './plan.ts'

/** What merging entries into a `hosts` gave. */
export interface MergedHosts {
  readonly edits: readonly TextEdit[]
  /** Items, the edit that writes them and where in its text they stand. */
  readonly added: readonly (readonly [Item, TextEdit, number])[]
  /** Items that the block has already, and where. */
  readonly present: readonly (readonly [Item, number])[]
  /** Names that have another address. */
  readonly others: readonly { name: string; address: string; line: ResultLine; place: Place }[]
}

/** How lines are written. */
export interface HostsLayout {
  readonly newline: string
  /** One step of indentation. */
  readonly step: string
}

/** The properties of `hosts` (plugin/hosts/setup.go); every other line is an entry. */
const PROPERTIES: ReadonlySet<string> = new Set([
  'ttl',
  'reload',
  'no_reverse',
  'fallthrough',
  'fallthrough_unsupported',
])

/** Adds entries to one `hosts` directive. */
export class HostsMerge {
  readonly #hosts: OccurrenceView
  readonly #text: string
  readonly #layout: HostsLayout
  /** Addresses of each name, with the place of its line. */
  readonly #known = new Map<string, { addresses: Set<string>; place: Place }>()
  #lastEntry: PropertyView | null = null
  #firstProperty: PropertyView | null = null

  constructor(hosts: OccurrenceView, text: string, layout: HostsLayout) {
    this.#hosts = hosts
    this.#text = text
    this.#layout = layout
    for (const line of hosts.lines()) {
      // What an import brings stands elsewhere.
      const isOwn = line.name.place.site === hosts.name.place.site && line.name.place.list === hosts.name.place.list
      if (PROPERTIES.has(line.name.value)) {
        if (isOwn) this.#firstProperty ??= line
        continue
      }
      if (isOwn && this.#firstProperty === null) this.#lastEntry = line
      const ip = parseIp(line.name.value)
      if (ip === undefined) continue
      for (const { value } of line.args) {
        const known = this.#known.get(normalizeName(value)) ?? { addresses: new Set(), place: line.name.place }
        known.addresses.add(formatIp(ip))
        this.#known.set(normalizeName(value), known)
      }
    }
  }

  merge(lines: readonly ResultLine[]): MergedHosts {
    const edits: TextEdit[] = []
    const added: [Item, TextEdit, number][] = []
    const fresh: { items: readonly Item[]; line: number }[] = []
    const present: [Item, number][] = []
    const others: { name: string; address: string; line: ResultLine; place: Place }[] = []
    const at = this.#insertionPoint()
    const written: string[] = []
    const zones: string[] = []
    let comment: string | null = null
    for (const line of lines.slice(1, -1)) {
      const [address = '', ...names] = line.text.trim().split(' ')
      if (address === '#') {
        comment = line.text.trim()
        continue
      }
      const ip = parseIp(address)
      if (ip === undefined) continue
      const missing: string[] = []
      for (const name of names) {
        const known = this.#known.get(normalizeName(name))
        if (known === undefined) missing.push(name)
        else if (known.addresses.has(formatIp(ip)))
          for (const item of line.items) present.push([item, known.place.list.start(known.place.index)])
        else others.push({ name, address, line, place: known.place })
      }
      if (missing.length === 0) continue
      if (comment !== null) written.push(comment)
      comment = null
      fresh.push({ items: line.items, line: written.length })
      written.push([address, ...missing].join(' '))
      zones.push(...this.#missingZones(missing))
    }
    if (written.length > 0) {
      const lines = written.map((line) => at.indent + line)
      const text = lines.join(this.#layout.newline)
      const edit = { start: at.offset, end: at.end ?? at.offset, text: at.wrap(text) }
      edits.push(edit)
      const starts = startsOf(lines, this.#layout.newline).map((start) => start + edit.text.indexOf(text))
      for (const { items, line } of fresh)
        for (const item of items) added.push([item, edit, (starts[line] ?? 0) + at.indent.length])
      const last = this.#hosts.args.at(-1)
      if (zones.length > 0 && last !== undefined) {
        const text = ` ${[...new Set(zones)].join(' ')}`
        const behind = [last, this.#hosts.property('fallthrough')?.args.at(-1)].filter((word) => word !== undefined)
        for (const { place } of behind) {
          const end = place.list.end(place.index)
          edits.push({ start: end, end, text })
        }
      }
    }
    return { edits, added, present, others }
  }

  /** Names outside of the zones that the directive is limited to. */
  #missingZones(names: readonly string[]): string[] {
    const { args } = this.#hosts
    // The first word is the file.
    if (args.length < 2) return []
    const zones = this.#hosts.zones(args.slice(1))
    return names.filter((name) => !zones.some((zone) => isSubdomain(zone, `${normalizeName(name)}`)))
  }

  /** Behind the last entry, or in front of the first property: behind `fallthrough` CoreDNS takes no entry. */
  #insertionPoint(): { offset: number; end?: number; indent: string; wrap: (text: string) => string } {
    const { close, open } = this.#hosts
    const { newline, step } = this.#layout
    const own = this.#indentAt(this.#hosts.name.place) ?? ''
    const inside = own + step
    if (open === null) {
      const { list, index } = (this.#hosts.args.at(-1) ?? this.#hosts.name).place
      return { offset: list.end(index), indent: inside, wrap: (text) => ` {${newline}${text}${newline}${own}}` }
    }
    const line = this.#lastEntry ?? this.#firstProperty
    const indent = line === null ? inside : (this.#indentAt(line.name.place) ?? inside)
    const last = this.#lastEntry?.args.at(-1) ?? this.#lastEntry?.name
    if (last !== undefined) {
      const { list, index } = last.place
      const lineEnd = this.#text.indexOf('\n', list.end(index))
      return lineEnd === -1
        ? { offset: this.#text.length, indent, wrap: (text) => `${newline}${text}` }
        : { offset: lineEnd + 1, indent, wrap: (text) => `${text}${newline}` }
    }
    const next = this.#firstProperty?.name.place ?? close
    const start = next === null ? this.#text.length : next.list.start(next.index)
    const lineStart = this.#text.lastIndexOf('\n', start - 1) + 1
    if (this.#text.slice(lineStart, start).trim() === '' && next !== null)
      return { offset: lineStart, indent, wrap: (text) => `${text}${newline}` }
    const before = open.list.end(open.index)
    return this.#text.slice(before, start).trim() === ''
      ? {
          offset: before,
          end: start,
          indent,
          wrap: (text) => `${newline}${text}${newline}${next === close ? own : indent}`,
        }
      : { offset: start, indent, wrap: (text) => `${newline}${text}${newline}${own}` }
  }

  /** What stands in front of a word on its line; null where that is more than blanks. */
  #indentAt({ list, index }: Place): string | null {
    const start = list.start(index)
    const blank = this.#text.slice(this.#text.lastIndexOf('\n', start - 1) + 1, start)
    return blank.trim() === '' ? blank : null
  }
}

/** Where each of several lines starts once they are joined. */
export function startsOf(lines: readonly string[], newline: string): number[] {
  let start = 0
  return lines.map((line) => {
    const own = start
    start += line.length + newline.length
    return own
  })
}
