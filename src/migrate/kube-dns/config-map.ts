import type { DnsmasqOption, DnsmasqServer } from '../../sources/dnsmasq.ts'
import type { KubeDnsConfigMap, KubeDnsServer, KubeDnsSettings } from '../../sources/kube-dns.ts'
import type { Placed } from '../../sources/source.ts'
import { isSince } from '../../values/release.ts'
import { differs, exact, sourceOf, sourceOfValue, untranslatable } from '../contribution.ts'
import type { Conflict, Fact, Item } from '../plan.ts'

/** What a kube-dns ConfigMap comes to: options that the nanny gives to dnsmasq, and what else it says. */
export interface ConfigMapTranslation {
  /** As dnsmasq gets them behind its own, each at its place in the ConfigMap. */
  readonly options: readonly DnsmasqOption[]
  /** The servers for all names, as behind `forward .`. */
  readonly upstreams: readonly string[]
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  readonly conflicts: readonly Conflict[]
}

/** Which reading of an invalid ConfigMap counts: what kube-dns does with it, or what was meant; null where nobody said. */
export type Reading = 'running' | 'intended' | null

/** The first release without the plugin federation. */
const WITHOUT_FEDERATION = '1.7.0'

/** Translates the ConfigMap of kube-dns; one that kube-dns refuses needs a decision. */
export function translateConfigMap(
  configMap: KubeDnsConfigMap,
  {
    reading,
    release,
    clusterDomain,
  }: { readonly reading: Reading; readonly release: string; readonly clusterDomain: string },
): ConfigMapTranslation {
  const { path, refusals } = configMap
  const isRefused = refusals.length > 0
  const settings: KubeDnsSettings = isRefused && reading !== 'intended' ? configMap.asRunning : configMap.asIntended
  const translation = new Translation(path, release, clusterDomain)
  for (const { key, message, range } of refusals) {
    const source = sourceOf(path, range, key)
    translation.items.push(
      reading === 'intended'
        ? differs(
            source,
            ['D-POLICY'],
            `kube-dns refuses it (${message}) and runs without the whole ConfigMap; this is what was meant`,
          )
        : untranslatable(source, `kube-dns refuses it (${message}) and runs without the whole ConfigMap`),
    )
  }
  if (isRefused && reading === null) translation.conflicts.push(refusedConflict(configMap))
  for (const key of configMap.unknownKeys) {
    translation.items.push(untranslatable(sourceOfValue(path, key), `kube-dns does not read the key ${key.value}`))
  }
  translation.read(settings)
  return translation
}

function refusedConflict({ path, refusals }: KubeDnsConfigMap): Conflict {
  return {
    code: 'kube-dns-configmap-invalid',
    message: `kube-dns refuses this ConfigMap as a whole: ${refusals.map(({ message }) => message).join('; ')}`,
    places: refusals.map(({ key, range }) => sourceOf(path, range, key)),
    choices: [
      { accept: '--as-running', effect: 'what kube-dns does today: its defaults, nothing of the ConfigMap' },
      { accept: '--as-intended', effect: 'what was meant: every value that can be understood' },
    ],
  }
}

class Translation implements ConfigMapTranslation {
  readonly options: DnsmasqOption[] = []
  readonly upstreams: string[] = []
  readonly facts: Fact[] = []
  readonly items: Item[] = []
  readonly conflicts: Conflict[] = []
  readonly #path: string
  readonly #release: string
  readonly #clusterDomain: string

  constructor(path: string, release: string, clusterDomain: string) {
    this.#path = path
    this.#release = release
    this.#clusterDomain = clusterDomain
  }

  read(settings: KubeDnsSettings): void {
    for (const { domain, servers, range } of settings.stubDomains) {
      if (servers.length === 0) {
        this.items.push(
          exact(
            sourceOf(this.#path, range, domain.value),
            'has no servers, so its names are asked of the servers for all names',
          ),
        )
      }
      for (const server of servers) this.#addServer(server, domain)
    }
    for (const server of settings.upstreamNameservers) this.#addServer(server, null)
    if (settings.upstreamNameservers.length > 0)
      this.options.push(this.#option('no-resolv', { value: '', range: { start: 0, end: 0 } }, { type: 'flag' }, ''))
    for (const { name, domain } of settings.federations) this.#addFederation(name, domain)
    for (const { path, range, text, why } of settings.leftOut)
      this.items.push(untranslatable(sourceOf(path, range, text), why))
  }

  #addServer(server: KubeDnsServer, domain: Placed | null): void {
    const at = { value: domain === null ? server.written : `${domain.value}: ${server.written}`, range: server.range }
    const asksNobody = server.port === 0 || (server.port === undefined && server.written.endsWith(':'))
    if (asksNobody) {
      this.items.push(
        untranslatable(
          sourceOfValue(this.#path, at),
          `${server.why ?? 'dnsmasq asks nobody at port 0'}: nothing is written for it`,
        ),
      )
      return
    }
    const isBracketed = server.written.startsWith('[') && server.port !== undefined
    if (isBracketed) {
      this.items.push(
        differs(
          sourceOfValue(this.#path, at),
          ['D-POLICY'],
          'no dnsmasq starts with an IPv6 address and a port from here, so this never worked; this is what was meant',
        ),
      )
    }
    const to: DnsmasqServer = {
      host: server.host,
      isName: server.isName,
      port: server.port ?? 53,
      range: server.range,
      via: [],
    }
    const domains = domain === null ? [] : [{ name: domain.value, match: 'below', range: domain.range } as const]
    this.options.push(this.#option('server', at, { type: 'server', domains, to }, this.#path))
    if (domain === null) this.upstreams.push(endpoint(to))
  }

  #option(name: string, at: Placed, value: DnsmasqOption['value'], path: string): DnsmasqOption {
    return {
      path,
      from: 'file',
      name,
      isKnown: true,
      range: at.range,
      written: at,
      argument: undefined,
      unresolved: [],
      value,
      refusals: [],
    }
  }

  #addFederation(name: Placed, domain: Placed): void {
    const source = sourceOf(
      this.#path,
      { start: name.range.start, end: domain.range.end },
      `${name.value}=${domain.value}`,
    )
    if (isSince(this.#release, WITHOUT_FEDERATION)) {
      this.items.push(
        untranslatable(
          source,
          `federation left CoreDNS in 1.7.0: names SERVICE.NAMESPACE.${name.value}.svc.${this.#clusterDomain} stop resolving`,
          'look for clients that use such names',
        ),
      )
      return
    }
    const item = exact(source, 'federation')
    this.items.push(item)
    const lines = [`federation ${this.#clusterDomain} {`, `    ${name.value} ${domain.value}`, '}']
    this.facts.push({ kind: 'directive', zone: '.', plugin: 'federation', lines, items: [item] })
  }
}

function endpoint({ host, port }: DnsmasqServer): string {
  if (port === 53) return host
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
