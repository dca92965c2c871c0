import type { DnsmasqConfiguration, DnsmasqOption } from '../../sources/dnsmasq.ts'
import { type HostsFile, hostsAsDnsmasq } from '../../sources/hosts-file.ts'
import { queryTypeOf, queryTypes } from '../../values/codes.ts'
import { foldCase, isSubdomain } from '../../values/name.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { Fact, Item, RdataPart, RecordFact } from '../plan.ts'
import { type DnsmasqContext, isVersion, localTtlOf, nameKey, sourceOfOption } from './context.ts'
import { HostNames } from './host-names.ts'
import { itemOfIncluded } from './included-files.ts'
import { mailTargetOf, translateMail } from './mail.ts'
import { translateSynthetic } from './synthetic-names.ts'

/** Facts and items of options that give records. */
export interface RecordTranslation {
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  /** Names that are left out, fully qualified and in lower case. */
  readonly lost: readonly string[]
}

/** Translates host records, aliases, hosts files, and records of all other types. */
export function translateRecords(configuration: DnsmasqConfiguration, context: DnsmasqContext): RecordTranslation {
  const records = new Records(configuration, context)
  for (const option of configuration.options) records.read(option)
  records.finish(configuration.hostsFiles)
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
  readonly #hosts: HostNames
  /** Names with a record here, for aliases. */
  readonly #known = new Set<string>()

  constructor(configuration: DnsmasqConfiguration, context: DnsmasqContext) {
    const { options, hostsFiles } = configuration
    this.#options = options
    this.#problems = configuration.problems
    this.#context = context
    this.#ttl = localTtlOf(options) ?? 60
    this.#hosts = new HostNames(configuration, this.#ttl)
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
      case 'host-record':
        this.#note(this.#hosts.readRecord(option, value))
        return
      case 'cname':
        this.#readAlias(
          option,
          value.aliases.map((alias) => alias.value),
          value.target.value,
          value.ttl?.value,
        )
        return
      case 'txt': {
        const strings = value.strings.length === 0 ? [{ text: '' }] : value.strings.map((one) => ({ text: one.value }))
        this.#record(option, value.name.value, 'TXT', strings)
        return
      }
      case 'srv': {
        const { priority, weight, port } = value
        this.#record(option, value.name.value, 'SRV', [
          ...[priority, weight, port].map(String),
          { name: value.target?.value ?? '.' },
        ])
        return
      }
      case 'mx': {
        const target = value.target?.value ?? mailTargetOf(this.#options)
        if (target === null) {
          this.lost.push(`${nameKey(value.name.value)} MX`)
          this.#note(
            untranslatable(
              source,
              'the target is the name of the machine that dnsmasq runs on, which is not known here',
            ),
          )
          return
        }
        this.#record(option, value.name.value, 'MX', [String(value.preference), { name: target }])
        return
      }
      case 'ptr': {
        if (value.target === undefined)
          this.#note(untranslatable(source, 'a PTR record without a target cannot be written'))
        else this.#record(option, value.name.value, 'PTR', [{ name: value.target.value }])
        return
      }
      case 'naptr': {
        const { order, preference, flags, service, regexp, replacement } = value
        const words = [flags, service, regexp].map((text) => ({ text }))
        this.#record(option, value.name.value, 'NAPTR', [
          String(order),
          String(preference),
          ...words,
          { name: replacement ?? '.' },
        ])
        return
      }
      case 'caa':
        this.#record(option, value.name.value, 'CAA', [String(value.flags), value.tag, { text: value.text }])
        return
      case 'dns-rr':
        this.#readRaw(option, value.name.value, value.rrType, value.data)
        return
      case 'synth-domain': {
        const { item, facts } = translateSynthetic(option, value, this.#ttl, this.#context)
        this.#note(item)
        this.facts.push(...facts)
        return
      }
      default: {
        const item = itemOfIncluded(option, this.#problems)
        if (item !== null) this.#note(item)
      }
    }
  }

  /** Adds the lines of hosts files, and what depends on all names together. */
  finish(files: readonly HostsFile[]): void {
    for (const file of files) this.items.push(...this.#hosts.readFile(file))
    const reverse = this.facts.flatMap((fact) => (fact.kind === 'record' && fact.type === 'PTR' ? fact.name : []))
    this.facts.push(...this.#hosts.facts(new Set(reverse), (name) => this.#hasIpv4(name)))
    const mail = translateMail(this.#options, this.#hosts.names, this.facts, this.#ttl)
    this.facts.push(...mail.facts)
    this.items.push(...mail.items)
    this.lost.push(...this.#hosts.lost, ...mail.lost)
  }

  /** Whether `--address` gives a name an IPv4 address. */
  #hasIpv4(name: string): boolean {
    return this.#options.some(({ value }) => {
      if (value.type !== 'address' || value.to === 'none') return false
      if (value.to !== 'zero' && value.to.value.includes(':')) return false
      return value.domains.some(
        (domain) => domain.match === 'every' || isSubdomain(nameKey(domain.name), nameKey(name)),
      )
    })
  }

  #note(item: Item): Item {
    this.items.push(item)
    return item
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
        name: nameKey(alias),
        type: 'ANY',
        rdata: ['CNAME', { name: target }],
        ttl: ttl ?? this.#ttl,
        items: [item],
      })
    }
  }

  #record(option: DnsmasqOption, name: string, type: string, rdata: readonly RdataPart[]): void {
    const item = this.#note(differs(sourceOfOption(option), ['D-TTL'], `a template for ${type} of that name`))
    const fact: RecordFact = {
      kind: 'record',
      name: nameKey(name),
      type,
      rdata: [type, ...rdata],
      ttl: this.#ttl,
      items: [item],
    }
    this.facts.push(fact)
  }

  #readRaw(option: DnsmasqOption, name: string, rrType: number, data: string): void {
    const source = sourceOfOption(option)
    const { release } = this.#context
    // Addresses and aliases are joined with those of other options.
    const isOwn = rrType === 1 || rrType === 5 || rrType === 28
    const isMeta = isOwn || rrType === 0 || rrType === 41 || (rrType >= 249 && rrType <= 255)
    const mnemonic = isMeta ? undefined : queryTypes(release).find((type) => queryTypeOf(type, release) === rrType)
    if (mnemonic === undefined) {
      this.#note(
        untranslatable(
          source,
          isOwn
            ? 'dnsmasq joins it with addresses and aliases of other options: write it as host-record or cname'
            : `template has no name for records of type ${rrType}, and one for ANY would answer every type`,
        ),
      )
      return
    }
    const item = this.#note(differs(source, ['D-TTL'], `a template for ${mnemonic} of that name`))
    const rdata = [`TYPE${rrType}`, '\\#', String(data.length / 2), ...(data === '' ? [] : [data])]
    this.facts.push({ kind: 'record', name: nameKey(name), type: mnemonic, rdata, ttl: this.#ttl, items: [item] })
  }
}
