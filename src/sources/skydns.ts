import type { InnerText } from '../embed/inner-text.ts'
import type { CommandWord } from './command-line.ts'
import type { Flag } from './flags.ts'
import { flagTable, flagValue, isFlagOn, partsOf, readFlags } from './flags.ts'
import type { PodPlace } from './kube-dns-deployment.ts'
import { withoutFinalDot } from './kube-dns-deployment.ts'
import type { ManifestNode } from './manifest.ts'
import { documentProblems, nameOfObject } from './manifest.ts'
import { podCommand } from './pod-command.ts'
import type { Kube2SkySettings, SkyDnsDeployment, SkyDnsSettings } from './skydns-deployment.ts'
import type { NotUnderstood, Placed, SourceProblem } from './source.ts'

type Role = 'skydns' | 'kube2sky' | 'etcd'

const tables: Readonly<Record<Role, ReturnType<typeof flagTable>>> = {
  skydns: flagTable(
    `addr domain machines nameservers ndots tls-key tls-pem ca-cert username password path-prefix hostmaster local rcache
     rcache-ttl scache rtimeout dnssec priority`,
    'no-rec etcd3 stubzones verbose systemd ns-rotate round-robin discover',
  ),
  kube2sky: flagTable(`domain etcd-server etcd-mutation-timeout kube-master-url kubecfg-file healthz-port`, ''),
  etcd: flagTable(
    `data-dir name listen-client-urls advertise-client-urls listen-peer-urls initial-advertise-peer-urls initial-cluster
     initial-cluster-token initial-cluster-state bind-addr addr peer-addr peer-bind-addr cert-file key-file
     trusted-ca-file heartbeat-interval election-timeout snapshot-count max-snapshots max-wals`,
    'client-cert-auth force-new-cluster proxy',
  ),
}

/** The variables that SkyDNS reads where the flag is missing. */
const environmentFlags: Readonly<Record<string, string>> = {
  ETCD_MACHINES: 'machines',
  ETCD_TLSKEY: 'tls-key',
  ETCD_TLSPEM: 'tls-pem',
  ETCD_CACERT: 'ca-cert',
  ETCD_USERNAME: 'username',
  ETCD_PASSWORD: 'password',
  SKYDNS_ADDR: 'addr',
  SKYDNS_DOMAIN: 'domain',
  SKYDNS_NAMESERVERS: 'nameservers',
  SKYDNS_NDOTS: 'ndots',
  SKYDNS_PATH_PREFIX: 'path-prefix',
  SKYDNS_SYSTEMD: 'systemd',
}

/** The keys of the JSON under `/skydns/config`, and the flags that they are (server/config.go `Config`). */
const configFlags: Readonly<Record<string, string>> = {
  dns_addr: 'addr',
  domain: 'domain',
  nameservers: 'nameservers',
  no_rec: 'no-rec',
  ns_rotate: 'ns-rotate',
  ttl: 'ttl',
  min_ttl: 'min-ttl',
  ndot: 'ndots',
  round_robin: 'round-robin',
  hostmaster: 'hostmaster',
  local: 'local',
  dnssec: 'dnssec',
  priority: 'priority',
  scache: 'scache',
  rcache: 'rcache',
  rcache_ttl: 'rcache-ttl',
  read_timeout: 'rtimeout',
  systemd: 'systemd',
}

/** Keys that its description has and the program does not read. */
const unreadKeys: ReadonlySet<string> = new Set(['ndots', 'path-prefix', 'etcd3'])

function roleOf(program: string): Role | undefined {
  return program === 'skydns' || program === 'kube2sky' || program === 'etcd' ? program : undefined
}

/** A pod with SkyDNS or kube2sky; undefined for any other one. */
export function readSkyDnsPod({ path, object, identity, node, pod }: PodPlace): SkyDnsDeployment | undefined {
  const reading = new SkyDnsReading(path, documentProblems(path, node))
  for (const container of node.get('containers')?.items ?? []) {
    const { program, words, unread } = podCommand(container, (name) => roleOf(name) !== undefined)
    const role = roleOf(program ?? '') ?? roleOfImage(container)
    if (!role) continue
    if (unread !== undefined) reading.report(role, container.range, unread)
    reading.take(role, words, variablesOf(container))
  }
  if (!reading.isSkyDns) return undefined
  return {
    kind: 'skydns',
    path,
    name: nameOfObject(identity),
    range: object.range,
    object: identity,
    pod,
    ...reading.finish(),
  }
}

function roleOfImage(container: ManifestNode): Role | undefined {
  const image = container.get('image')?.placed?.value ?? ''
  const repository = image.replace(/@.*$/, '').replace(/:[^/]*$/, '')
  const byImage = roleOf(repository.slice(repository.lastIndexOf('/') + 1).replace(/-(?:amd64|arm|arm64|ppc64le)$/, ''))
  return byImage ?? (/\{[{%]/.test(image) ? roleOf(container.get('name')?.placed?.value ?? '') : undefined)
}

function variablesOf(container: ManifestNode): readonly { name: string; value: Placed }[] {
  return (container.get('env')?.items ?? []).flatMap((one) => {
    const name = one.get('name')?.placed?.value
    const value = one.get('value')
    return name !== undefined && value?.placed && !value.isWritten ? [{ name, value: value.placed }] : []
  })
}

/** Command lines of SkyDNS, kube2sky and etcd in a text, with the variables set before them; undefined where there is none. */
export function readSkyDnsCommands(
  path: string,
  text: InnerText,
  commands: readonly { readonly words: readonly CommandWord[] }[],
): SkyDnsDeployment | undefined {
  const reading = new SkyDnsReading(path)
  for (const { words } of commands) {
    const variables: { name: string; value: Placed }[] = []
    let at = 0
    for (; at < words.length; at++) {
      const word = (words[at] as CommandWord).text
      const equals = /^[A-Za-z_]\w*=/.exec(word.value)?.[0].length
      if (equals === undefined && word.value !== 'exec' && word.value !== 'export') break
      if (equals !== undefined) {
        variables.push({ name: word.value.slice(0, equals - 1), value: word.slice(equals).placed })
      }
    }
    // `skydns args:` is how people write down what a container is given.
    const program = words[at]?.text.value.replace(/^.*\//, '').replace(/:$/, '') ?? ''
    const role = roleOf(program)
    if (!role) continue
    const next = words[at + 1]?.text.value
    const rest = words.slice(next === 'args:' ? at + 2 : at + 1)
    for (const word of rest) {
      const equals = /^[A-Z_]+=/.exec(word.text.value)?.[0].length
      if (equals !== undefined) {
        variables.push({ name: word.text.value.slice(0, equals - 1), value: word.text.slice(equals).placed })
      }
    }
    reading.take(
      role,
      rest.filter((word) => !/^[A-Z_]+=/.test(word.text.value)),
      variables,
    )
  }
  if (!reading.isSkyDns) return undefined
  const range = text.toOuter({ start: 0, end: text.text.length })
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { kind: 'skydns', path, name, range, object: undefined, pod: undefined, ...reading.finish() }
}

/** The JSON that stands in etcd under `/skydns/config`; undefined for any other JSON. */
export function readSkyDnsConfig(path: string, node: ManifestNode): SkyDnsDeployment | undefined {
  const keys = node.pairs.map(({ key }) => key)
  const isConfig =
    keys.includes('dns_addr') ||
    (keys.includes('domain') && keys.some((key) => /^(?:nameservers|no_rec|min_ttl)$/.test(key)))
  if (!isConfig || keys.includes('kind')) return undefined
  const reading = new SkyDnsReading(path)
  const flags: Flag[] = []
  for (const { key, keyRange, value } of node.pairs) {
    const name = configFlags[key]
    if (name === undefined)
      reading.report(key, keyRange, unreadKeys.has(key) ? 'SkyDNS does not read it here' : 'it is not translated')
    const items = value?.isList ? value.words : undefined
    const text = items
      ? { value: items.map((item) => item.value).join(','), range: value?.range ?? keyRange }
      : value?.placed
    const range = { start: keyRange.start, end: value?.range.end ?? keyRange.end }
    flags.push({ name: name ?? key, written: key, range, value: text, isKnown: name !== undefined, unresolved: [] })
  }
  const nameservers = node.get('nameservers')?.words ?? []
  reading.set(flags, nameservers)
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { kind: 'skydns', path, name, range: node.range, object: undefined, pod: undefined, ...reading.finish() }
}

class SkyDnsReading {
  readonly #path: string
  readonly #problems: SourceProblem[] = []
  readonly #notUnderstood: NotUnderstood[] = []
  #skydns: SkyDnsSettings | undefined
  #kube2sky: Kube2SkySettings | undefined
  #etcd: readonly Flag[] | undefined

  constructor(path: string, problems: readonly SourceProblem[] = []) {
    this.#path = path
    this.#problems.push(...problems)
  }

  get isSkyDns(): boolean {
    return this.#skydns !== undefined || this.#kube2sky !== undefined
  }

  take(role: Role, words: readonly CommandWord[], variables: readonly { name: string; value: Placed }[]): void {
    const read = readFlags(words, tables[role])
    for (const word of read.rest ?? []) this.report(word.text.value, word.text.range, 'the program does not read it')
    for (const { written, range, isKnown, unresolved } of read.flags) {
      if (!isKnown) this.report(written, range, `${role} has no such flag`)
      for (const name of unresolved) this.report(written, range, `the value of ${name} is not known`)
    }
    if (role === 'etcd') this.#etcd = read.flags
    else if (role === 'kube2sky') this.#kube2sky = kube2SkySettings(read.flags)
    else {
      const set = variables.flatMap(({ name, value }) => {
        const flag = environmentFlags[name]
        if (flag === undefined) {
          if (/^(?:SKYDNS|ETCD)_/.test(name)) this.report(name, value.range, 'it is not translated')
          return []
        }
        return [{ name: flag, written: name, range: value.range, value, isKnown: true, unresolved: [] }]
      })
      // A flag wins over the variable.
      this.set([...set, ...read.flags], undefined, words)
    }
  }

  set(flags: readonly Flag[], nameservers: readonly Placed[] | undefined, words: readonly CommandWord[] = []): void {
    const parts = (name: string) => {
      const value = flagValue(flags, name)
      return value ? splitAtCommas(words, value) : []
    }
    const domain = flagValue(flags, 'domain')
    const ndots = flagValue(flags, 'ndots')?.value ?? ''
    this.#skydns = {
      flags,
      domain: domain && withoutFinalDot(domain),
      address: flagValue(flags, 'addr'),
      machines: parts('machines'),
      nameservers: nameservers ?? parts('nameservers'),
      pathPrefix: flagValue(flags, 'path-prefix'),
      isRecursionOff: isFlagOn(flags, 'no-rec'),
      isEtcd3: isFlagOn(flags, 'etcd3'),
      hasStubZones: isFlagOn(flags, 'stubzones'),
      rotatesServers: !flags.some(({ name }) => name === 'ns-rotate') || isFlagOn(flags, 'ns-rotate'),
      tlsKey: flagValue(flags, 'tls-key'),
      tlsCertificate: flagValue(flags, 'tls-pem'),
      caCertificate: flagValue(flags, 'ca-cert'),
      username: flagValue(flags, 'username'),
      password: flagValue(flags, 'password'),
      ndots: /^0*[1-9]\d*$/.test(ndots) ? Number(ndots) : 2,
    }
  }

  report(text: string, range: NotUnderstood['range'], why: string): void {
    this.#notUnderstood.push({ text, path: this.#path, range, why })
  }

  finish(): Pick<SkyDnsDeployment, 'skydns' | 'kube2sky' | 'etcd' | 'problems' | 'notUnderstood'> {
    return {
      skydns: this.#skydns,
      kube2sky: this.#kube2sky,
      etcd: this.#etcd,
      problems: this.#problems,
      notUnderstood: this.#notUnderstood,
    }
  }
}

/** The parts of a value, each with its place where the value is of the command line. */
function splitAtCommas(words: readonly CommandWord[], value: Placed): readonly Placed[] {
  const found = partsOf(words, value)
  if (found.length > 0 || value.value === '') return found
  return [value]
}

function kube2SkySettings(flags: readonly Flag[]): Kube2SkySettings {
  const domain = flagValue(flags, 'domain')
  return {
    flags,
    domain: domain && withoutFinalDot(domain),
    etcdServer: flagValue(flags, 'etcd-server'),
    masterUrl: flagValue(flags, 'kube-master-url'),
    kubeconfig: flagValue(flags, 'kubecfg-file'),
  }
}
