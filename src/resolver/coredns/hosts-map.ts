import { formatIp, parseIp } from '../../values/ip.ts'
import { labelStarts, normalizeName } from '../../values/name.ts'
import { ZoneIndex } from '../../values/zone-index.ts'

/** An address of a name, or a name of an address, and the line that says so. */
export interface HostsEntry {
  readonly data: string
  /** The number of the line's first token in the directive, or the line of the file, with the file's name. */
  readonly source: number | string
}

/** What a hosts file or the entries of a Corefile say (`Map` of plugin/hosts/hostsfile.go). */
export class HostsMap {
  /** Null for all names. */
  readonly #zones: ZoneIndex<string> | null
  readonly #hasWildcards: boolean
  readonly #autoReverse: boolean
  readonly #names = { A: new Map<string, HostsEntry[]>(), AAAA: new Map<string, HostsEntry[]>() }
  readonly #wildcards = { A: new Map<string, HostsEntry[]>(), AAAA: new Map<string, HostsEntry[]>() }
  readonly #addresses = new Map<string, HostsEntry[]>()

  /** `hasWildcards`: whether the release takes `*.d` for a wildcard. Names outside of the zones are left out. */
  constructor(
    zones: readonly string[],
    { hasWildcards, autoReverse }: { readonly hasWildcards: boolean; readonly autoReverse: boolean },
  ) {
    this.#zones = zones.includes('.') ? null : new ZoneIndex()
    for (const zone of zones) this.#zones?.add(zone, zone)
    this.#hasWildcards = hasWildcards
    this.#autoReverse = autoReverse
  }

  /** Adds a text as `parse` reads it: comments from `#` on, an address and its names on each line. */
  addText(text: string, source: number | string): void {
    for (const [index, line] of text.split('\n').entries()) {
      const [address = '', ...names] = (/^[^#]*/.exec(line)?.[0] ?? '')
        .split(/[ \t\n\v\f\r]+/)
        .filter((word) => word !== '')
      this.addLine(address, names, typeof source === 'number' ? source : `${source} line ${index + 1}`)
    }
  }

  /** Adds one line; an address that is none makes nothing of it, a zone of one is cut off. */
  addLine(written: string, names: readonly string[], source: number | string): void {
    const ip = parseIp(/^[^%]*/.exec(written)?.[0] ?? '')
    if (ip === undefined) return
    const address = formatIp(ip)
    const type = ip.length === 4 ? 'A' : 'AAAA'
    const entry: HostsEntry = { data: address, source }
    for (const word of names) {
      const name = normalizeName(word)
      if (this.#zones?.covers(name) === false) continue
      if (this.#hasWildcards && name.startsWith('*.')) {
        append(this.#wildcards[type], name, entry)
        continue
      }
      append(this.#names[type], name, entry)
      if (this.#autoReverse) append(this.#addresses, address, { data: name, source })
    }
  }

  /** The addresses of a name in lower case; the wildcard above it counts where the name has none of the type. */
  addressesOf(name: string, type: 'A' | 'AAAA'): readonly HostsEntry[] {
    const own = this.#names[type].get(name)
    if (own !== undefined) return own
    const below = labelStarts(name)[1]
    return below === undefined ? [] : (this.#wildcards[type].get(`*.${name.slice(below)}`) ?? [])
  }

  /** The names of an address in its usual form, wildcards not among them. */
  namesOf(address: string): readonly HostsEntry[] {
    return this.#addresses.get(address) ?? []
  }

  /** All names, wildcards as written. */
  *names(): Generator<string> {
    for (const map of [this.#names, this.#wildcards]) {
      yield* map.A.keys()
      yield* map.AAAA.keys()
    }
  }

  /** All addresses that something is said of. */
  *addresses(): Generator<string> {
    for (const { A, AAAA } of [this.#names, this.#wildcards]) {
      for (const entries of [...A.values(), ...AAAA.values()]) for (const { data } of entries) yield data
    }
  }
}

function append(map: Map<string, HostsEntry[]>, key: string, entry: HostsEntry): void {
  const others = map.get(key)
  if (others === undefined) map.set(key, [entry])
  else others.push(entry)
}
