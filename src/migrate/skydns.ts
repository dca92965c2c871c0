import { domainOfSkyDns, nameserversOfSkyDns, prefixOfSkyDns, skyDnsOf } from '../resolver/skydns.ts'
import { type Flag, isFlagOn } from '../sources/flags.ts'
import type { SkyDnsDeployment, SkyDnsSettings } from '../sources/skydns-deployment.ts'
import { isServerAddress } from '../values/hostport.ts'
import { isIp } from '../values/ip.ts'
import { type Contribution, differs, exact, nothing, sourceOf, sourceOfValue, untranslatable } from './contribution.ts'
import { line } from './corefile-line.ts'
import type { Conflict, Fact, Item, ItemSource } from './plan.ts'
import { directiveLines } from './templates.ts'

type Note =
  | readonly ['exact' | 'untranslatable', text: string, check?: string]
  | readonly ['differs', text: string, code: string]

/** What becomes of flags of SkyDNS and kube2sky; names with `-` for `_`. */
const NOTES: Readonly<Record<string, Note>> = {
  domain: ['exact', 'the zone'],
  addr: ['exact', 'the port of the server blocks'],
  'etcd-server': ['exact', 'kubernetes watches the API server itself: no etcd in between'],
  'etcd-mutation-timeout': ['exact', 'no etcd in between'],
  nameservers: ['exact', 'forward .'],
  'no-rec': ['differs', 'no forward: other names are refused, SkyDNS answered SERVFAIL', 'D-ERR'],
  ndots: ['differs', 'names with fewer labels are forwarded; SkyDNS answered SERVFAIL', 'D-SINGLE'],
  'round-robin': ['exact', 'loadbalance'],
  'ns-rotate': ['exact', 'policy of forward'],
  rcache: ['differs', 'cache', 'D-CACHE'],
  'rcache-ttl': ['differs', 'cache', 'D-CACHE'],
  scache: ['exact', 'no signatures to keep'],
  stubzones: [
    'untranslatable',
    'the zones stand in etcd under dns/stub: write a server block with forward for each of them',
  ],
  dnssec: ['untranslatable', 'dnssec signs with keys that have to be mounted'],
  local: ['untranslatable', 'local.dns of the domain is not answered'],
  'kube-master-url': ['differs', 'endpoint of kubernetes, where CoreDNS runs outside of the cluster', 'D-K8S'],
  'kubecfg-file': ['differs', 'kubeconfig of kubernetes: mount that file', 'D-K8S'],
  systemd: ['exact', 'no socket of systemd'],
  rtimeout: ['exact', 'changes no answer'],
  'wait-timeout': ['exact', 'changes no answer'],
  verbose: ['exact', 'only logging'],
  v: ['exact', 'only logging'],
  logtostderr: ['exact', 'only logging'],
}

/** Flags that say something only where they are on. */
const SWITCHES: ReadonlySet<string> = new Set(['no-rec', 'etcd3', 'stubzones', 'systemd', 'verbose'])

/** The same for what CoreDNS reads out of etcd (measured on SkyDNS 2.5.3a and CoreDNS 1.15.0). */
const ETCD_NOTES: Readonly<Record<string, Note>> = {
  machines: ['exact', 'endpoint of etcd'],
  'path-prefix': ['exact', 'path of etcd'],
  'tls-key': ['exact', 'tls of etcd'],
  'tls-pem': ['exact', 'tls of etcd'],
  'ca-cert': ['exact', 'tls of etcd'],
  username: ['exact', 'credentials of etcd', 'with credentials CoreDNS opens no port before etcd answers'],
  password: ['exact', 'credentials of etcd'],
  etcd3: [
    'differs',
    'names without a key do not exist, SkyDNS had no data for them; a key counts where there is none below it, and others that begin alike count no more; hosts that are names outside of the domain are aliases, SkyDNS gave no answer for their addresses',
    'D-ETCD',
  ],
  hostmaster: ['differs', 'the SOA has hostmaster of the zone', 'D-ETCD'],
  ttl: ['differs', 'records without a TTL of their own have 300 seconds', 'D-TTL'],
  'min-ttl': ['differs', 'negative answers have 30 seconds', 'D-TTL'],
  priority: ['differs', 'keys without a priority have 10', 'D-ETCD'],
}

/**
 * SkyDNS with kube2sky becomes `kubernetes`, as everything that kube2sky wrote into etcd comes from the API server; SkyDNS on its own
 * keeps its records in etcd and becomes `etcd`, which reads version 3 of its data alone.
 */
export function translateSkyDns(deployment: SkyDnsDeployment): Contribution {
  const { path, skydns, kube2sky, etcd } = deployment
  const items: Item[] = []
  for (const flag of [...(skydns?.flags ?? []), ...(kube2sky?.flags ?? [])])
    items.push(itemOf(path, flag, kube2sky !== undefined))
  for (const server of skydns?.nameservers ?? []) items.push(...serverItems(sourceOfValue(path, server), server.value))
  for (const flag of etcd ?? []) items.push(exact(sourceOfFlag(path, flag), 'the etcd beside SkyDNS goes away'))
  const facts: Fact[] = []
  const conflicts: Conflict[] = []
  const domain = domainOfSkyDns(deployment)
  if (kube2sky !== undefined) {
    const lines = endpointLines(kube2sky.masterUrl?.value, kube2sky.kubeconfig?.value)
    facts.push({
      kind: 'cluster',
      domain,
      reverseZones: ['in-addr.arpa', 'ip6.arpa'],
      reverseFallsThrough: true,
      lines,
      items: itemsNamed(items, 'domain'),
    })
    const whole = { path, range: deployment.range, text: deployment.name }
    items.push(
      untranslatable(
        whole,
        `names that only a patched kube2sky wrote (POD.${domain}, NODE.${domain}, SERVICE.NAMESPACE.${domain}) stop resolving`,
        'list the keys directly below the domain in etcd; nodes can become entries of hosts',
      ),
      differs(
        whole,
        ['D-K8S', 'D-REV'],
        `a namespace (NAMESPACE.svc.${domain}) and names with * or any gave the addresses of all Services below, kubernetes has none for them; SRV of a Service has its ports and no hash; reverse names of Services and their endpoints are known, SkyDNS asked its servers`,
      ),
    )
  } else if (skydns !== undefined) {
    const whole = { path, range: deployment.range, text: deployment.name }
    const own = items.filter(({ note }) => / of etcd$|^the zone$/.test(note))
    items.push(...etcdItems(whole, skydns, domain))
    addEtcd(deployment, skydns, domain, own, facts, conflicts)
    items.push(
      differs(
        whole,
        ['D-REV'],
        `reverse names that have keys of their own (${prefixOfSkyDns(deployment)}/arpa) are ${skydns.isRecursionOff ? 'refused' : 'asked upstream'}`,
        skydns.isRecursionOff
          ? 'look for such keys in etcd; where there are some, write a server block for in-addr.arpa and ip6.arpa with the same etcd'
          : 'look for such keys in etcd; where there are some, write etcd in-addr.arpa ip6.arpa with the same path and endpoint, and with fallthrough, into the block of .',
      ),
    )
  }
  if (skydns?.isRecursionOff !== true) {
    facts.push({
      kind: 'forward',
      zones: ['.'],
      to: nameserversOfSkyDns(deployment),
      policy: skydns?.rotatesServers === false ? 'sequential' : 'random',
      lines: [],
      view: null,
      items: itemsNamed(items, 'nameservers'),
    })
  }
  for (const { path: at, range, text, why } of deployment.notUnderstood)
    items.push(untranslatable(sourceOf(at, range, text), why))
  return {
    ...nothing,
    facts,
    items,
    conflicts,
    isCluster: kube2sky !== undefined,
    port: portOf(skydns?.address?.value),
    server: () => skyDnsOf(deployment),
  }
}

function addEtcd(
  deployment: SkyDnsDeployment,
  skydns: SkyDnsSettings,
  domain: string,
  items: readonly Item[],
  facts: Fact[],
  conflicts: Conflict[],
): void {
  const { path, range, name } = deployment
  if (!skydns.isEtcd3) {
    conflicts.push({
      code: 'etcd-version-2',
      message:
        'SkyDNS without -etcd3 keeps its records in the etcd v2 store, which CoreDNS since 1.2.0 cannot read: move the data with etcdctl migrate first',
      places: [{ path, range, text: name }],
      choices: [{ accept: 'etcd-version-2', effect: 'write etcd as if the data were moved already' }],
    })
  }
  const machines = skydns.machines.length > 0 ? skydns.machines.map(({ value }) => value) : ['http://127.0.0.1:2379']
  const tls = [skydns.tlsCertificate, skydns.tlsKey, skydns.caCertificate].flatMap((file) => file?.value ?? [])
  const lines = directiveLines(line('etcd', domain), [
    line('path', prefixOfSkyDns(deployment)),
    line('endpoint', ...machines),
    ...(tls.length > 0 ? [line('tls', ...tls)] : []),
    ...(skydns.username === undefined
      ? []
      : [line('credentials', skydns.username.value, skydns.password?.value ?? '')]),
  ])
  facts.push({ kind: 'zone', zone: domain, plugin: 'etcd', lines, items })
}

/** What is different for every SkyDNS of its own, whatever its flags say. */
function etcdItems(source: ItemSource, { isRecursionOff, isEtcd3, flags }: SkyDnsSettings, domain: string): Item[] {
  const second =
    'names below a key do not exist, nor do any below the domain that are asked for NS without a key, SkyDNS had no data for them; hosts with too few labels to be forwarded are looked up as well'
  const hasTtl = flags.some(({ name }) => name === 'ttl')
  const outside =
    'aliases to names outside of the domain come without addresses, as nobody is asked; SkyDNS asked its servers'
  return [
    ...(hasTtl
      ? []
      : [differs(source, ['D-TTL'], 'records without a TTL of their own have 300 seconds, and not 3600')]),
    differs(
      source,
      ['D-ETCD'],
      `the SOA has times of its own and is given for every name; A and AAAA of ${domain} come from the keys below dns/apex where there are some; TXT follows a host that is a name; keys without a host have TXT alone; a value that is no JSON fails every answer it is part of, and not SRV alone`,
      'see whether there is something below dns/apex in etcd, and whether every value is JSON',
    ),
    // Of the third version of the store its flag says more.
    ...(isEtcd3 ? [] : [differs(source, ['D-ETCD', 'D-CNAME-RES'], second)]),
    ...(isRecursionOff ? [differs(source, ['D-CNAME-RES'], outside)] : []),
  ]
}

function endpointLines(masterUrl: string | undefined, kubeconfig: string | undefined): string[] {
  return [
    ...(masterUrl === undefined ? [] : [line('endpoint', masterUrl)]),
    ...(kubeconfig === undefined ? [] : [line('kubeconfig', kubeconfig)]),
  ]
}

function itemOf(path: string, flag: Flag, isCluster: boolean): Item {
  const source = sourceOfFlag(path, flag)
  const name = flag.name
    .toLowerCase()
    .replace(/^skydns_|^etcd_/, '')
    .replaceAll('_', '-')
  if (SWITCHES.has(name) && !isFlagOn([flag], flag.name)) return exact(source, 'switched off: nothing to write')
  const ofEtcd = ETCD_NOTES[name]
  if (isCluster && ofEtcd !== undefined) {
    const isOfZone = name === 'hostmaster' || name === 'ttl' || name === 'min-ttl'
    return isOfZone
      ? differs(source, ['D-K8S'], 'kubernetes has an SOA and TTLs of its own')
      : exact(source, 'no etcd in between')
  }
  const note = ofEtcd ?? NOTES[name]
  if (note === undefined) return untranslatable(source, flag.isKnown ? 'CoreDNS has nothing like it' : 'no such flag')
  if (note[0] === 'differs') return differs(source, [note[2]], note[1])
  const [fidelity, text, check = null] = note
  return fidelity === 'exact' ? exact(source, text, check) : untranslatable(source, text, check)
}

/** What is to say of a server of `-nameservers` that SkyDNS does not take. */
function serverItems(source: ItemSource, server: string): Item[] {
  if (!isServerAddress(server))
    return [untranslatable(source, 'no address with a port: SkyDNS does not start with such a server')]
  return isIp(server)
    ? [differs(source, ['D-ERR'], 'asked at port 53; SkyDNS does not start with a server without a port')]
    : []
}

function sourceOfFlag(path: string, { range, written, value, name }: Flag): ItemSource {
  // The address of an etcd may hold a password as well.
  const shown = /password/i.test(name) ? '***' : value?.value.replace(/(\/\/[^/@\s]*:)[^/@\s]*@/g, '$1***@')
  return sourceOf(path, range, shown === undefined ? written : `${written}=${shown}`)
}

function itemsNamed(items: readonly Item[], name: string): Item[] {
  return items.filter(({ source }) => source.text.toLowerCase().includes(name))
}

function portOf(address: string | undefined): number | null {
  const port = Number(/:(\d+)$/.exec(address ?? '')?.[1] ?? '')
  return port > 0 && port < 65_536 ? port : null
}
