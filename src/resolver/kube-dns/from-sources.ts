import type { DnsmasqConfiguration, DnsmasqOption, DnsmasqVersion } from '../../sources/dnsmasq.ts'
import type { KubeDnsConfigMap, KubeDnsDeployment, KubeDnsServer } from '../../sources/kube-dns.ts'
import type { Source } from '../../sources/source.ts'
import type { Range } from '../../text/range.ts'
import { joinHostPort } from '../../values/hostport.ts'
import type { Decider } from '../decision.ts'
import { ASSUMED_DNSMASQ, KUBEDNS_PORT } from './defaults.ts'
import { createKubeDns } from './kube-dns.ts'

/** The kube-dns that ConfigMaps and Deployments among sources make: what it does with them, whatever was meant. */
export function kubeDnsOf(
  sources: readonly Source[],
  options: { readonly version: DnsmasqVersion | undefined; readonly clusterDomain: string },
): { name: string; path: string; decider: Decider }[] {
  const configMaps = sources.filter((source) => source.kind === 'kube-dns-configmap')
  const deployments = sources.filter((source) => source.kind === 'kube-dns-deployment')
  return Array.from({ length: Math.max(configMaps.length, deployments.length) }, (_, at) => {
    const [configMap, deployment] = [configMaps[at], deployments[at]]
    const named = configMap ?? deployment
    return {
      name: named?.name ?? 'kube-dns',
      path: named?.path ?? '',
      decider: deciderOf(configMap, deployment, options),
    }
  })
}

function deciderOf(
  configMap: KubeDnsConfigMap | undefined,
  deployment: KubeDnsDeployment | undefined,
  { version, clusterDomain }: { readonly version: DnsmasqVersion | undefined; readonly clusterDomain: string },
): Decider {
  const domain = deployment?.kubedns.domain?.value ?? clusterDomain
  const port = deployment?.kubedns.dnsPort?.value ?? KUBEDNS_PORT
  const settings = configMap?.asRunning
  const own =
    deployment?.dnsmasq?.options ??
    [domain, 'in-addr.arpa', 'ip6.arpa'].map((zone) => serverOption(zone, '127.0.0.1', port, nowhere))
  const isRead = deployment === undefined || deployment.generation === 'nanny'
  const stubs = (settings?.stubDomains ?? []).flatMap(({ domain: zone, servers }) =>
    servers.map((server) => fromConfigMap(zone.value, server, configMap?.path ?? '')),
  )
  const upstreams = (settings?.upstreamNameservers ?? []).map((server) =>
    fromConfigMap(null, server, configMap?.path ?? ''),
  )
  const added = isRead ? [...stubs, ...upstreams, ...(upstreams.length > 0 ? [flag('no-resolv')] : [])] : []
  const asked = settings?.upstreamNameservers ?? []
  const flags = deployment?.kubedns.nameservers ?? []
  const texts =
    asked.length > 0
      ? asked.map(({ host, port: own }) => joinHostPort(host, String(own ?? 53)))
      : flags.map(({ value }) => (/:\d+$/.test(value) ? value : joinHostPort(value, '53')))
  const dnsmasq: DnsmasqConfiguration = { ...(deployment?.dnsmasq ?? noDnsmasq), options: [...own, ...added] }
  return createKubeDns({
    dnsmasq,
    version: version ?? deployment?.dnsmasqVersion?.version ?? ASSUMED_DNSMASQ,
    clusterDomain: domain,
    port,
    upstreams: texts.length > 0 ? texts : ['resolv.conf /etc/resolv.conf'],
  })
}

const nowhere: Range = { start: 0, end: 0 }

const noDnsmasq: DnsmasqConfiguration = {
  kind: 'dnsmasq',
  path: '',
  name: 'dnsmasq',
  range: nowhere,
  problems: [],
  notUnderstood: [],
  version: undefined,
  options: [],
  files: [],
  hostsFiles: [],
}

function fromConfigMap(
  domain: string | null,
  { host, port, isName, range }: KubeDnsServer,
  path: string,
): DnsmasqOption {
  const option = serverOption(domain, host, port ?? 53, range)
  if (option.value.type !== 'server' || typeof option.value.to === 'string') return option
  return { ...option, path, value: { ...option.value, to: { ...option.value.to, isName } } }
}

function serverOption(domain: string | null, host: string, port: number, range: Range): DnsmasqOption {
  const domains = domain === null ? [] : [{ name: domain, match: 'below', range } as const]
  return {
    ...flag('server'),
    range,
    value: { type: 'server', domains, to: { host, isName: false, port, range, via: [] } },
  }
}

function flag(name: string): DnsmasqOption {
  const written = { value: `--${name}`, range: nowhere }
  return {
    path: '',
    from: 'command-line',
    name,
    isKnown: true,
    range: nowhere,
    written,
    argument: undefined,
    value: { type: 'flag' },
    unresolved: [],
    refusals: [],
  }
}
