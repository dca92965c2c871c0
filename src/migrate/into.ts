import type { Place } from '../expand/token-view.ts'
import { dominantLineEnding, type TextEdit } from '../text/edit.ts'
import type { BlockView, OccurrenceView, ServersView } from '../verdict/servers-view.ts'
import { type BlockPlan, type DirectivePlan, WRITTEN_ORDER } from './blocks.ts'
import { HostsMerge, startsOf } from './into-hosts.ts'
import { bracesMissing, hostsEndSearch, withoutDoubleBraces, zonesNotKnown } from './into-surroundings.ts'
import type { Conflict, Item, ItemSource, ResultLine } from './plan.ts'
import { keysWithPort } from './render.ts'

/** What it takes to put a plan into a Corefile that is there. */
export interface Merge {
  /** Edits of the Corefile's own text. */
  readonly edits: readonly TextEdit[]
  readonly conflicts: readonly Conflict[]
  /** Where an item is expressed. */
  readonly placeOf: ReadonlyMap<Item, MergedPlace>
}

/** A place of a text that is edited: an offset of the old text, or one in the text of an edit. */
export type MergedPlace = { readonly edit: TextEdit | null; readonly offset: number }

/** Plugins that serve the operator or the server as a whole: a block that is there has its own, or none on purpose. */
const KEPT_AS_THEY_ARE: ReadonlySet<string> = new Set([
  'errors',
  'bind',
  'health',
  'ready',
  'prometheus',
  'cache',
  'loop',
  'reload',
  'loadbalance',
])

/**
 * The smallest set of edits after which a Corefile says what a plan says: lines go into the blocks and the `hosts` that are there, new
 * blocks to the end. What is there stays, comments and order included; what contradicts it is a conflict and is not written unless
 * `accepted` has its code.
 */
export function mergeInto(
  servers: ServersView,
  blocks: readonly BlockPlan[],
  port: number,
  source: { readonly path: string; readonly toOuter: (start: number, end: number) => ItemSource['range'] },
  accepted: ReadonlySet<string>,
): Merge {
  const merging = new Merging(servers, source, accepted)
  for (const all of blocks) {
    const block = { ...all, directives: merging.withoutBraces(all.directives) }
    if (block.existing !== null) merging.mergeBlock(block, block.existing)
    else merging.appendBlock(block, port)
  }
  return merging.finish()
}

/** Lines to write, each with the items that it expresses. */
interface Lines {
  readonly lines: readonly string[]
  readonly items: readonly (readonly Item[])[]
}

class Merging {
  readonly #servers: ServersView
  readonly #source: Parameters<typeof mergeInto>[3]
  readonly #accepted: ReadonlySet<string>
  readonly #text: string
  readonly #newline: string
  readonly #edits: TextEdit[] = []
  readonly #conflicts: Conflict[] = []
  readonly #placeOf = new Map<Item, MergedPlace>()
  readonly #appended: Lines[] = []
  /** Lines in front of something that has text before it on its own line, by where that starts. */
  readonly #inLine = new Map<number, { readonly lines: Lines[]; readonly rest: string }>()

  constructor(servers: ServersView, source: Parameters<typeof mergeInto>[3], accepted: ReadonlySet<string>) {
    this.#servers = servers
    this.#source = source
    this.#accepted = accepted
    this.#text = servers.configuration.main.text
    this.#newline = dominantLineEnding(this.#text)
  }

  finish(): Merge {
    for (const [at, { lines, rest }] of this.#inLine) {
      const start = at - (/[ \t]*$/.exec(this.#text.slice(this.#lineStart(at), at))?.[0].length ?? 0)
      this.#write({ start, end: at }, this.#newline, lines, `${this.#newline}${rest}`)
    }
    if (this.#appended.length > 0 && this.#areZonesKnown()) {
      const end = this.#text.length
      const gap = this.#text.endsWith('\n') || this.#text === '' ? '' : this.#newline
      const missing = bracesMissing(this.#servers)
      if (missing !== null && missing !== false) this.#edits.push({ start: missing, end: missing, text: ' {' })
      const close = missing === false ? '' : `}${this.#newline}`
      this.#write({ start: end, end }, gap + close, this.#appended, this.#newline)
    }
    return { edits: this.#edits, conflicts: this.#conflicts, placeOf: this.#placeOf }
  }

  #write(range: Omit<TextEdit, 'text'>, before: string, written: readonly Lines[], behind: string): void {
    const lines = written.flatMap((one) => one.lines)
    const edit = { ...range, text: `${before}${lines.join(this.#newline)}${behind}` }
    this.#edits.push(edit)
    const starts = startsOf(lines, this.#newline)
    for (const [at, items] of written.flatMap((one) => one.items).entries())
      this.#noteIn(edit, before.length + (starts[at] ?? 0), items)
  }

  /** Directives without those that a template engine of the file would fill in. */
  withoutBraces(directives: readonly DirectivePlan[]): readonly DirectivePlan[] {
    const { kept, conflict } = withoutDoubleBraces(this.#servers, directives, (at) => this.#sourceAt(at))
    if (conflict !== null) this.#conflicts.push(conflict)
    return kept
  }

  /** Whether it can be told that no new block has the zone of one that is there. */
  #areZonesKnown(): boolean {
    const conflict = zonesNotKnown(this.#servers, this.#accepted, (at) => this.#sourceAt(at))
    if (conflict !== null) this.#conflicts.push(conflict)
    return conflict === null
  }

  appendBlock({ keys, directives }: BlockPlan, port: number): void {
    const indent = this.#indentOfBlocks()
    // A second health keeps CoreDNS waiting twice when it stops.
    const own = directives.filter(({ plugin }) => plugin !== 'health' || !this.#servers.has('health'))
    const lines = own.flatMap((directive) => directive.lines)
    const binds = this.#bindsOfRoot().map((bind) => indent + bind)
    const text = [
      '',
      `${keysWithPort(keys, port)} {`,
      ...binds,
      ...lines.map((line) => indented(line, indent, indent)),
      '}',
    ]
    const items = [[], [], ...binds.map(() => []), ...lines.map((line) => line.items), []]
    this.#appended.push({ lines: text, items })
  }

  /** A block that listens elsewhere than the one for all names is not asked by those who ask that one. */
  #bindsOfRoot(): string[] {
    const root = this.#servers.blocks.find(({ servesRoot }) => servesRoot)
    return (root?.occurrences('bind') ?? []).map((bind) => this.#wordsOf(bind))
  }

  mergeBlock({ directives }: BlockPlan, block: BlockView): void {
    for (const directive of directives) {
      if (KEPT_AS_THEY_ARE.has(directive.plugin)) {
        this.#note(directive.lines, this.#startOf(block.occurrences(directive.plugin)[0]) ?? this.#blockStart(block))
      } else if (directive.plugin === 'hosts') this.#mergeHosts(directive, block)
      else if (directive.plugin === 'forward') this.#mergeForward(directive, block)
      else if (directive.plugin === 'kubernetes') this.#mergeKubernetes(directive, block)
      else this.#insert(directive, block)
    }
  }

  #mergeHosts(directive: DirectivePlan, block: BlockView): void {
    const [hosts] = block.occurrences('hosts')
    if (hosts === undefined) {
      const imports = this.#unknownImports(block)
      if (imports.length > 0 && !this.#accepted.has('import-may-hold-hosts')) {
        this.#conflicts.push({
          code: 'import-may-hold-hosts',
          message:
            'the block imports files that are not at hand: if one of them has hosts, a second one here keeps CoreDNS from starting',
          places: imports,
          choices: [{ accept: 'import-may-hold-hosts', effect: 'write hosts into the block' }],
        })
        return
      }
      this.#insert(directive, block)
      return
    }
    if (!this.#isOwn(hosts)) {
      this.#conflicts.push({
        code: 'hosts-in-import',
        message: 'hosts of this block comes from an import: its entries belong into that file',
        places: [this.#sourceAt(hosts.name.place)],
        choices: [],
      })
      return
    }
    const merge = new HostsMerge(hosts, this.#text, { newline: this.#newline, step: this.#indentOfBlocks() })
    const { edits, added, present, others } = merge.merge(directive.lines)
    this.#edits.push(...edits)
    for (const [item, edit, at] of added) this.#noteIn(edit, at, [item])
    for (const [item, at] of present) this.#noteAt(at, [item])
    for (const { name, address, line, place } of others) {
      this.#conflicts.push({
        code: 'name-has-other-address',
        message: `${name} has another address in the Corefile than ${address}: it was left as it is`,
        places: [this.#sourceAt(place), ...line.items.map(({ source }) => source)],
        choices: [],
      })
    }
  }

  #mergeForward({ lines }: DirectivePlan, block: BlockView): void {
    const ended = hostsEndSearch(block, this.#accepted, (at) => this.#sourceAt(at))
    if (ended !== null) this.#conflicts.push(ended)
    const wanted =
      lines[0]?.text
        .replace(/^forward \. /, '')
        .replace(/ \{$/, '')
        .split(' ') ?? []
    const forward = block.occurrences('forward').find(({ args }) => args[0]?.value === '.')
    if (forward === undefined) {
      this.#insert({ plugin: 'forward', lines }, block)
      return
    }
    const [, ...to] = forward.args
    this.#note(lines, this.#startOf(forward) ?? 0)
    if (
      sameSet(
        wanted,
        to.map(({ value }) => value),
      )
    )
      return
    const first = to[0]
    const last = to.at(-1)
    const isDefault = to.length === 1 && first?.value === '/etc/resolv.conf'
    const isRoot = block.servesRoot
    if (
      this.#isOwn(forward) &&
      first?.place.site === null &&
      last &&
      ((isDefault && isRoot) || this.#accepted.has('upstreams-differ'))
    ) {
      const { list } = first.place
      this.#edits.push({
        start: list.start(first.place.index),
        end: list.end(last.place.index),
        text: wanted.join(' '),
      })
      return
    }
    const zone = block.keys.map(({ value }) => value).join(' ')
    const message = `${zone} asks ${to.map(({ value }) => value).join(' ')} in the Corefile, and ${wanted.join(' ')} in the source`
    const isOwn = this.#isOwn(forward) && first?.place.site === null
    this.#conflicts.push({
      code: isOwn ? 'upstreams-differ' : 'forward-in-import',
      message: isOwn ? message : `${message}: its forward comes from an import, which others may share`,
      places: [this.#sourceAt(forward.name.place), ...lines.flatMap(({ items }) => items.map(({ source }) => source))],
      choices: isOwn ? [{ accept: 'upstreams-differ', effect: `ask ${wanted.join(' ')} from now on` }] : [],
    })
  }

  #mergeKubernetes(directive: DirectivePlan, block: BlockView): void {
    const domain = directive.lines[0]?.text.split(' ')[1] ?? ''
    const all = block.occurrences('kubernetes')
    const same = all.find((one) => one.zones(one.args).some((zone) => zone === `${domain.toLowerCase()}.`))
    if (same !== undefined) this.#note(directive.lines, this.#startOf(same) ?? 0)
    else if (all.length === 0) this.#insert(directive, block)
    else {
      const [first] = all
      if (first === undefined) return
      this.#conflicts.push({
        code: 'cluster-domain-differs',
        message: `the source serves the cluster domain ${domain}, the Corefile another one`,
        places: [
          this.#sourceAt(first.name.place),
          ...directive.lines.flatMap(({ items }) => items.map(({ source }) => source)),
        ],
        choices: [],
      })
    }
  }

  /** Puts a directive in front of the first one that people write behind it, unless the block has it word by word. */
  #insert(directive: DirectivePlan, block: BlockView): void {
    const own = [...block.plugins.values()].flat().filter((occurrence) => this.#isOwn(occurrence))
    const words = directive.lines.map(({ text }) => text.trim()).join(' ')
    const same = own.find(
      (one) => one.plugin === directive.plugin && this.#wordsOf(one) === words.replaceAll(/\s+/g, ' '),
    )
    if (same !== undefined) {
      this.#note(directive.lines, this.#startOf(same) ?? 0)
      return
    }
    const rank = WRITTEN_ORDER.indexOf(directive.plugin)
    const later = own
      .filter(({ plugin }) => WRITTEN_ORDER.indexOf(plugin) > rank)
      .map((one) => this.#startOf(one) ?? this.#text.length)
      .sort((a, b) => a - b)[0]
    const closing = this.#closing(block)
    const at = later ?? closing
    const indent = this.#indentOf(block)
    const step = this.#indentOfBlocks()
    const lines = {
      lines: directive.lines.map((line) => indented(line, indent, step)),
      items: directive.lines.map(({ items }) => items),
    }
    if (this.#text.slice(this.#lineStart(at), at).trim() === '') {
      const lineStart = this.#lineStart(at)
      const start = later === undefined ? lineStart : this.#aboveComments(lineStart)
      this.#write({ start, end: start }, '', [lines], this.#newline)
      return
    }
    const there = this.#inLine.get(at)
    if (there === undefined) this.#inLine.set(at, { lines: [lines], rest: later === undefined ? '' : indent })
    else there.lines.push(lines)
  }

  /** Where a block ends: its closing brace, or the end of a text that lacks it. */
  #closing({ block: { close } }: BlockView): number {
    return close === null || close.list !== this.#servers.configuration.main
      ? this.#text.length
      : close.list.start(close.index)
  }

  #wordsOf({ tokens }: OccurrenceView): string {
    return Array.from({ length: tokens.count }, (_, number) =>
      tokens.place(number).list.raw(tokens.place(number).index),
    ).join(' ')
  }

  #note(lines: readonly ResultLine[], at: number): void {
    for (const { items } of lines) this.#noteAt(at, items)
  }

  #noteAt(offset: number, items: readonly Item[]): void {
    for (const item of items) if (!this.#placeOf.has(item)) this.#placeOf.set(item, { edit: null, offset })
  }

  #noteIn(edit: TextEdit, offset: number, items: readonly Item[]): void {
    for (const item of items) if (!this.#placeOf.has(item)) this.#placeOf.set(item, { edit, offset })
  }

  #isOwn({ name }: OccurrenceView): boolean {
    return name.place.list === this.#servers.configuration.main && name.place.site === null
  }

  #startOf(occurrence: OccurrenceView | undefined): number | null {
    if (occurrence === undefined || !this.#isOwn(occurrence)) return null
    const { list, index } = occurrence.name.place
    return list.start(index)
  }

  #blockStart({ block }: BlockView): number {
    return block.open === null ? 0 : block.open.list.start(block.open.index)
  }

  #sourceAt({ list, index }: Place): ItemSource {
    const start = list.start(index)
    const line = list.text.slice(this.#lineStart(start), list.text.indexOf('\n', start) >>> 0).trim()
    return { path: this.#source.path, range: this.#source.toOuter(start, list.end(index)), text: line }
  }

  /** The imports of a block that nobody could follow. */
  #unknownImports({ block }: BlockView): ItemSource[] {
    const { open, close } = block
    return this.#servers.configuration.unknowns.flatMap(({ kind, at }) => {
      const isInside = open !== null && at.index > open.index && (close === null || at.index < close.index)
      return kind === 'import' && isInside ? [this.#sourceAt(at)] : []
    })
  }

  #lineStart(at: number): number {
    return this.#text.lastIndexOf('\n', at - 1) + 1
  }

  /** Comments directly above a line belong to it. */
  #aboveComments(lineStart: number): number {
    let start = lineStart
    while (start > 0) {
      const before = this.#lineStart(start - 1)
      if (!/^[ \t]*#/.test(this.#text.slice(before, start))) break
      start = before
    }
    return start
  }

  #indentOf(block: BlockView): string {
    for (const occurrence of [...block.plugins.values()].flat()) {
      const start = this.#startOf(occurrence)
      if (start === null) continue
      const blank = this.#text.slice(this.#lineStart(start), start)
      if (blank.trim() === '') return blank
    }
    return this.#indentOfBlocks()
  }

  /** One step of indentation, as the first block of the file has it. */
  #indentOfBlocks(): string {
    for (const block of this.#servers.blocks) {
      for (const occurrence of [...block.plugins.values()].flat()) {
        const start = this.#startOf(occurrence)
        const blank = start === null ? '' : this.#text.slice(this.#lineStart(start), start)
        if (blank !== '' && blank.trim() === '') return blank
      }
    }
    return '    '
  }
}

/** A line of the plan, whose properties are indented by four spaces, in the indentation of the file. */
function indented({ text }: ResultLine, base: string, step: string): string {
  const inner = text.startsWith('    ') ? step + text.slice(4) : text
  return base + inner
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const key = (words: readonly string[]) =>
    [...new Set(words.map((word) => word.replace(/^([\d.]+):53$/, '$1')))].sort().join(' ')
  return key(one) === key(other)
}
