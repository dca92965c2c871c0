import { ASSUMED_DNSMASQ, KUBEDNS_PORT } from '../../resolver/kube-dns/defaults.ts'
import { createKubeDns } from '../../resolver/kube-dns/kube-dns.ts'
import type { DnsmasqConfiguration, DnsmasqOption, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import type { KubeDnsConfigMap, KubeDnsDeployment } from '../../sources/kube-dns.ts'
import { joinHostPort, splitHostPort } from '../../values/hostport.ts'
import { isInvalid } from '../../values/invalid.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { type Contribution, differs, exact, nothing, sourceOf, sourceOfValue, untranslatable } from '../contribution.ts'
import type { DnsmasqContext } from '../dnsmasq/context.ts'
import { asAnswering, translateDnsmasq } from '../dnsmasq/translate.ts'
import type { Fact, Item } from '../plan.ts'
import { type ConfigMapTranslation, type Reading, translateConfigMap } from './config-map.ts'
import { itemsOfContainers } from './flags.ts'

/** What a translation of kube-dns depends on besides its objects. */
export interface KubeDnsOptions {
  readonly release: string
  readonly reading: Reading
  /** The cluster's domain where no Deployment says it, without a final dot. */
  readonly clusterDomain: string
  /** The dnsmasq that counts whatever the image says; null for that of the image. */
  readonly dnsmasqVersion: DnsmasqVersion | null
  readonly addressesOf: ReadonlyMap<string, string>
}

/**
 * Translates a kube-dns: its ConfigMap, its Deployment, or both. Without a Deployment it is taken for the one that Kubernetes installed
 * last, with dnsmasq in front of kubedns; without a ConfigMap it has the defaults.
 */
export function translateKubeDns(
  configMap: KubeDnsConfigMap | null,
  deployment: KubeDnsDeployment | null,
  options: KubeDnsOptions,
): Contribution {
  const clusterDomain = deployment?.kubedns.domain?.value ?? options.clusterDomain
  const settings = configMap === null ? null : translateConfigMap(configMap, { ...options, clusterDomain })
  const { nameservers, readsNameservers } = nameserversOf(deployment)
  const upstreams = settings !== null && settings.upstreams.length > 0 ? settings.upstreams : nameservers
  const context: DnsmasqContext = {
    version: options.dnsmasqVersion ?? deployment?.dnsmasqVersion?.version ?? ASSUMED_DNSMASQ,
    release: options.release,
    clusterDomain,
    kubednsPort: deployment?.kubedns.dnsPort?.value ?? KUBEDNS_PORT,
    kubednsUpstreams: upstreams.length > 0 ? upstreams : ['/etc/resolv.conf'],
    addressesOf: options.addressesOf,
  }
  const written = deployment === null ? stockOptions(clusterDomain) : optionsOf(deployment, clusterDomain)
  const own = written.map((option) => withDomain(option, clusterDomain))
  const dnsmasq = {
    ...(deployment?.dnsmasq ?? noDnsmasq),
    options: [...own, ...fromNanny(settings, deployment)],
  }
  const translated = translateDnsmasq(dnsmasq, context)
  const items = [
    ...(deployment === null ? [] : itemsOfDeployment(deployment, readsNameservers)),
    ...(settings?.items ?? []),
    ...translated.items,
  ].filter(({ source }) => source.path !== '')
  return {
    ...nothing,
    ...translated,
    // dnsmasq's port is that of the container; the Service stays in front of it.
    port: null,
    bind: [],
    facts: [...translated.facts.map((fact) => withKubednsLines(fact, deployment)), ...(settings?.facts ?? [])],
    items: [...items, ...leftOver(deployment, clusterDomain, items)],
    conflicts: [...(settings?.conflicts ?? []), ...translated.conflicts],
    isCluster: true,
    server: () =>
      createKubeDns({
        dnsmasq: asAnswering(dnsmasq, context),
        version: context.version,
        clusterDomain,
        port: context.kubednsPort ?? KUBEDNS_PORT,
        upstreams: context.kubednsUpstreams.map(upstreamText),
      }),
  }
}

/** A server behind `forward .` as outcomes say it. */
function upstreamText(written: string): string {
  if (written.startsWith('/')) return `resolv.conf ${written}`
  const ip = parseIp(written)
  return ip === undefined
    ? isInvalid(splitHostPort(written))
      ? `${written}:53`
      : written
    : joinHostPort(formatIp(ip), '53')
}

/** A dnsmasq without options, files or problems, where none was given. */
const noDnsmasq: DnsmasqConfiguration = {
  kind: 'dnsmasq',
  path: '',
  name: 'dnsmasq',
  range: { start: 0, end: 0 },
  problems: [],
  notUnderstood: [],
  version: undefined,
  options: [],
  files: [],
  hostsFiles: [],
}

/** The nameservers of kubedns, and whether they are those for all names: where dnsmasq asks kubedns for everything. */
function nameserversOf(deployment: KubeDnsDeployment | null): { nameservers: string[]; readsNameservers: boolean } {
  if (deployment === null) return { nameservers: [], readsNameservers: false }
  const { configDir, configMap, nameservers } = deployment.kubedns
  const reads = configDir === undefined && configMap === undefined && deployment.generation !== 'nanny'
  return { nameservers: reads ? nameservers.map(({ value }) => value) : [], readsNameservers: reads }
}

/** What dnsmasq of the newest kube-dns is started with; without a place, so that it is no item. */
function stockOptions(clusterDomain: string): DnsmasqOption[] {
  return [clusterDomain, 'in-addr.arpa', 'ip6.arpa'].map((domain) => kubednsServer([domain]))
}

function kubednsServer(domains: readonly string[]): DnsmasqOption {
  const range = { start: 0, end: 0 }
  const to = { host: '127.0.0.1', isName: false, port: KUBEDNS_PORT, range, via: [] }
  const rule = {
    type: 'server',
    domains: domains.map((name) => ({ name, match: 'below', range }) as const),
    to,
  } as const
  return {
    path: '',
    from: 'command-line',
    name: 'server',
    isKnown: true,
    range,
    written: { value: '--server', range },
    argument: undefined,
    unresolved: [],
    value: rule,
    refusals: [],
  }
}

function optionsOf({ dnsmasq, kubedns }: KubeDnsDeployment, clusterDomain: string): readonly DnsmasqOption[] {
  if (dnsmasq !== undefined) return dnsmasq.options
  // Without dnsmasq every name goes to kubedns itself.
  const port = kubedns.dnsPort?.value ?? KUBEDNS_PORT
  return [kubednsServer([]), kubednsServer([clusterDomain, 'in-addr.arpa', 'ip6.arpa'])].map((option) =>
    option.value.type === 'server' && typeof option.value.to !== 'string'
      ? { ...option, value: { ...option.value, to: { ...option.value.to, port } } }
      : option,
  )
}

/** A server for a domain that a template has yet to write: kubedns is asked for the cluster's. */
function withDomain(option: DnsmasqOption, clusterDomain: string): DnsmasqOption {
  const { value, unresolved } = option
  if (unresolved.length === 0 || value.type !== 'server' || typeof value.to === 'string') return option
  if (!/^(?:127\.|::1$)/.test(value.to.host)) return option
  const domains = value.domains.map((domain) =>
    /[{}$]/.test(domain.name) ? { ...domain, name: clusterDomain } : domain,
  )
  return { ...option, unresolved: [], value: { ...value, domains } }
}

/** Only the nanny gives what the ConfigMap says to dnsmasq; without it kubedns alone reads the upstreams. */
function fromNanny(
  settings: ConfigMapTranslation | null,
  deployment: KubeDnsDeployment | null,
): readonly DnsmasqOption[] {
  if (settings === null) return []
  return deployment === null || deployment.generation === 'nanny' ? settings.options : []
}

function withKubednsLines(fact: Fact, deployment: KubeDnsDeployment | null): Fact {
  if (fact.kind !== 'cluster' || deployment === null) return fact
  const { masterUrl, kubeconfig } = deployment.kubedns
  const lines = [
    ...(masterUrl === undefined ? [] : [`endpoint ${masterUrl.value}`]),
    ...(kubeconfig === undefined ? [] : [`kubeconfig ${kubeconfig.value}`]),
  ]
  return { ...fact, lines: [...fact.lines, ...lines] }
}

/** What the reader could not understand and no item speaks of; the domain of a template is the one thing that has a usual value. */
function leftOver(deployment: KubeDnsDeployment | null, clusterDomain: string, items: readonly Item[]): Item[] {
  const known = new Set(items.map(({ source }) => `${source.path} ${source.range.start}`))
  return (deployment?.notUnderstood ?? []).flatMap(({ path, range, text, why }) => {
    if (known.has(`${path} ${range.start}`)) return []
    const source = sourceOf(path, range, text)
    if (!/^--?domain\b/.test(text)) return [untranslatable(source, why)]
    return [
      differs(source, ['D-K8S'], `${why}: ${clusterDomain} was taken`, 'give --cluster-domain if it is another one'),
    ]
  })
}

function itemsOfDeployment(deployment: KubeDnsDeployment, readsNameservers: boolean): Item[] {
  const { path, pod, containers, dnsmasqVersion, restartsDnsmasq, generation } = deployment
  const items = itemsOfContainers(path, containers, readsNameservers)
  if (pod.dnsPolicy !== undefined) {
    const source = sourceOfValue(path, pod.dnsPolicy)
    items.push(
      pod.dnsPolicy.value === 'Default'
        ? exact(source, 'keep it on the Deployment of CoreDNS, or forward . /etc/resolv.conf asks CoreDNS itself')
        : differs(
            source,
            ['D-LOOP'],
            `dnsPolicy ${pod.dnsPolicy.value} gives CoreDNS itself as resolver: set it to Default`,
          ),
    )
  }
  if (dnsmasqVersion?.from === 'image' && dnsmasqVersion.image !== undefined) {
    items.push(exact(sourceOfValue(path, dnsmasqVersion.image), `dnsmasq ${dnsmasqVersion.version}`))
  }
  if (generation === 'nanny' && !restartsDnsmasq) {
    const place = dnsmasqVersion?.image
    if (place !== undefined) {
      items.push(
        differs(
          sourceOfValue(path, place),
          ['D-POLICY'],
          'the nanny does not restart dnsmasq when the ConfigMap changes: what runs today may be an older ConfigMap',
        ),
      )
    }
  }
  return items
}
