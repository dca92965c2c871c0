import type { DnsmasqOption } from '../../sources/dnsmasq.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { CachePlan, Fact, Item, ItemSource, SettingFact } from '../plan.ts'
import { CacheSettings } from './cache-settings.ts'
import { type DnsmasqContext, isTarget, isVersion, sourceOfOption } from './context.ts'
import { Listening } from './listening.ts'
import { itemWithoutEffect } from './lost-options.ts'

/** What options say about the server as a whole. */
export interface SettingsTranslation {
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  readonly cache: CachePlan | null
  readonly isCacheOff: boolean
  readonly hostsTtl: number | null
  readonly port: number | null
  readonly bind: readonly string[]
  readonly rotates: boolean
}

const NO_DNS = 'this dnsmasq answers no names today: the result is what its other options would answer'

/** Translates everything that is neither routing nor a record, and says of every other option what is lost. */
export function translateSettings(options: readonly DnsmasqOption[], context: DnsmasqContext): SettingsTranslation {
  const settings = new Settings(options, context)
  for (const option of settings.effective) settings.read(option)
  return settings.finish()
}

class Settings {
  /** Options in order; of single-valued ones that are given twice only the one that counts. */
  readonly effective: readonly DnsmasqOption[]
  readonly #context: DnsmasqContext
  readonly #facts: Fact[] = []
  readonly #items: Item[] = []
  readonly #listening: Listening
  readonly #cache: CacheSettings
  #hostsTtl: number | null = null
  #port: number | null = null
  #rotates = true

  constructor(options: readonly DnsmasqOption[], context: DnsmasqContext) {
    this.effective = options
    this.#context = context
    this.#listening = new Listening(options)
    this.#cache = new CacheSettings(context)
  }

  finish(): SettingsTranslation {
    return {
      facts: this.#facts,
      items: this.#items,
      cache: this.#cache.plan,
      isCacheOff: this.#cache.isOff,
      hostsTtl: this.#hostsTtl,
      port: this.#port,
      bind: this.#listening.bind,
      rotates: this.#rotates,
    }
  }

  read(option: DnsmasqOption): void {
    const source = sourceOfOption(option)
    const { name, value } = option
    if (!option.isKnown || value.type === 'unreadable') {
      const why = value.type === 'unreadable' ? value.why : 'dnsmasq has no such option'
      this.#items.push(untranslatable(source, `${why}, so dnsmasq does not start with it`))
      return
    }
    const cached = this.#cache.read(option)
    if (cached !== null) {
      if (name === 'cache-size' && this.#cache.isOff) this.#setting('no-cache', cached)
      else this.#add(cached)
    } else if (!this.#readOwn(option, source)) {
      const item = itemWithoutEffect(name, source)
      if (item !== null) this.#items.push(item)
    }
  }

  /** Options with something to write. False for every other one. */
  #readOwn(option: DnsmasqOption, source: ItemSource): boolean {
    const { value } = option
    const number = value.type === 'number' ? value.number.value : null
    const items = this.#items
    switch (option.name) {
      case 'port':
        if (number !== null) this.#port = number === 0 ? null : number
        if (number === 0)
          items.push(
            untranslatable(
              source,
              NO_DNS,
              'without it there is nothing to migrate but what it should answer from now on',
            ),
          )
        else this.#setting('port', exact(source, `port ${number ?? 53} of every server block`))
        return true
      case 'listen-address':
      case 'interface':
      case 'except-interface':
        this.#setting('bind', this.#listening.read(option))
        return true
      case 'local-ttl':
        if (number !== null && number >= 1 && number <= 65_535) {
          this.#hostsTtl = number
          const note = 'ttl of hosts and of templates; with cache nothing leaves below 5 seconds'
          this.#setting('hosts-ttl', differs(source, ['D-TTL'], note))
        } else items.push(differs(source, ['D-TTL'], 'hosts gives a TTL of 1 to 65535 seconds: it has 30'))
        return true
      case 'dns-forward-max':
        if (isTarget(this.#context, '1.6.9')) {
          const note = 'max_concurrent of forward, which counts for each forward by itself'
          this.#setting('limit', differs(source, ['D-POLICY'], note))
        } else
          items.push(untranslatable(source, `forward has max_concurrent since 1.6.9, not in ${this.#context.release}`))
        return true
      case 'dns-loop-detect':
        items.push(
          differs(source, ['D-LOOP'], 'loop: CoreDNS ends when it finds a loop, dnsmasq leaves the server out'),
        )
        return true
      case 'edns-packet-max': {
        const size = Math.min(4096, Math.max(512, number ?? 1232))
        this.#directive('bufsize', `bufsize ${size}`, this.#add(differs(source, ['D-SIZE'], `bufsize ${size}`)))
        return true
      }
      case 'log-queries':
        this.#directive(
          'log',
          'log',
          this.#add(differs(source, ['D-SIZE'], 'log, one line a query, in another format')),
        )
        return true
      case 'no-round-robin':
        this.#rotates = false
        this.#setting('order', exact(source, 'no loadbalance'))
        return true
      case 'domain-needed':
        this.#readDomainNeeded(source)
        return true
      case 'bogus-priv':
        this.#readBogusPrivate(source)
        return true
      case 'filterwin2k':
        this.#filter(
          ['SOA', 'SRV'],
          source,
          'queries of type ANY for names with an underscore are answered all the same',
        )
        return true
      case 'filter-A':
      case 'filter-AAAA':
        this.#filter(
          [option.name.slice('filter-'.length)],
          source,
          'a name that does not exist gets no data instead of NXDOMAIN',
        )
        return true
      case 'filter-rr': {
        const types =
          value.type === 'list'
            ? value.items.map((one) => one.value.toUpperCase())
            : [(option.argument?.value ?? '').toUpperCase()]
        if (types.every((type) => /^[A-Z][A-Z0-9]*$/.test(type) && type !== 'ANY'))
          this.#filter(types, source, 'a name that does not exist gets no data instead of NXDOMAIN')
        else items.push(untranslatable(source, 'template needs the names of the types'))
        return true
      }
      case 'proxy-dnssec':
        items.push(
          differs(source, ['D-SIZE'], 'forward passes the AD bit on; cache clears it unless the client asked for it'),
        )
        return true
      case 'add-subnet':
        items.push(this.#subnet(option, source))
        return true
      case 'domain':
        items.push(exact(source, 'by itself it changes no answer'))
        return true
      default:
        return false
    }
  }

  #add(item: Item): Item {
    this.#items.push(item)
    return item
  }

  #setting(setting: SettingFact['setting'], item: Item): void {
    this.#facts.push({ kind: 'setting', setting, items: [this.#add(item)] })
  }

  #directive(plugin: string, line: string, item: Item): void {
    this.#facts.push({ kind: 'directive', zone: '*', plugin, lines: [line], items: [item] })
  }

  #filter(types: readonly string[], source: ItemSource, lost: string): void {
    const item = this.#add(differs(source, ['D-ERR'], `templates without data for ${types.join(' and ')}: ${lost}`))
    for (const type of types) {
      this.#facts.push({
        kind: 'template',
        zone: '*',
        covers: type === 'A' || type === 'AAAA' ? type : null,
        rank: 95,
        lines: [`template IN ${type} . {`, '    rcode NOERROR', '}'],
        items: [item],
      })
    }
  }

  #readDomainNeeded(source: ItemSource): void {
    const isNew = isVersion(this.#context, '2.86')
    const rcode = isNew ? 'NXDOMAIN' : 'NOERROR'
    const item = this.#add(
      exact(source, `addresses of names without a dot that nothing else here knows: ${isNew ? 'NXDOMAIN' : 'no data'}`),
    )
    for (const type of ['A', 'AAAA']) {
      // An address for all names is one for these as well.
      if (this.#givesAll(type)) continue
      this.#facts.push({
        kind: 'template',
        zone: '.',
        covers: 'single-label',
        rank: 79,
        lines: [`template IN ${type} . {`, '    match "^[^.]+\\.$"', `    rcode ${rcode}`, '    fallthrough', '}'],
        items: [item],
      })
    }
  }

  /** Whether `--address=/#/` gives every name an address of a family; 2.86 alone forgets it. */
  #givesAll(type: string): boolean {
    if (this.#context.version === '2.86') return false
    return this.effective.some(({ value }) => {
      if (value.type !== 'address' || value.to === 'none') return false
      const isOfFamily = value.to === 'zero' || value.to.value.includes(':') === (type === 'AAAA')
      return isOfFamily && value.domains.some(({ match }) => match === 'every')
    })
  }

  #readBogusPrivate(source: ItemSource): void {
    if (this.#context.clusterDomain !== null) {
      this.#items.push(
        isVersion(this.#context, '2.78')
          ? exact(source, 'has no effect: the servers for in-addr.arpa come first')
          : differs(
              source,
              ['D-REV'],
              'reverse names of private addresses that the cluster does not know are asked upstream; dnsmasq 2.76 denied them',
            ),
      )
      return
    }
    const item = this.#add(
      exact(
        source,
        'reverse names of private addresses that nothing else here knows do not exist: a server block with these networks',
      ),
    )
    this.#facts.push({ kind: 'private-reverse', items: [item] })
  }

  #subnet({ value }: DnsmasqOption, source: ItemSource): Item {
    if (value.type !== 'subnet' || value.ipv4?.value.includes('/') || value.ipv6?.value.includes('/')) {
      return untranslatable(source, 'rewrite edns0 subnet sends the subnet of the client, no fixed one')
    }
    const [ipv4, ipv6] = [Number(value.ipv4?.value ?? 0), Number(value.ipv6?.value ?? 0)]
    if (ipv4 > 32 || ipv6 > 128) return untranslatable(source, 'an address has 32 or 128 bits, and no subnet more')
    const item = differs(source, ['D-SIZE'], 'rewrite edns0 subnet')
    this.#directive('rewrite', `rewrite continue edns0 subnet set ${ipv4} ${ipv6}`, item)
    return item
  }
}
