import type { Flag } from '../../sources/flags.ts'
import type { KubeDnsContainer } from '../../sources/kube-dns.ts'
import { isServerAddress } from '../../values/hostport.ts'
import { differs, exact, sourceOf, untranslatable } from '../contribution.ts'
import type { Item, ItemSource } from '../plan.ts'

/** What becomes of a flag of the programs of kube-dns, dnsmasq's own aside. */
type FlagNote = readonly ['exact' | 'differs', string, string?]

const KUBEDNS: Readonly<Record<string, FlagNote>> = {
  domain: ['exact', 'the zone of kubernetes'],
  'dns-port': ['exact', 'the hop between dnsmasq and kubedns goes away'],
  'dns-bind-address': ['exact', 'the hop between dnsmasq and kubedns goes away'],
  'config-map-namespace': ['exact', 'the ConfigMap is a source of its own'],
  'config-period': ['differs', 'reload looks every 30 seconds'],
  'kube-master-url': ['differs', 'endpoint of kubernetes', 'mount the certificates that the API server asks for'],
  'kubecfg-file': ['differs', 'kubeconfig of kubernetes', 'mount that file into CoreDNS'],
  'initial-sync-timeout': [
    'differs',
    'CoreDNS waits 5 seconds for the API server, then answers SERVFAIL until it has the Services',
  ],
  'healthz-port': ['differs', 'health on 8080 and ready on 8181', 'change the probes of the Deployment'],
  profiling: ['differs', 'pprof, when it is needed'],
  v: ['exact', 'only logging'],
  logtostderr: ['exact', 'only logging'],
  alsologtostderr: ['exact', 'only logging'],
  vmodule: ['exact', 'only logging'],
}

const NANNY: Readonly<Record<string, FlagNote>> = {
  syncInterval: ['differs', 'reload looks every 30 seconds'],
  restartDnsmasq: ['differs', 'reload takes changes over without a restart'],
  kubednsServer: ['exact', 'the hop between dnsmasq and kubedns goes away'],
  dnsmasqExec: ['exact', 'there is no dnsmasq any more'],
  logInterval: ['differs', 'statistics are metrics of prometheus'],
  v: ['exact', 'only logging'],
  logtostderr: ['exact', 'only logging'],
}

/** Flags that lead to the ConfigMap. */
const CONFIG_MAP = new Set(['config-dir', 'config-map', 'configDir'])

/** What the flags mean together with the other objects. */
export interface FlagSurroundings {
  /** The one that was taken where no flag says it. */
  readonly clusterDomain: string
  readonly nameservers: NameserversUse
  /** Whether the ConfigMap is among the sources; null where no program reads stub domains or upstreams of one. */
  readonly hasConfigMap: boolean | null
}

/** For which names kubedns asks the servers of `--nameservers`. */
export type NameserversUse = 'all names' | 'some names' | 'none'

/** Items for the flags of all containers of kube-dns; those of dnsmasq are translated by themselves. */
export function itemsOfContainers(
  path: string,
  containers: readonly KubeDnsContainer[],
  surroundings: FlagSurroundings,
): Item[] {
  return containers.flatMap(({ role, flags }) => {
    const checks = new Set<string | null>()
    return flags.map((flag) => {
      const item = itemOfFlag(sourceOfFlag(path, flag), role, flag, surroundings)
      if (!checks.has(item.check)) {
        checks.add(item.check)
        return item
      }
      // What is to be looked at is said once for a container.
      return { ...item, check: null }
    })
  })
}

/** Flags of kubedns that something is written for, so that their values must be known. */
const WRITTEN = new Set(['nameservers', 'kube-master-url', 'kubecfg-file'])

/** The item of a flag whose value nobody knows; null where that does not matter. */
function itemOfUnknown(source: ItemSource, { name, unresolved }: Flag, clusterDomain: string): Item | null {
  const flag = name.replaceAll('_', '-')
  const why = `nobody gave the value of ${unresolved.join(', ')}`
  if (flag === 'domain')
    return differs(
      source,
      ['D-K8S'],
      `${why}: ${clusterDomain} was taken`,
      'give --cluster-domain if it is another one',
    )
  return WRITTEN.has(flag) ? untranslatable(source, why) : null
}

function itemOfFlag(
  source: ItemSource,
  role: KubeDnsContainer['role'],
  flag: Flag,
  { clusterDomain, nameservers: use, hasConfigMap }: FlagSurroundings,
): Item {
  if (role === 'sidecar')
    return differs(
      source,
      ['D-K8S'],
      'the sidecar goes away: health, ready and prometheus are CoreDNS itself, with metrics of other names',
    )
  if (role === 'healthz')
    return differs(source, ['D-K8S'], 'health and ready take its place', 'change the probes of the Deployment')
  if (role === 'other') return exact(source, 'belongs to a container that has no part in DNS')
  const unknown = flag.unresolved.length > 0 && role === 'kubedns' ? itemOfUnknown(source, flag, clusterDomain) : null
  if (unknown !== null) return unknown
  if (CONFIG_MAP.has(flag.name)) {
    if (hasConfigMap === null) return exact(source, 'this kube-dns takes nothing but federations from its ConfigMap')
    if (hasConfigMap && role === 'nanny')
      return differs(source, ['D-K8S'], 'reload reads the Corefile again, 30 seconds after the mount has changed')
    if (hasConfigMap) return exact(source, 'the ConfigMap behind it is a source of its own')
    return differs(
      source,
      ['D-POLICY'],
      'the ConfigMap behind it was not given: its stub domains and upstreams are not in the result',
      'give the ConfigMap kube-dns as well, where the cluster has one',
    )
  }
  if (flag.name === 'nameservers') {
    if (use === 'none') return exact(source, 'without effect: kubedns does not look at it where it reads a ConfigMap')
    const wrong = flag.value?.value.split(',').find((server) => !isServerAddress(server))
    if (wrong !== undefined && wrong !== '')
      return untranslatable(
        source,
        `${wrong} is no address: kubedns takes none of them and asks the servers of its resolv.conf`,
      )
    if (use === 'all names') return exact(source, 'forward .')
    return differs(
      source,
      ['D-REV'],
      'kubedns asks them for reverse names and targets of ExternalName Services alone; CoreDNS asks the servers for all names',
    )
  }
  if (flag.name === 'federations') return untranslatable(source, 'federation left CoreDNS in 1.7.0')
  const note = role === 'kubedns' ? KUBEDNS[flag.name.replaceAll('_', '-')] : NANNY[flag.name]
  if (note === undefined)
    return untranslatable(source, flag.isKnown ? 'CoreDNS has nothing like it' : 'kube-dns has no such flag')
  const [fidelity, text, usual = null] = note
  const check = flag.value?.value.startsWith('http://') ? null : usual
  return fidelity === 'exact' ? exact(source, text, check) : differs(source, ['D-K8S'], text, check)
}

function sourceOfFlag(path: string, { range, written, value }: Flag): ItemSource {
  return sourceOf(path, range, value === undefined ? written : `${written}=${value.value}`)
}
