import { normalizeName } from '../../../values/name.ts'
import { addressOfReverseName } from '../../../values/reverse.ts'
import type { OccurrenceView, WordView } from '../../../verdict/servers-view.ts'
import type { ResourceRecord } from '../../outcome.ts'
import { TYPES_OF_HOSTS } from '../../vocabulary.ts'
import { type HostsEntry, HostsMap } from '../hosts-map.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { returned, unknown, written } from '../replies.ts'
import { unknownWord } from '../unknown-words.ts'
import { type Fallthrough, matchZone, notItsZone, readFallthrough } from '../zones.ts'

const OPTIONS = new Set(['fallthrough', 'fallthrough_unsupported', 'no_reverse', 'ttl', 'reload'])
const DEFAULT_PATH = '/etc/hosts'
const DEFAULT_TTL = 3600

/** Every machine's hosts file names itself so, whatever else is in it. */
const OWN_NAME = /^(?:localhost|ip6-[a-z]+)\.$/
const OWN_ADDRESSES = new Set(['127.0.0.1', '::1'])

/** plugin/hosts: entries of the Corefile and of a file. */
export const hosts: PluginModel = {
  lenient: true,
  prepare: (occurrences, context) => occurrences.slice(0, 1).map((occurrence) => linkOf(occurrence, context)),
  mention(occurrences, vocabulary, context) {
    for (const occurrence of occurrences.slice(0, 1)) {
      const link = hostsLinkOf(occurrence, context)
      for (const zone of link.zones) vocabulary.domain(zone)
      for (const map of [link.inline, link.file ?? []]) {
        if (!(map instanceof HostsMap)) continue
        for (const name of map.names()) {
          if (name.startsWith('*.')) vocabulary.domain(name.slice(2))
          vocabulary.name(name, name.startsWith('*.') ? null : TYPES_OF_HOSTS)
        }
        for (const address of map.addresses()) vocabulary.address(address)
      }
    }
  },
}

/** Of what is not known only variables in the place of an address leave the other entries as they are. */
function linkOf(occurrence: OccurrenceView, context: BlockContext): Link {
  if (unknownWord(context.servers, [occurrence]) === null) return hostsLinkOf(occurrence, context)
  const words = [
    ...occurrence.args,
    ...[...occurrence.lines()].flatMap(({ name, args }) => (isVariable(name) ? args : [name, ...args])),
  ]
  const unclear = words.find(({ known }) => !known)
  if (unclear === undefined) return hostsLinkOf(occurrence, context)
  return { occurrence, serve: () => unknown(`${unclear.value} in hosts is not filled in`) }
}

function isVariable({ value }: WordView): boolean {
  return /^(?:\{\$\w+\}|\{%\w+%\})$/.test(value)
}

/** By the context, of which each model has its own. */
const links = new WeakMap<BlockContext, HostsLink>()

function hostsLinkOf(occurrence: OccurrenceView, context: BlockContext): HostsLink {
  let link = links.get(context)
  if (link === undefined) {
    link = new HostsLink(occurrence, context)
    links.set(context, link)
  }
  return link
}

class HostsLink implements Link {
  readonly occurrence: OccurrenceView
  readonly zones: readonly string[]
  readonly #context: BlockContext
  readonly #fallthrough: Fallthrough
  readonly #path: string
  readonly #ttl: number
  readonly #passesOtherTypes: boolean
  #inline: HostsMap | undefined
  #file: HostsMap | null | undefined
  /** Names whose address is a variable that nobody gave. */
  readonly #unclear = new Map<string, string>()

  constructor(occurrence: OccurrenceView, context: BlockContext) {
    this.occurrence = occurrence
    this.#context = context
    const [path, ...zones] = occurrence.args
    this.#path = path?.value ?? DEFAULT_PATH
    this.zones = occurrence.zones(zones)
    this.#fallthrough = readFallthrough(occurrence)
    this.#ttl = Number(occurrence.properties('ttl').at(-1)?.args[0]?.value ?? DEFAULT_TTL)
    const { since } = context
    const isAlways = since('1.14.5') && !since('1.14.7')
    this.#passesOtherTypes = isAlways || (since('1.14.7') && occurrence.has('fallthrough_unsupported'))
  }

  /** The entries of the Corefile, read when somebody asks. */
  get inline(): HostsMap {
    this.#inline ??= this.#readInline()
    return this.#inline
  }

  /** Those of the file; null where nobody gave it. */
  get file(): HostsMap | null {
    if (this.#file === undefined) {
      const text = this.#path === '/dev/null' ? '' : this.#context.fileText(this.#path, { rooted: true })
      this.#file = text === undefined ? null : this.#emptyMap()
      if (typeof text === 'string') this.#file?.addText(text, this.#path)
    }
    return this.#file
  }

  serve(request: Request, turn: Turn): Reply {
    const name = normalizeName(request.name)
    const { type } = request
    if (type !== 'PTR' && matchZone(this.zones, name) === null) {
      turn.note(notItsZone(this.zones))
      return turn.next()
    }
    if (type === 'PTR') return this.#servePtr(request, name, turn)
    const variable = this.inline && this.#unclear.get(name)
    if (variable !== undefined) return unknown(`${variable} in hosts is not filled in`)
    const isAddress = type === 'A' || type === 'AAAA'
    const found = isAddress ? this.#addressesOf(name, type) : []
    const passes = this.#fallthrough.passes(name)
    if (found.length > 0) {
      this.#assumeFile(name, turn)
      this.#note(found, turn)
      return written({ kind: 'records', records: this.#records(request.name, type, found) }, [])
    }
    if (!isAddress && passes && this.#passesOtherTypes) {
      turn.note(`fell through: it has no ${type} records`)
      return turn.next()
    }
    const others = [...this.#addressesOf(name, 'A'), ...this.#addressesOf(name, 'AAAA')]
    const mayPass = passes && (others.length === 0 || !this.#context.since('1.6.8'))
    if (others.length > 0 && !mayPass) {
      this.#assumeFile(name, turn)
      this.#note(others.slice(0, 1), turn, `, no ${type}`)
      return written({ kind: 'nodata' }, [])
    }
    return this.#missing(request, name, passes, turn)
  }

  /** Neither the entries nor the file, as far as it is known, have the name. */
  #missing(request: Request, name: string, passes: boolean, turn: Turn): Reply {
    const otherwise = (): Reply => {
      if (passes) return turn.next()
      return returned({ kind: 'servfail', reason: 'hosts has no such name and no fallthrough for it' })
    }
    if (this.file === null && (this.#path !== DEFAULT_PATH || OWN_NAME.test(name))) {
      turn.note(`the file ${this.#path} was not given; ${passes ? 'falls through' : 'SERVFAIL'} if it has no such name`)
      return this.#inFile(request, otherwise())
    }
    this.#assumeFile(name, turn)
    turn.note(passes ? 'fell through: no entry for the name' : 'no entry for the name, and no fallthrough')
    return otherwise()
  }

  #servePtr(request: Request, name: string, turn: Turn): Reply {
    const address = addressOfReverseName(name)
    const found = address === undefined ? [] : this.#namesOf(address)
    if (found.length > 0) {
      this.#note(found, turn)
      return written({ kind: 'records', records: this.#records(request.name, 'PTR', found) }, [])
    }
    if (
      address !== undefined &&
      this.file === null &&
      (this.#path !== DEFAULT_PATH || OWN_ADDRESSES.has(address)) &&
      !this.occurrence.has('no_reverse')
    ) {
      turn.note(`the file ${this.#path} was not given; falls through if it has no such address`)
      return this.#inFile(request, turn.next())
    }
    turn.note('no entry for the address')
    return turn.next()
  }

  #inFile({ name, type }: Request, { outcome }: Reply): Reply {
    const zone = matchZone(this.zones, name) ?? '.'
    return written({ kind: 'file', zone, path: this.#path, name, type, changes: [], otherwise: outcome })
  }

  #assumeFile(name: string, turn: Turn): void {
    if (this.file !== null) return
    if (this.#path === DEFAULT_PATH) turn.assume(`the ${DEFAULT_PATH} of CoreDNS itself adds nothing`)
    else turn.assume(`${this.#path} has no address of ${name}`)
  }

  #addressesOf(name: string, type: 'A' | 'AAAA'): readonly HostsEntry[] {
    return [...(this.file?.addressesOf(name, type) ?? []), ...this.inline.addressesOf(name, type)]
  }

  #namesOf(address: string): readonly HostsEntry[] {
    return [...(this.file?.namesOf(address) ?? []), ...this.inline.namesOf(address)]
  }

  /** Owners are in lower case, however the name was asked. */
  #records(name: string, type: string, entries: readonly HostsEntry[]): ResourceRecord[] {
    return entries.map(({ data }) => ({ name: normalizeName(name), ttl: this.#ttl, type, data }))
  }

  #emptyMap(): HostsMap {
    const hasWildcards = this.#context.since('1.14.5')
    return new HostsMap(this.zones, { hasWildcards, autoReverse: !this.occurrence.has('no_reverse') })
  }

  #readInline(): HostsMap {
    const map = this.#emptyMap()
    const { tokens, args, close } = this.occurrence
    const end = close === null ? tokens.count : tokens.count - 1
    for (let first = args.length + 2; first < end; ) {
      let last = first
      while (last + 1 < end && tokens.continuesLine(last)) last++
      const words = Array.from({ length: last - first + 1 }, (_, at) => tokens.value(first + at))
      const [name = '', ...names] = words
      if (!OPTIONS.has(name)) {
        if (!this.#context.servers.isKnown(tokens.place(first))) {
          for (const each of names) this.#unclear.set(normalizeName(each), name)
        } else if (words.some((word) => /[\s#]/.test(word))) map.addText(words.join(' '), first)
        else map.addLine(name, names, first)
      }
      first = last + 1
    }
    return map
  }

  /** Says which line decided. */
  #note(entries: readonly HostsEntry[], turn: Turn, more = ''): void {
    const [first] = entries
    if (first === undefined) return
    const others = entries.length === 1 ? 0 : new Set(entries).size - 1
    const { tokens } = this.occurrence
    const at = first.source
    const isInline = typeof at === 'number'
    const did = () => {
      let line = isInline ? tokens.value(at) : at
      for (let number = at; isInline && tokens.continuesLine(number as number); ) {
        number = (number as number) + 1
        line += ` ${tokens.value(number)}`
      }
      return `${line}${others > 0 ? ` and ${others} more` : ''}${more}`
    }
    turn.note(did, isInline ? tokens.place(at) : undefined)
  }
}
