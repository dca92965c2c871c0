import { propertiesOf, propertySpans } from '../../grammar/lookup.ts'
import { everInTree } from '../../grammar/releases.ts'
import { suggest } from '../text/suggest.ts'
import { isIp } from '../values/ip.ts'
import { normalizeName } from '../values/name.ts'
import type { Reason } from '../verdict/reason.ts'
import type { OccurrenceView, PropertyView, WordView } from '../verdict/servers-view.ts'
import { zonesAnswered, zonesCover } from './answering.ts'

/**
 * What a line looks like that CoreDNS takes for an entry and drops. `option`: a misspelled option, or one of another release. `plugin`: a directive that belongs outside. `swapped`:
 * the names first and then the address. `address`: something like an address that is none. `nameless`: an address alone. `record`: as zone
 * files have it. `alias`: a name, and one that it stands for. `words`: anything else.
 */
export type OddKind = 'option' | 'plugin' | 'swapped' | 'address' | 'nameless' | 'record' | 'alias' | 'words'

export interface OddLine extends PropertyView {
  readonly kind: OddKind
  /** The option or the type of record that was meant, else null. */
  readonly meant: string | null
}

/** What stands in the block of a `hosts` and is not served as it was meant (plugin/hosts/hostsfile.go parseSource). */
export interface HostLines {
  /** Lines that are dropped, in their order. */
  readonly odd: readonly OddLine[]
  /** Names with an asterisk. */
  readonly wildcards: readonly WordView[]
  /** Names that lie in no zone of this `hosts`: the first, and how many there are; null where there is none or the zones are not known. */
  readonly outside: { readonly first: WordView; readonly count: number } | null
  /** The last entry; null where there is none. */
  readonly last: WordView | null
  /** The options that are there. */
  readonly options: ReadonlySet<string>
}

const linesOf = new WeakMap<OccurrenceView, HostLines>()

/** Looks through the block of a `hosts`, once; lines behind its `fallthrough` are options or refused, so they are not looked at. */
export function readHostLines(hosts: OccurrenceView, release: string): HostLines {
  let lines = linesOf.get(hosts)
  if (lines === undefined) {
    lines = read(hosts, release)
    linesOf.set(hosts, lines)
  }
  return lines
}

/** Whether a word begins a line of a hosts file, or should: no option has dots or colons. */
export function isHostEntry({ kind, plugin, subject }: Pick<Reason, 'kind' | 'plugin' | 'subject'>): boolean {
  return kind === 'unknown-property' && plugin === 'hosts' && /[.:]/.test(subject)
}

/** An address as plugin/hosts/hostsfile.go parseIP takes it: a zone behind `%` does not count. */
export function isHostAddress(word: string): boolean {
  const percent = word.indexOf('%')
  return isIp(percent === -1 ? word : word.slice(0, percent))
}

function read(hosts: OccurrenceView, release: string): HostLines {
  const { tokens, grammar } = hosts
  const odd: OddLine[] = []
  const wildcards: WordView[] = []
  let first: WordView | null = null
  let count = 0
  let last: WordView | null = null
  const written = new Set<string>()
  if (grammar === null || hosts.open === null) return { odd, wildcards, outside: null, last, options: written }
  const options = propertiesOf(grammar, release)
  const zones = zonesAnswered(hosts, release)
  const isServed = (name: string) =>
    zones === null || zones.includes('.') || zonesCover(zones, [normalizeName(name, release)])
  const end = hosts.close === null ? tokens.count : tokens.count - 1
  // A block may have a million lines: a token is made an object only where there is something to say about it.
  for (let number = hosts.args.length + 2; number < end; ) {
    const start = number
    while (number + 1 < end && tokens.continuesLine(number)) number++
    const stop = number++
    const value = tokens.value(start)
    if (options.has(value)) {
      written.add(value)
      continue
    }
    if (written.has('fallthrough')) continue
    if (!isHostAddress(value) || start === stop) {
      const line = lineAt(hosts, start, stop)
      if (line.name.known && line.args.every((word) => word.known)) odd.push(oddLine(line, hosts, options.keys()))
      continue
    }
    last = hosts.word(start)
    for (let at = start + 1; at <= stop; at++) {
      const name = tokens.value(at)
      const isWildcard = name.includes('*')
      const isOutside = !isServed(name)
      if (!isWildcard && !isOutside) continue
      const word = hosts.word(at)
      if (!word.known) continue
      if (isWildcard) wildcards.push(word)
      if (!isOutside) continue
      first ??= word
      count++
    }
  }
  return { odd, wildcards, outside: first === null ? null : { first, count }, last, options: written }
}

function lineAt(hosts: OccurrenceView, start: number, stop: number): PropertyView {
  return {
    name: hosts.word(start),
    args: Array.from({ length: stop - start }, (_, at) => hosts.word(start + 1 + at)),
  }
}

/** Types as they stand in zone files. */
const RECORD = /^(?:A|AAAA|CAA|CNAME|DNAME|HTTPS|MX|NAPTR|NS|PTR|SOA|SRV|TXT)$/

function oddLine(line: PropertyView, { grammar }: OccurrenceView, options: Iterable<string>): OddLine {
  const { name, args } = line
  const words = args.map(({ value }) => value)
  const one = (kind: OddKind, meant: string | null = null): OddLine => ({ ...line, kind, meant })
  if (isHostAddress(name.value)) return one('nameless')
  if (grammar !== null && propertySpans(grammar, name.value).length > 0) return one('option', name.value)
  if (everInTree.has(name.value)) return one('plugin')
  const type = words.slice(0, 3).find((word) => RECORD.test(word))
  if (type !== undefined && isName(name.value)) return one('record', type)
  if (words.some(isHostAddress)) return one('swapped')
  if (/^[\d.]+(?:[/:].*)?$|^[\da-f]*:[\da-f:]*(?:\/.*)?$|^\[.*\]|^\d+(?:\.\w+){3}$/i.test(name.value))
    return one('address')
  const meant = name.value.length < 3 ? null : suggest(name.value, options)
  if (meant !== null) return one('option', meant)
  const [second = ''] = words
  return one(isName(name.value) && isName(second) && /\./.test(name.value + second) ? 'alias' : 'words')
}

function isName(word: string): boolean {
  return /^[\w*](?:[\w.*-]*[\w.])?$/.test(word)
}
