import type { DnsmasqConfiguration, DnsmasqOption } from '../../sources/dnsmasq.ts'
import { type HostsFile, hostsAsDnsmasq } from '../../sources/hosts-file.ts'
import { covers } from '../../text/range.ts'
import { queryTypeOf, queryTypes } from '../../values/codes.ts'
import { parseIp } from '../../values/ip.ts'
import { foldCase, fqdn, normalizeName } from '../../values/name.ts'
import { reverseName } from '../../values/reverse.ts'
import { differs, exact, sourceOf, untranslatable } from '../contribution.ts'
import type { Fact, HostFact, Item, RecordFact } from '../plan.ts'
import { escaped, exactly } from '../templates.ts'
import { type DnsmasqContext, isTarget, isVersion, sourceOfOption } from './context.ts'

/** Facts and items of options that give records. */
export interface RecordTranslation {
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  /** Names that are left out, fully qualified and in lower case. */
  readonly lost: readonly string[]
}

/** What a hosts entry costs: other types are not asked upstream, and each name has its own PTR. */
const HOST_CODES = ['D-HOSTS-OTHER', 'D-TTL']

/** More names than this get no MX record each. */
const MOST_MAIL = 200

/** Translates host records, aliases, hosts files, and records of all other types. */
export function translateRecords(configuration: DnsmasqConfiguration, context: DnsmasqContext): RecordTranslation {
  const records = new Records(configuration, context)
  for (const option of configuration.options) records.read(option)
  for (const file of configuration.hostsFiles) records.readHosts(file)
  records.finish()
  return records
}

class Records implements RecordTranslation {
  readonly facts: Fact[] = []
  readonly items: Item[] = []
  readonly lost: string[] = []
  readonly #options: readonly DnsmasqOption[]
  readonly #problems: DnsmasqConfiguration['problems']
  readonly #context: DnsmasqContext
  readonly #ttl: number
  readonly #hosts: HostFact[] = []
  /** Names with a record here, for aliases. */
  readonly #known = new Set<string>()

  constructor({ options, hostsFiles, problems }: DnsmasqConfiguration, context: DnsmasqContext) {
    this.#options = options
    this.#problems = problems
    this.#context = context
    const ttl = options.find(({ name }) => name === 'local-ttl')?.value
    this.#ttl = ttl?.type === 'number' ? ttl.number.value : 60
    for (const { value } of options) {
      if (value.type === 'host-record') for (const name of value.names) this.#known.add(foldCase(name.value))
      else if ('name' in value && value.type !== 'ptr') this.#known.add(foldCase(value.name.value))
    }
    for (const file of hostsFiles) {
      for (const { names } of hostsAsDnsmasq(file).entries)
        for (const name of names) this.#known.add(foldCase(name.value))
    }
  }

  read(option: DnsmasqOption): void {
    const { value } = option
    const source = sourceOfOption(option)
    switch (value.type) {
      case 'host-record': {
        const names = value.names.flatMap(({ value: name }) => this.#spellings(name))
        if (value.addresses.length === 0) {
          this.items.push(exact(source, 'has no address: nothing to answer'))
          return
        }
        const item = this.#note(
          differs(source, this.#hostCodes(names), 'hosts: other types than A and AAAA are not asked upstream'),
        )
        for (const { value: address } of value.addresses) this.#host(address, names, item)
        return
      }
      case 'cname':
        this.#readAlias(
          option,
          value.aliases.map((alias) => alias.value),
          value.target.value,
          value.ttl?.value,
        )
        return
      case 'txt': {
        const strings = value.strings.length === 0 ? ['""'] : value.strings.map((one) => quoted(one.value))
        this.#record(option, value.name.value, 'TXT', strings.join(' '))
        return
      }
      case 'srv': {
        const { priority, weight, port } = value
        this.#record(
          option,
          value.name.value,
          'SRV',
          `${priority} ${weight} ${port} ${absolute(value.target?.value ?? '.')}`,
        )
        return
      }
      case 'mx': {
        const target = value.target?.value ?? this.#mailTarget()
        if (target === null) {
          this.lost.push(`${key(value.name.value)} MX`)
          this.#note(
            untranslatable(
              source,
              'the target is the name of the machine that dnsmasq runs on, which is not known here',
            ),
          )
          return
        }
        this.#record(option, value.name.value, 'MX', `${value.preference} ${absolute(target)}`)
        return
      }
      case 'ptr': {
        if (value.target === undefined)
          this.#note(untranslatable(source, 'a PTR record without a target cannot be written'))
        else this.#record(option, value.name.value, 'PTR', absolute(value.target.value))
        return
      }
      case 'naptr': {
        const { order, preference, flags, service, regexp, replacement } = value
        const words = [flags, service, regexp].map(quoted).join(' ')
        this.#record(
          option,
          value.name.value,
          'NAPTR',
          `${order} ${preference} ${words} ${absolute(replacement ?? '.')}`,
        )
        return
      }
      case 'caa':
        this.#record(option, value.name.value, 'CAA', `${value.flags} ${value.tag} ${quoted(value.text)}`)
        return
      case 'dns-rr':
        this.#readRaw(option, value.name.value, value.rrType, value.data)
        return
      case 'synth-domain':
        this.#readSynthetic(option)
        return
      default:
        if (option.name === 'addn-hosts' || option.name === 'hostsdir') this.#readHostsFiles(option)
    }
  }

  /** Writes what depends on all names together. */
  finish(): void {
    this.#writeHosts()
    this.#writeMail()
  }

  /**
   * Host records and hosts files: entries of hosts, but for names with an IPv4 address inside of an IPv6 one, which hosts takes for IPv4.
   * These get templates, with all their addresses of that family, as a template answers before hosts does.
   */
  #writeHosts(): void {
    const mapped = new Set(
      this.#hosts.flatMap(({ address, names }) => (isMapped(address) ? names.map((name) => name) : [])),
    )
    for (const fact of this.#hosts) {
      const { address, names, items } = fact
      const [first] = names
      const apart = address.includes(':') ? names.filter((name) => mapped.has(name)) : []
      for (const name of apart)
        this.facts.push({
          kind: 'record',
          name: key(name),
          type: 'AAAA',
          rdata: `AAAA ${address}`,
          ttl: this.#ttl,
          items,
        })
      const ip = parseIp(address)
      if (isMapped(address) && ip !== undefined && first !== undefined) {
        const bytes = [...Array.from({ length: 10 }, () => 0), 255, 255, ...ip.slice(-4)]
        const name = reverseName(bytes)
        const isKnown = this.facts.some((one) => one.kind === 'record' && one.type === 'PTR' && one.name === name)
        const rdata = `PTR ${absolute(first)}`
        if (!isKnown) this.facts.push({ kind: 'record', name, type: 'PTR', rdata, ttl: this.#ttl, items })
      }
      if (isMapped(address)) {
        const others = new Set(this.#hosts.flatMap((one) => (one.address.includes(':') ? [] : one.names)))
        for (const name of apart.filter((one) => !others.has(one))) this.facts.push(withoutFamily(name, 'A', items))
      }
      const plain = isMapped(address) ? [] : names
      if (plain.length > 0) this.facts.push({ ...fact, names: plain })
    }
  }

  /** With `--localmx` or `--selfmx` every host, and every name above one, has an MX record. */
  #writeMail(): void {
    const options = this.#options.filter(({ name }) => name === 'localmx' || name === 'selfmx')
    if (options.length === 0) return
    const isSelf = options.some(({ name }) => name === 'selfmx')
    const target = this.#mailTarget()
    const aliases = new Set(
      this.facts.flatMap((fact) => (fact.kind === 'record' && fact.type === 'ANY' ? fact.name : [])),
    )
    const hosts = this.#hosts.flatMap(({ names }) => names.map(key))
    const above = hosts.flatMap(namesAbove).filter((name) => ![...aliases].some((alias) => alias.endsWith(`.${name}`)))
    const withMail = new Set(
      this.facts.flatMap((fact) => (fact.kind === 'record' && fact.type === 'MX' ? fact.name : [])),
    )
    const names = [...new Set([...hosts, ...above])].filter((name) => !withMail.has(name) && !aliases.has(name))
    if (names.length > MOST_MAIL || (!isSelf && target === null)) {
      this.lost.push(...names.map((name) => `${name} MX`))
      const why =
        target === null && !isSelf
          ? 'mail goes to the machine that dnsmasq runs on, whose name is not known here'
          : `${names.length} names would each need a template`
      for (const option of options) this.#note(untranslatable(sourceOfOption(option), why))
      return
    }
    const items = options.map((option) =>
      this.#note(
        differs(sourceOfOption(option), ['D-TTL'], 'a template for MX of every host, and of every name above one'),
      ),
    )
    for (const name of names) {
      const rdata = `MX 1 ${isSelf ? name : absolute(target ?? name)}`
      this.facts.push({ kind: 'record', name, type: 'MX', rdata, ttl: this.#ttl, items })
    }
  }

  #note(item: Item): Item {
    this.items.push(item)
    return item
  }

  #host(address: string, names: readonly string[], item: Item): void {
    const fact: HostFact = {
      kind: 'host',
      address,
      names: names.map((name) => name.toLowerCase()),
      hasReverse: true,
      comment: null,
      items: [item],
    }
    this.#hosts.push(fact)
  }

  #hostCodes(names: readonly string[]): string[] {
    return names.length > 1 ? [...HOST_CODES, 'D-PTR-MULTI'] : HOST_CODES
  }

  /** A name as dnsmasq knows it: with `--expand-hosts`, short names also in the domain. */
  #spellings(name: string): string[] {
    const domain = this.#options.find(({ value }) => value.type === 'domain')?.value
    const expands = this.#options.some((option) => option.name === 'expand-hosts')
    if (!expands || domain?.type !== 'domain' || name.includes('.') || domain.domain.value === '#') return [name]
    // The longer one first: it is the one that reverse names give.
    return [`${name}.${domain.domain.value}`, name]
  }

  #readHostsFiles(option: DnsmasqOption): void {
    const source = sourceOfOption(option)
    const isMissing = this.#problems.some(({ path, range }) => path === option.path && covers(option.range, range))
    this.#note(
      isMissing
        ? untranslatable(
            source,
            'the file was not given, so its names are missing in the result',
            `name ${option.argument?.value ?? 'the file'} as a source too`,
          )
        : exact(source, 'its lines are in hosts'),
    )
  }

  /** The lines of a hosts file, as dnsmasq reads them. */
  readHosts(file: HostsFile): void {
    const { path } = file
    const view = hostsAsDnsmasq(file)
    for (const { range, text, why } of view.skipped) {
      this.#note(exact(sourceOf(path, range, text), `dnsmasq does not read it (${why}): left out`))
    }
    for (const { address, names, line } of view.entries) {
      const words = [line.address, ...line.names].map(({ value }) => value)
      const source = sourceOf(path, line.range, words.join(' '))
      const literal = names.filter(({ value }) => !value.startsWith('*.'))
      const spelled = literal.flatMap(({ value }) => this.#spellings(value))
      const note = 'hosts: other types than A and AAAA are not asked upstream'
      if (literal.length < names.length) {
        this.lost.push(...names.filter((name) => !literal.includes(name)).map(({ value }) => key(value)))
        const pattern =
          'dnsmasq knows no patterns and takes "*." literally, CoreDNS since 1.14.5 for a pattern: that name is left out'
        const item = this.#note(untranslatable(source, pattern))
        if (literal.length > 0) this.#host(address, spelled, item)
      } else this.#host(address, spelled, this.#note(differs(source, this.#hostCodes(spelled), note)))
    }
  }

  #readAlias(option: DnsmasqOption, aliases: readonly string[], target: string, ttl: number | undefined): void {
    const source = sourceOfOption(option)
    const owned =
      this.#known.has(target.toLowerCase()) ||
      this.#options.some(
        ({ value }) =>
          value.type === 'cname' && value.aliases.some((alias) => alias.value.toLowerCase() === target.toLowerCase()),
      )
    if (!owned && !isVersion(this.#context, '2.81')) {
      this.#note(
        exact(
          source,
          `dnsmasq ${this.#context.version} ignores an alias for a name that it does not own: nothing is written`,
        ),
      )
      return
    }
    const item = this.#note(
      differs(
        source,
        ['D-CNAME-RES', 'D-TTL'],
        owned
          ? 'a template with the CNAME; CoreDNS looks the target up itself'
          : 'a template with the CNAME; CoreDNS adds the address of the target, dnsmasq did not',
      ),
    )
    for (const alias of aliases) {
      if (alias.startsWith('*.')) {
        this.#note(untranslatable(source, `dnsmasq answers "${alias}" for that literal name alone: left out`))
        continue
      }
      this.facts.push({
        kind: 'record',
        name: key(alias),
        type: 'ANY',
        rdata: `CNAME ${absolute(target)}`,
        ttl: ttl ?? this.#ttl,
        items: [item],
      })
    }
  }

  #record(option: DnsmasqOption, name: string, type: string, rdata: string): void {
    const item = this.#note(differs(sourceOfOption(option), ['D-TTL'], `a template for ${type} of that name`))
    const fact: RecordFact = {
      kind: 'record',
      name: key(name),
      type,
      rdata: `${type} ${rdata}`,
      ttl: this.#ttl,
      items: [item],
    }
    this.facts.push(fact)
  }

  #mailTarget(): string | null {
    const option = this.#options.find(({ name }) => name === 'mx-target')
    return option?.argument?.value ?? null
  }

  #readRaw(option: DnsmasqOption, name: string, rrType: number, data: string): void {
    const source = sourceOfOption(option)
    const { release } = this.#context
    const mnemonic = queryTypes(release).find((type) => queryTypeOf(type, release) === rrType)
    if (mnemonic === undefined) {
      this.#note(
        untranslatable(
          source,
          `template has no name for records of type ${rrType}, and one for ANY would answer every type`,
        ),
      )
      return
    }
    const item = this.#note(differs(source, ['D-TTL'], `a template for ${mnemonic} of that name`))
    const rdata = `TYPE${rrType} \\# ${data.length / 2} ${data}`.trimEnd()
    this.facts.push({ kind: 'record', name: key(name), type: mnemonic, rdata, ttl: this.#ttl, items: [item] })
  }

  #readSynthetic(option: DnsmasqOption): void {
    const { value } = option
    const source = sourceOfOption(option)
    if (value.type !== 'synth-domain') return
    const octets = value.isSequential ? null : octetPatterns(value.first, value.last)
    if (octets === null) {
      this.#note(
        untranslatable(
          source,
          value.isSequential
            ? 'names that are numbered cannot be computed by a template'
            : 'this range of addresses cannot be written as a regular expression per part',
        ),
      )
      return
    }
    const item = this.#note(
      differs(source, ['D-TTL'], 'templates that take the address out of the name, and the name out of the address'),
    )
    const domain = value.domain.value.toLowerCase().replace(/\.$/, '')
    const zone = domain.replaceAll('.', '\\.')
    const prefix = value.prefix.toLowerCase().replace(/[^a-z0-9_-]/g, '\\$&')
    const groups = octets.map((pattern, at) => `(?P<${'abcd'[at]}>${pattern})`)
    const answer = (owner: string, type: string, data: string) =>
      `    answer "${escaped(`${owner} ${this.#ttl} IN ${type} ${data}`)}"`
    const address = '{{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}'
    const template = (zoneOf: string, lines: readonly string[]): Fact => ({
      kind: 'template',
      zone: zoneOf,
      covers: zoneOf === domain ? null : 'reverse',
      rank: 6,
      lines,
      items: [item],
    })
    // Other types of these names are asked upstream, whose NXDOMAIN dnsmasq makes no data.
    const expression = `^${prefix}${octets.map((pattern) => `(${pattern})`).join('-')}\\.${zone}\\.$`
    this.facts.push(
      isTarget(this.#context, '1.11.2')
        ? {
            kind: 'directive',
            zone: domain,
            plugin: 'rewrite',
            lines: [`rewrite rcode regex ${expression} NXDOMAIN NOERROR`],
            items: [item],
          }
        : template(domain, [
            `template IN AAAA ${domain} {`,
            `    match "${expression}"`,
            '    rcode NOERROR',
            '    fallthrough',
            '}',
          ]),
      template(domain, [
        `template IN A ${domain} {`,
        `    match "^${prefix}${groups.join('-')}\\.${zone}\\.$"`,
        answer('{{ .Name }}', 'A', address),
        '    fallthrough',
        '}',
      ]),
      template(reverseZone(value.first), [
        'template IN PTR in-addr.arpa {',
        `    match "^${groups.toReversed().join('\\.')}\\.in-addr\\.arpa\\.$"`,
        answer('{{ .Name }}', 'PTR', `${value.prefix}${address.replaceAll('}}.{{', '}}-{{')}.${domain}.`),
        '    fallthrough',
        '}',
      ]),
    )
  }
}

/** No data for the other family of a name: an NXDOMAIN of an upstream would hide the address from musl. */
function withoutFamily(name: string, type: 'A' | 'AAAA', items: readonly Item[]): Fact {
  const lines = [
    `template IN ${type} ${name} {`,
    `    match "${exactly(key(name))}"`,
    '    rcode NOERROR',
    '    fallthrough',
    '}',
  ]
  return { kind: 'template', zone: name, covers: null, rank: 1, lines, items }
}

/** An IPv4 address inside of an IPv6 one. */
function isMapped(address: string): boolean {
  return address.includes(':') && parseIp(address)?.length === 4
}

/** The names above a name, but for the root. */
function namesAbove(name: string): string[] {
  const above: string[] = []
  for (let dot = name.indexOf('.'); dot !== -1 && dot < name.length - 1; dot = name.indexOf('.', dot + 1))
    above.push(name.slice(dot + 1))
  return above
}

/** Any octet without leading zeros. */
const ANY_OCTET = '25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9]'

/** A pattern for each octet of a range of IPv4 addresses, null where the octets depend on each other or it is no such range. */
function octetPatterns(first: string, last: string): string[] | null {
  const [from, to] = [first, last].map((text) => text.split('.').map(Number))
  if (from?.length !== 4 || to?.length !== 4) return null
  const differing = from.findIndex((octet, at) => octet !== to[at])
  const isWhole = (at: number) => from[at] === 0 && to[at] === 255
  const behind = [0, 1, 2, 3].filter((at) => differing !== -1 && at > differing)
  if (!behind.every(isWhole)) return null
  return from.map((octet, at) => {
    const end = to[at] ?? octet
    if (octet === end) return String(octet)
    if (isWhole(at)) return ANY_OCTET
    return Array.from({ length: end - octet + 1 }, (_, step) => octet + step).join('|')
  })
}

function reverseZone(address: string): string {
  const [first = '0'] = address.split('.')
  return `${first}.in-addr.arpa`
}

/** A string of a TXT record in presentation format. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function absolute(name: string): string {
  return fqdn(name)
}

function key(name: string): string {
  return normalizeName(fqdn(name))
}
