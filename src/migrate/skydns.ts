import { domainOfSkyDns, nameserversOfSkyDns, prefixOfSkyDns, skyDnsOf } from '../resolver/skydns.ts'
import type { Flag } from '../sources/flags.ts'
import type { SkyDnsDeployment, SkyDnsSettings } from '../sources/skydns-deployment.ts'
import { type Contribution, differs, exact, nothing, sourceOf, untranslatable } from './contribution.ts'
import { line } from './corefile-line.ts'
import type { Conflict, Fact, Item, ItemSource } from './plan.ts'
import { directiveLines } from './templates.ts'

/** What becomes of flags of SkyDNS and kube2sky; names with `-` for `_`. */
const NOTES: Readonly<Record<string, readonly ['exact' | 'differs' | 'untranslatable', string]>> = {
  domain: ['exact', 'the zone'],
  addr: ['exact', 'the port of the server blocks'],
  machines: ['exact', 'endpoint of etcd'],
  'etcd-server': ['exact', 'kubernetes watches the API server itself: no etcd in between'],
  'etcd-mutation-timeout': ['exact', 'no etcd in between'],
  nameservers: ['exact', 'forward .'],
  'path-prefix': ['exact', 'path of etcd'],
  etcd3: ['exact', 'the etcd that CoreDNS can read'],
  'no-rec': ['exact', 'no forward'],
  ndots: ['differs', 'names with fewer labels are forwarded; SkyDNS answered SERVFAIL'],
  'round-robin': ['exact', 'loadbalance'],
  'ns-rotate': ['exact', 'policy of forward'],
  'tls-key': ['exact', 'tls of etcd'],
  'tls-pem': ['exact', 'tls of etcd'],
  'ca-cert': ['exact', 'tls of etcd'],
  username: ['exact', 'credentials of etcd'],
  password: ['exact', 'credentials of etcd'],
  rcache: ['differs', 'cache'],
  'rcache-ttl': ['differs', 'cache'],
  scache: ['differs', 'no signatures to keep'],
  stubzones: [
    'untranslatable',
    'the zones stand in etcd under dns/stub: write a server block with forward for each of them',
  ],
  dnssec: ['untranslatable', 'dnssec signs with keys that have to be mounted'],
  local: ['untranslatable', 'local.dns of the domain is not answered'],
  'kube-master-url': ['differs', 'endpoint of kubernetes, where CoreDNS runs outside of the cluster'],
  'kubecfg-file': ['differs', 'kubeconfig of kubernetes: mount that file'],
  hostmaster: ['exact', 'the SOA has a name of its own'],
  systemd: ['exact', 'no socket of systemd'],
  rtimeout: ['exact', 'changes no answer'],
  'wait-timeout': ['exact', 'changes no answer'],
  verbose: ['exact', 'only logging'],
  v: ['exact', 'only logging'],
  logtostderr: ['exact', 'only logging'],
}

/**
 * SkyDNS with kube2sky becomes `kubernetes`, as everything that kube2sky wrote into etcd comes from the API server; SkyDNS on its own
 * keeps its records in etcd and becomes `etcd`, which reads version 3 of its data alone.
 */
export function translateSkyDns(deployment: SkyDnsDeployment): Contribution {
  const { path, skydns, kube2sky, etcd } = deployment
  const items: Item[] = []
  for (const flag of [...(skydns?.flags ?? []), ...(kube2sky?.flags ?? [])]) items.push(itemOf(path, flag))
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
    items.push(
      untranslatable(
        { path, range: deployment.range, text: deployment.name },
        `names that only a patched kube2sky wrote (POD.${domain}, NODE.${domain}, SERVICE.NAMESPACE.${domain}) stop resolving`,
        'list the keys directly below the domain in etcd; nodes can become entries of hosts',
      ),
    )
  } else if (skydns !== undefined) {
    const own = items.filter(({ note }) => / of etcd$|^the zone$/.test(note))
    addEtcd(deployment, skydns, domain, own, facts, conflicts)
    items.push(
      differs(
        { path, range: deployment.range, text: deployment.name },
        ['D-REV'],
        `reverse names that have keys of their own (${prefixOfSkyDns(deployment)}/arpa) are asked upstream`,
        'look for such keys in etcd; where there are some, give them an etcd in the block of their reverse zone',
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

function endpointLines(masterUrl: string | undefined, kubeconfig: string | undefined): string[] {
  return [
    ...(masterUrl === undefined ? [] : [line('endpoint', masterUrl)]),
    ...(kubeconfig === undefined ? [] : [line('kubeconfig', kubeconfig)]),
  ]
}

function itemOf(path: string, flag: Flag): Item {
  const source = sourceOfFlag(path, flag)
  const name = flag.name
    .toLowerCase()
    .replace(/^skydns_|^etcd_/, '')
    .replaceAll('_', '-')
  const note = NOTES[name]
  if (note === undefined) return untranslatable(source, flag.isKnown ? 'CoreDNS has nothing like it' : 'no such flag')
  const [fidelity, text] = note
  if (fidelity === 'untranslatable') return untranslatable(source, text)
  return fidelity === 'exact' ? exact(source, text) : differs(source, [name === 'ndots' ? 'D-SINGLE' : 'D-K8S'], text)
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
