import { createKubeDns } from '../../resolver/kube-dns/kube-dns.ts'
import {
  asksKubednsForAll,
  type RunningKubeDns,
  readersOfConfigMap,
  readsNameservers,
  runningKubeDns,
} from '../../resolver/kube-dns/running.ts'
import type { DnsmasqOption, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import type { KubeDnsConfigMap, KubeDnsDeployment } from '../../sources/kube-dns.ts'
import { covers } from '../../text/range.ts'
import { isSince } from '../../values/release.ts'
import { type Contribution, differs, exact, nothing, sourceOf, sourceOfValue, untranslatable } from '../contribution.ts'
import { line } from '../corefile-line.ts'
import type { DnsmasqContext } from '../dnsmasq/context.ts'
import { asAnswering, translateDnsmasq } from '../dnsmasq/translate.ts'
import type { Fact, Item } from '../plan.ts'
import { type Reading, translateConfigMap } from './config-map.ts'
import { type FlagSurroundings, itemsOfContainers, type NameserversUse } from './flags.ts'

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
  const settings =
    configMap === null
      ? null
      : translateConfigMap(configMap, {
          ...options,
          clusterDomain: deployment?.kubedns.domain?.value ?? options.clusterDomain,
          readers: readersOfConfigMap(deployment),
        })
  const running = runningKubeDns({
    deployment,
    configMap:
      settings === null || configMap === null ? null : { pathOf: configMap.pathOf, settings: settings.settings },
    clusterDomain: options.clusterDomain,
    version: options.dnsmasqVersion,
  })
  const { clusterDomain, version, port, upstreams, dnsmasq } = running
  const context: DnsmasqContext = {
    version,
    release: options.release,
    clusterDomain,
    kubednsPort: port,
    kubednsUpstreams: upstreams,
    addressesOf: options.addressesOf,
  }
  const translated = translateDnsmasq({ ...dnsmasq, options: withSomebody(dnsmasq.options, configMap) }, context)
  const items = [
    ...(deployment === null
      ? assumedDeployment(configMap, running, options.release)
      : itemsOfDeployment(deployment, options.release, {
          clusterDomain,
          nameservers: nameserversIn(deployment, running),
          hasConfigMap: Object.values(readersOfConfigMap(deployment)).includes(true) ? configMap !== null : null,
        })),
    ...(settings?.items ?? []),
    ...translated.items.map((item) => (isNoResolv(item, running) ? { ...item, note: WITHOUT_RESOLV_CONF } : item)),
  ].filter(({ source }) => source.path !== '')
  return {
    ...nothing,
    ...translated,
    // dnsmasq's port is that of the container; the Service stays in front of it.
    port: null,
    bind: [],
    facts: [...translated.facts.map((fact) => withKubedns(fact, deployment, items)), ...(settings?.facts ?? [])],
    items: [...items, ...leftOver(deployment, items)],
    conflicts: [...(settings?.conflicts ?? []), ...translated.conflicts],
    isCluster: true,
    server: () => createKubeDns(running, asAnswering(dnsmasq, context)),
  }
}

const WITHOUT_RESOLV_CONF = 'dnsmasq asks kubedns alone, which asks the servers of /etc/resolv.conf: forward .'

/** Whether an item is `--no-resolv` of a dnsmasq behind which kubedns asks the very servers that it leaves out. */
function isNoResolv({ source: { path, range } }: Item, running: RunningKubeDns): boolean {
  const isOption = running.dnsmasq.options.some(
    (option) => option.name === 'no-resolv' && option.path === path && option.range.start === range.start,
  )
  return isOption && running.upstreams.includes('/etc/resolv.conf') && asksKubednsForAll(running)
}

/** Without servers of the ConfigMap that are asked at port 0, of which its own items speak. */
function withSomebody(options: readonly DnsmasqOption[], configMap: KubeDnsConfigMap | null): DnsmasqOption[] {
  if (configMap === null) return [...options]
  const { stubDomains, upstreamNameservers } = configMap.pathOf
  return options.filter(({ path, range, value }) => {
    const isOfConfigMap =
      path === configMap.path ? covers(configMap.range, range) : path === stubDomains || path === upstreamNameservers
    return !isOfConfigMap || value.type !== 'server' || typeof value.to === 'string' || value.to.port !== 0
  })
}

/** What the servers of `--nameservers` are there for. */
function nameserversIn(deployment: KubeDnsDeployment, running: RunningKubeDns): NameserversUse {
  if (!readsNameservers(deployment)) return 'none'
  return asksKubednsForAll(running) ? 'all names' : 'some names'
}

/** The cluster with what flags of kubedns say of it. */
function withKubedns(fact: Fact, deployment: KubeDnsDeployment | null, items: readonly Item[]): Fact {
  if (fact.kind !== 'cluster' || deployment === null) return fact
  const { domain, masterUrl, kubeconfig } = deployment.kubedns
  const own = [domain, masterUrl, kubeconfig].flatMap((flag) =>
    flag === undefined
      ? []
      : items.filter(({ source: { path, range } }) => path === deployment.path && covers(range, flag.range)),
  )
  const lines = [
    ...(masterUrl === undefined ? [] : [line('endpoint', masterUrl.value)]),
    ...(kubeconfig === undefined ? [] : [line('kubeconfig', kubeconfig.value)]),
  ]
  return { ...fact, lines: [...fact.lines, ...lines], items: [...fact.items, ...own] }
}

/** What the reader could not understand and no item speaks of. */
function leftOver(deployment: KubeDnsDeployment | null, items: readonly Item[]): Item[] {
  const known = new Set(items.map(({ source }) => `${source.path} ${source.range.start}`))
  return (deployment?.notUnderstood ?? []).flatMap(({ path, range, text, why }) =>
    known.has(`${path} ${range.start}`) ? [] : [untranslatable(sourceOf(path, range, text), why)],
  )
}

/** Since this release the plugin kubernetes takes `*` in a name for a letter. */
const WITHOUT_WILDCARDS = '1.9.0'

/** What the plugin kubernetes answers otherwise than kubedns, from the same objects (both asked, kubedns of 1.26.7). */
function otherNames(release: string): { readonly note: string; readonly check: string } {
  const lost = [
    ...(isSince(release, WITHOUT_WILDCARDS) ? ['names with * do not exist'] : []),
    'endpoints without a host name have their address in place of a hash',
    'SRV of a Service has its ports and no hash',
    'a pod name needs a namespace that exists',
  ]
  return {
    note: `kubernetes answers for Services and pods: ${lost.join(', ')}`,
    check: 'look for clients that ask for such names',
  }
}

/** What is taken for granted where nobody gave the Deployment. */
function assumedDeployment(configMap: KubeDnsConfigMap | null, { version }: RunningKubeDns, release: string): Item[] {
  if (configMap === null) return []
  const { path, name, range } = configMap
  const { note, check } = otherNames(release)
  return [
    differs(
      sourceOf(path, { start: range.start, end: range.start }, name),
      ['D-K8S'],
      `read as by the kube-dns that Kubernetes installed last, with dnsmasq ${version}, as no Deployment was given; ${note}`,
      `give the Deployment of kube-dns as well: its dnsmasq may have options of its own; ${check}`,
    ),
  ]
}

/** What becomes of kubedns itself, at its image. */
function itemsOfKubedns({ path, containers }: KubeDnsDeployment, release: string): Item[] {
  const kubedns = containers.find(({ role }) => role === 'kubedns')
  if (kubedns === undefined) return []
  const { image, range, name } = kubedns
  const source = image === undefined ? sourceOf(path, range, name ?? 'kubedns') : sourceOfValue(path, image)
  const { note, check } = otherNames(release)
  return [differs(source, ['D-K8S'], note, check)]
}

function itemsOfDeployment(deployment: KubeDnsDeployment, release: string, surroundings: FlagSurroundings): Item[] {
  const { path, pod, containers, dnsmasqVersion, restartsDnsmasq, generation } = deployment
  const items = [...itemsOfKubedns(deployment, release), ...itemsOfContainers(path, containers, surroundings)]
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
