import { KUBERNETES_RELEASES, RELEASES } from '../../grammar/releases.ts'
import type { AnswererOptions } from '../node/answerers.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import type { Arguments, Option } from './command.ts'
import { readEnvironment } from './environment.ts'
import type { Io } from './io.ts'

const group = 'Which server'

/** Options of the commands that ask who answers. */
export const answererOptions: readonly Option[] = [
  {
    name: 'coredns',
    value: 'RELEASE',
    group,
    choices: () => RELEASES,
    description: 'the CoreDNS release: 1.12.0, or 1.12 for its newest patch',
  },
  {
    name: 'kubernetes',
    value: 'RELEASE',
    group,
    choices: () => KUBERNETES_RELEASES,
    description: 'the one that kubeadm installs with Kubernetes, such as 1.33',
  },
  {
    name: 'node-local',
    value: 'FILE',
    group,
    description: 'the ConfigMap of NodeLocal DNSCache, which is asked first',
  },
  {
    name: 'services',
    value: 'FILE',
    group,
    description:
      'objects of the cluster (kubectl get svc,endpointslices,ns -A -o yaml); without it the cluster is a symbol',
  },
  {
    name: 'dnsmasq-version',
    value: 'RELEASE',
    group,
    description: 'the dnsmasq of sources that do not say theirs, such as 2.78',
  },
  {
    name: 'cluster-domain',
    value: 'DOMAIN',
    group,
    description: 'the domain of the cluster where no source says it: cluster.local',
  },
  {
    name: 'env',
    value: 'NAME=VALUE',
    repeatable: true,
    group,
    description: 'an environment variable of CoreDNS, for {$NAME}; repeatable',
  },
  {
    name: 'env-file',
    value: 'FILE',
    repeatable: true,
    group,
    description:
      'a file of such variables, a line each; repeatable. Node asks for it too, and ends with 9 where it is missing',
  },
  {
    name: 'root',
    value: 'DIR',
    group,
    description: 'a copy of the file system CoreDNS sees, for hosts and zone files and imports',
  },
  { name: 'config', value: 'FILE', group, description: 'the configuration; else .corefile.yaml here or above' },
]

/** What these options say. Throws a WrongUsage where one is wrong. */
export async function readAnswererOptions(
  args: Arguments,
  io: Io,
  operands: readonly string[],
): Promise<AnswererOptions> {
  checkDnsmasqVersion(args)
  checkClusterDomain(args)
  const environment = readEnvironment(args.values('env'), args.values('env-file'), io)
  const value = (name: string, key: keyof AnswererOptions) =>
    args.value(name) === undefined ? {} : { [key]: args.value(name) }
  return {
    cwd: io.cwd,
    ...value('coredns', 'coredns'),
    ...value('kubernetes', 'kubernetes'),
    ...value('config', 'config'),
    ...value('root', 'root'),
    ...value('services', 'services'),
    ...value('dnsmasq-version', 'dnsmasqVersion'),
    ...value('cluster-domain', 'clusterDomain'),
    ...(environment === undefined ? {} : { environment }),
    ...(operands.includes('-') ? { stdin: { bytes: await io.stdin.read() } } : {}),
  }
}

/** Throws a WrongUsage where `--dnsmasq-version` names no release. */
export function checkDnsmasqVersion(args: Arguments): void {
  const version = args.value('dnsmasq-version')
  if (version !== undefined && !/^2\.\d{2}$/.test(version))
    throw new WrongUsage(`--dnsmasq-version ${version}: write 2 and two digits, such as 2.78 or 2.90`)
}

/** Throws a WrongUsage where `--cluster-domain` names no domain. */
export function checkClusterDomain(args: Arguments): void {
  const domain = args.value('cluster-domain')
  if (domain !== undefined && !/^[\w-]{1,63}(?:\.[\w-]{1,63})*\.?$/.test(domain))
    throw new WrongUsage(`--cluster-domain ${domain}: write a domain, such as cluster.local`)
}
