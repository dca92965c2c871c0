import { askedPort, type ConfigMapReaders } from '../../resolver/kube-dns/running.ts'
import type { KubeDnsConfigMap, KubeDnsRefusal, KubeDnsServer, KubeDnsSettings } from '../../sources/kube-dns.ts'
import type { Placed } from '../../sources/source.ts'
import { covers, type Range } from '../../text/range.ts'
import { isSince } from '../../values/release.ts'
import { differs, exact, sourceOf, sourceOfValue, untranslatable } from '../contribution.ts'
import { line } from '../corefile-line.ts'
import type { Conflict, Fact, Item, ItemSource } from '../plan.ts'
import { directiveLines } from '../templates.ts'

/** What a kube-dns ConfigMap says besides the options that the nanny makes of it. */
export interface ConfigMapTranslation {
  /** What counts of it. */
  readonly settings: KubeDnsSettings
  readonly facts: readonly Fact[]
  readonly items: readonly Item[]
  readonly conflicts: readonly Conflict[]
}

/** Which reading of an invalid ConfigMap counts: what kube-dns does with it, or what was meant; null where nobody said. */
export type Reading = 'running' | 'intended' | null

/** The first release without the plugin federation. */
const WITHOUT_FEDERATION = '1.7.0'

/** What to do about values that no file has. */
const FROM_CLUSTER =
  'migrate the ConfigMap that is in the cluster: kubectl get configmap kube-dns -n kube-system -o yaml'

/** Translates the ConfigMap of kube-dns; one that kube-dns refuses needs a decision. */
export function translateConfigMap(
  configMap: KubeDnsConfigMap,
  {
    reading,
    release,
    clusterDomain,
    readers,
  }: {
    readonly reading: Reading
    readonly release: string
    readonly clusterDomain: string
    readonly readers: ConfigMapReaders
  },
): ConfigMapTranslation {
  const { path, pathOf, refusals, unknownKeys, notUnderstood } = configMap
  const isRefused = refusals.length > 0
  const settings: KubeDnsSettings = isRefused && reading !== 'intended' ? configMap.asRunning : configMap.asIntended
  const translation = new Translation(pathOf, release, clusterDomain, readers)
  for (const { key, message, range } of refusals) {
    const source = sourceOf(pathOf[key], range, key)
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
  for (const key of unknownKeys) {
    translation.items.push(untranslatable(sourceOfValue(path, key), `kube-dns does not read the key ${key.value}`))
  }
  const isTold = (range: Range) => unknownKeys.some((key) => key.range.start === range.start)
  for (const { path: file, range, text, why } of notUnderstood) {
    if (!isTold(range)) translation.items.push(untranslatable(sourceOf(file, range, text), why, FROM_CLUSTER))
  }
  if (settings !== configMap.asIntended) translation.leave(configMap.asIntended, refusals)
  translation.read(settings)
  return { settings, facts: translation.facts, items: translation.items, conflicts: translation.conflicts }
}

function refusedConflict({ pathOf, refusals }: KubeDnsConfigMap): Conflict {
  return {
    code: 'kube-dns-configmap-invalid',
    message: `kube-dns refuses this ConfigMap as a whole: ${refusals.map(({ message }) => message).join('; ')}`,
    places: refusals.map(({ key, range }) => sourceOf(pathOf[key], range, key)),
    choices: [
      { accept: '--as-running', effect: 'what kube-dns does today: its defaults, nothing of the ConfigMap' },
      { accept: '--as-intended', effect: 'what was meant: every value that can be understood' },
    ],
  }
}

class Translation {
  readonly facts: Fact[] = []
  readonly items: Item[] = []
  readonly conflicts: Conflict[] = []
  readonly #pathOf: KubeDnsConfigMap['pathOf']
  readonly #release: string
  readonly #clusterDomain: string
  readonly #readers: ConfigMapReaders

  constructor(pathOf: KubeDnsConfigMap['pathOf'], release: string, clusterDomain: string, readers: ConfigMapReaders) {
    this.#pathOf = pathOf
    this.#release = release
    this.#clusterDomain = clusterDomain
    this.#readers = readers
  }

  read(settings: KubeDnsSettings): void {
    for (const { domain, servers, range } of settings.stubDomains) {
      if (servers.length === 0) {
        this.items.push(
          exact(
            sourceOf(this.#pathOf.stubDomains, range, domain.value),
            'has no servers, so its names are asked of the servers for all names',
          ),
        )
      }
      for (const server of servers) this.#addServer(server, domain)
    }
    for (const server of settings.upstreamNameservers) this.#addServer(server, null)
    for (const { name, domain } of settings.federations) this.#addFederation(name, domain)
    for (const { path, range, text, why } of settings.leftOut)
      this.items.push(untranslatable(sourceOf(path, range, text), why))
  }

  /** Says of every value that nothing refuses that it does not count because of the others. */
  leave({ stubDomains, upstreamNameservers, federations }: KubeDnsSettings, refusals: readonly KubeDnsRefusal[]): void {
    const all = [
      ...stubDomains.flatMap(({ domain, servers, range }) =>
        servers.length === 0
          ? [sourceOf(this.#pathOf.stubDomains, range, domain.value)]
          : servers.map((server) => this.#sourceOfServer(server, domain)),
      ),
      ...upstreamNameservers.map((server) => this.#sourceOfServer(server, null)),
      ...federations.map(({ name, domain }) => {
        const range = { start: name.range.start, end: domain.range.end }
        return sourceOf(this.#pathOf.federations, range, `${name.value}=${domain.value}`)
      }),
    ]
    const isRefused = ({ range }: ItemSource) =>
      refusals.some((refusal) => covers(refusal.range, range) || covers(range, refusal.range))
    for (const source of all.filter((one) => !isRefused(one)))
      this.items.push(untranslatable(source, 'kube-dns runs without the whole ConfigMap, so this does not count today'))
  }

  #sourceOfServer({ written, range }: KubeDnsServer, domain: Placed | null): ItemSource {
    return domain === null
      ? sourceOf(this.#pathOf.upstreamNameservers, range, written)
      : sourceOf(this.#pathOf.stubDomains, range, `${domain.value}: ${written}`)
  }

  /** What is to be said of a server besides what becomes of the option that the nanny makes of it. */
  #addServer(server: KubeDnsServer, domain: Placed | null): void {
    const source = this.#sourceOfServer(server, domain)
    if (!this.#readers.dnsmasq) this.items.push(this.#withoutNanny(source, domain === null))
    else if (askedPort(server) === 0) {
      const why = server.why ?? 'dnsmasq asks nobody at port 0'
      this.items.push(untranslatable(source, `${why}: nothing is written for it`))
    } else if (server.written.startsWith('[') && server.port !== undefined) {
      this.items.push(
        differs(
          source,
          ['D-POLICY'],
          'no dnsmasq starts with an IPv6 address and a port from here, so this never worked; this is what was meant',
        ),
      )
    }
  }

  #withoutNanny(source: ItemSource, isUpstream: boolean): Item {
    if (isUpstream && this.#readers.kubedns) return exact(source, 'kubedns asks it: forward .')
    return untranslatable(
      source,
      isUpstream
        ? 'this kube-dns does not ask it: its dnsmasq has no nanny, and kubedns does not read the ConfigMap'
        : 'this kube-dns does not ask it: its dnsmasq has no nanny that would read the ConfigMap',
      'add it by hand where it is meant to count from now on',
    )
  }

  #addFederation(name: Placed, domain: Placed): void {
    const source = sourceOf(
      this.#pathOf.federations,
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
    const lines = directiveLines(line('federation', this.#clusterDomain), [line(name.value, domain.value)])
    this.facts.push({ kind: 'directive', zone: '.', plugin: 'federation', lines, items: [item] })
  }
}
