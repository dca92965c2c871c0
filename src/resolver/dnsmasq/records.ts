import type { DnsmasqConfiguration, DnsmasqOption, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import { isSinceDnsmasq } from '../../sources/dnsmasq-options.ts'
import { hostsAsDnsmasq } from '../../sources/hosts-file.ts'
import type { FilePlace } from '../../text/range.ts'
import { queryTypeName } from '../../values/codes.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { absoluteName, foldCase, spelledName } from '../../values/name.ts'
import { characterString } from '../../values/resource-record.ts'
import type { ResourceRecord } from '../outcome.ts'

/** A record of dnsmasq's own, and the option or line that gives it. */
export interface OwnRecord {
  readonly record: ResourceRecord
  readonly option: string
  readonly at: FilePlace
}

/** An alias of dnsmasq's own. */
export interface OwnAlias extends OwnRecord {
  /** Fully qualified, in lower case. */
  readonly target: string
}

/** Stands in data where the name of the machine does, which nobody knows here. */
export const UNKNOWN_HOST = '?'

/** What dnsmasq itself knows, before it looks at any domain: host records and hosts files merged, aliases, and records of other types. */
export class OwnRecords {
  /** All names with a record, and every ancestor of one (cache.c: names are known with all that is above them). */
  readonly #names = new Map<string, OwnRecord[]>()
  readonly #ancestors = new Set<string>()
  readonly #aliases = new Map<string, OwnAlias>()
  readonly #pointers = new Map<string, OwnRecord[]>()
  readonly #addresses = new Map<string, OwnRecord>()
  readonly #known = new Set<string>()
  readonly #ttl: number
  readonly #expanded: string | null
  /** Where mail goes that nobody names a host for: `UNKNOWN_HOST` where that is the machine. */
  readonly #mailTarget: string
  readonly #mailToSelf: boolean
  readonly #mailForHosts: boolean
  /** A host below each name that has one below. */
  readonly #aboveHosts = new Map<string, OwnRecord>()

  constructor(configuration: DnsmasqConfiguration, version: DnsmasqVersion) {
    const { options, hostsFiles } = configuration
    const ttl = options.find(({ name }) => name === 'local-ttl')?.value
    this.#ttl = ttl?.type === 'number' ? ttl.number.value : 0
    const domain = options.find(({ value }) => value.type === 'domain')?.value
    const expands = options.some(({ name }) => name === 'expand-hosts')
    this.#expanded = expands && domain?.type === 'domain' && domain.domain.value !== '#' ? domain.domain.value : null
    const mail = options.findLast(({ name }) => name === 'mx-target')
    this.#mailTarget = mail?.argument === undefined ? UNKNOWN_HOST : key(mail.argument.value)
    this.#mailToSelf = options.some(({ name }) => name === 'selfmx')
    this.#mailForHosts = this.#mailToSelf || options.some(({ name }) => name === 'localmx')
    for (const option of options) this.#read(option)
    for (const file of hostsFiles) {
      for (const { address, names, line } of hostsAsDnsmasq(file).entries) {
        const at = { path: file.path, range: line.range }
        this.#addHost(
          address,
          names.map(({ value }) => value),
          file.path,
          at,
        )
      }
    }
    this.#dropInertAliases(version)
  }

  /** Names with a record of any kind, fully qualified and in lower case. */
  get names(): Iterable<string> {
    return [...this.#names.keys(), ...this.#aliases.keys(), ...this.#pointers.keys()]
  }

  /** The types of the records of names that are no aliases. */
  get types(): Map<string, ReadonlySet<string>> {
    const types = new Map<string, ReadonlySet<string>>()
    const known = new Map<string, ReadonlySet<string>>()
    const add = (name: string, more: readonly string[]) => {
      if (this.#aliases.has(name)) return
      const all = [...new Set([...(types.get(name) ?? []), ...more])].sort()
      const key = all.join(' ')
      const set = known.get(key) ?? new Set(all)
      known.set(key, set)
      types.set(name, set)
    }
    const mail = this.#mailForHosts ? ['MX'] : []
    for (const [name, records] of this.#names) add(name, [...records.map(({ record }) => record.type), ...mail])
    for (const name of this.#pointers.keys()) add(name, ['PTR'])
    return types
  }

  /** Addresses with a reverse name. */
  get addresses(): Iterable<string> {
    return this.#addresses.keys()
  }

  get aliases(): ReadonlyMap<string, OwnAlias> {
    return this.#aliases
  }

  /** The records of a name and type; those of the reverse name of an address when there is no record of that name. */
  find(name: string, type: string): readonly OwnRecord[] {
    if (type === 'PTR') return this.#pointersOf(name)
    const all = this.#names.get(name) ?? []
    const own = type === 'ANY' ? [...all, ...this.#pointersOf(name)] : all.filter(({ record }) => record.type === type)
    const isMail = type === 'MX' || type === 'ANY'
    return isMail && this.#mailForHosts && !all.some(({ record }) => record.type === 'MX')
      ? [...own, ...this.#mailOf(name)]
      : own
  }

  /** Seen on 2.90: what is above an alias is known for the alias, not for the hosts. */
  #isAboveAlias(name: string): boolean {
    return [...this.#aliases.keys()].some((alias) => alias !== name && alias.endsWith(`.${name}`))
  }

  #pointersOf(name: string): readonly OwnRecord[] {
    const own = this.#pointers.get(name)
    if (own !== undefined) return own
    const address = addressOfOddReverse(name)
    const host = address === null ? undefined : this.#addresses.get(address)
    return host === undefined ? [] : [{ ...host, record: { ...host.record, name } }]
  }

  /** rfc1035.c answer_request: with `--selfmx` or `--localmx` hosts, and the names above them, have an MX record. */
  #mailOf(name: string): OwnRecord[] {
    const host =
      [...(this.#names.get(name) ?? [])].find(({ record }) => record.type === 'A' || record.type === 'AAAA') ??
      (this.#isAboveAlias(name) ? undefined : this.#aboveHosts.get(name))
    if (host === undefined) return []
    const data = `1 ${this.#mailToSelf ? name : this.#mailTarget}`
    return [{ ...host, record: { name, ttl: this.#ttl, type: 'MX', data } }]
  }

  /** Whether a name has any record here, whatever its type. */
  has(name: string): boolean {
    return this.#known.has(name)
  }

  /** Whether a name is an alias of one without an address, which old releases forget where the type does not fit. */
  isInertAlias(name: string): boolean {
    return this.#aliases.has(name) && !this.leadsToAddress(name) && !this.#names.has(name)
  }

  /** Whether the name at the end of a chain of aliases has an address. */
  leadsToAddress(name: string): boolean {
    const seen = new Set<string>()
    let target = name
    for (let next = this.#aliases.get(target); next && !seen.has(target); next = this.#aliases.get(target)) {
      seen.add(target)
      target = next.target
    }
    return (this.#names.get(target) ?? []).some(({ record }) => record.type === 'A' || record.type === 'AAAA')
  }

  /** Whether a name is above one that has a record here. */
  isAncestor(name: string): boolean {
    return this.#ancestors.has(name)
  }

  #read(option: DnsmasqOption): void {
    const { value } = option
    const at = { path: option.path, range: option.range }
    const written = `--${option.name}`
    const add = (name: string, type: string, data: string) =>
      this.#add({ name: key(name), ttl: this.#ttl, type, data }, written, at)
    // A name with nothing but a raw record counts as unknown (rfc1035.c check_for_local_domain); CAA is kept as one.
    const addRaw = (name: string, type: string, data: string) => {
      const record = { name: key(name), ttl: this.#ttl, type, data }
      append(this.#names, record.name, { record, option: written, at })
    }
    switch (value.type) {
      case 'host-record': {
        const names = value.names.map((name) => name.value)
        for (const address of value.addresses) this.#addHost(address.value, names, written, at)
        return
      }
      case 'cname':
        for (const alias of value.aliases) {
          const target = key(value.target.value)
          const record = { name: key(alias.value), ttl: value.ttl?.value ?? this.#ttl, type: 'CNAME', data: target }
          this.#aliases.set(record.name, { record, option: written, at, target })
        }
        return
      case 'txt':
        add(
          value.name.value,
          'TXT',
          (value.strings.length === 0 ? [''] : value.strings.map((one) => one.value)).map(characterString).join(' '),
        )
        return
      case 'srv':
        add(
          value.name.value,
          'SRV',
          `${value.priority} ${value.weight} ${value.port} ${key(value.target?.value ?? '.')}`,
        )
        return
      case 'mx':
        add(
          value.name.value,
          'MX',
          `${value.preference} ${value.target === undefined ? this.#mailTarget : key(value.target.value)}`,
        )
        return
      case 'naptr': {
        const words = [value.flags, value.service, value.regexp].map(characterString).join(' ')
        add(value.name.value, 'NAPTR', `${value.order} ${value.preference} ${words} ${key(value.replacement ?? '.')}`)
        return
      }
      case 'caa':
        addRaw(value.name.value, 'CAA', `${value.flags} ${value.tag} ${characterString(value.text)}`)
        return
      case 'dns-rr':
        addRaw(value.name.value, queryTypeName(value.rrType), `\\# ${value.data.length / 2} ${value.data}`.trimEnd())
        return
      case 'ptr': {
        if (value.target === undefined) return
        const name = key(value.name.value)
        const record = { name, ttl: this.#ttl, type: 'PTR', data: key(value.target.value) }
        append(this.#pointers, name, { record, option: written, at })
        this.#know(name)
        return
      }
    }
  }

  #addHost(address: string, names: readonly string[], option: string, at: FilePlace): void {
    const ip = parseIp(address)
    if (ip === undefined) return
    const isV6 = address.includes(':')
    const data = isV6 && ip.length === 4 ? `::ffff:${formatIp(ip)}` : formatIp(ip)
    const spelled = names.flatMap((name) => {
      // The longer spelling is the one that reverse names give.
      const isShort = this.#expanded !== null && !name.includes('.')
      return isShort ? [`${name}.${this.#expanded}`, name] : [name]
    })
    for (const name of spelled) {
      const record = { name: key(name), ttl: this.#ttl, type: isV6 ? 'AAAA' : 'A', data }
      const others = this.#names.get(record.name) ?? []
      if (!others.some((other) => other.record.type === record.type && other.record.data === data))
        this.#add(record, option, at)
      for (const above of namesAbove(record.name)) this.#aboveHosts.set(above, { record, option, at })
    }
    const [first] = spelled
    if (first === undefined || this.#addresses.has(data)) return
    this.#addresses.set(data, { record: { name: '', ttl: this.#ttl, type: 'PTR', data: key(first) }, option, at })
  }

  #add(record: ResourceRecord, option: string, at: FilePlace): void {
    append(this.#names, record.name, { record, option, at })
    this.#know(record.name)
  }

  #know(name: string): void {
    this.#known.add(name)
    for (const above of namesAbove(name)) this.#ancestors.add(above)
  }

  /** Before 2.81 an alias counts only where dnsmasq owns what it leads to. */
  #dropInertAliases(version: DnsmasqVersion): void {
    const isOld = !isSinceDnsmasq(version, '2.81')
    for (const [name, { target }] of this.#aliases) {
      // Only a server of a zone of its own takes patterns.
      if (name.startsWith('*.')) continue
      if (isOld && !this.#leadsHome(target)) this.#aliases.delete(name)
      else this.#know(name)
    }
  }

  #leadsHome(target: string): boolean {
    let name: string | undefined = target
    for (let steps = 0; name !== undefined && steps < 20; steps++) {
      if (this.#names.has(name)) return true
      name = this.#aliases.get(name)?.target
    }
    return false
  }
}

/** The names above a name, but for the root. */
function* namesAbove(name: string): Generator<string> {
  for (let dot = name.indexOf('.'); dot !== -1 && dot < name.length - 1; dot = name.indexOf('.', dot + 1)) {
    yield name.slice(dot + 1)
  }
}

/** The address that dnsmasq reads in a reverse name (util.c in_arpa_name_2_addr): up to four labels in front of in-addr.arpa or 32 in front of ip6.arpa, leading zeros and further numbers or not. */
export function addressOfOddReverse(name: string): string | null {
  const digits = /^(?:[\da-f]\.)*?((?:[\da-f]\.){32})ip6\.arpa\.$/.exec(name)?.[1]
  if (digits !== undefined) {
    const groups = digits.replaceAll('.', '').split('').reverse().join('').match(/.{4}/g) ?? []
    const ip = parseIp(groups.join(':'))
    // Mapped addresses are kept as such.
    return ip === undefined ? null : ip.length === 4 ? `::ffff:${formatIp(ip)}` : formatIp(ip)
  }
  const labels = /^((?:\d+\.)+)in-addr\.arpa\.$/.exec(name)?.[1]
  if (labels === undefined) return null
  // Of a name with fewer labels the last octets are zero.
  const octets = [...labels.split('.').slice(0, -1).reverse().map(Number), 0, 0, 0].slice(0, 4)
  return octets.every((octet) => octet <= 255) ? octets.join('.') : null
}

function append<Value>(map: Map<string, Value[]>, name: string, value: Value): void {
  const others = map.get(name)
  if (others === undefined) map.set(name, [value])
  else others.push(value)
}

function key(name: string): string {
  return absoluteName(foldCase(spelledName(name)))
}
