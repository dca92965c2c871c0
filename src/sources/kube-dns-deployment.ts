import type { CommandWord } from './command-line.ts'
import type { DnsmasqConfiguration, DnsmasqVersion, ImageVersion } from './dnsmasq.ts'
import { readDnsmasqCommandLine } from './dnsmasq-reader.ts'
import type { Flag } from './flags.ts'
import { flagTable, flagValue, isFlagOn, partsOf, readFlags } from './flags.ts'
import type { KubeDnsContainer, KubeDnsDeployment, KubeDnsRole, KubednsFlags } from './kube-dns.ts'
import { isSinceTag, tagOfDeployment } from './kube-dns-servers.ts'
import type { ManifestNode } from './manifest.ts'
import { documentProblems, nameOfObject } from './manifest.ts'
import { hasPlaceholder, placeholder, podCommand } from './pod-command.ts'
import type { NotUnderstood, ObjectIdentity, Placed, SourceFiles, SourceProblem } from './source.ts'
import type { PodContainer, PodSpec } from './workload.ts'

/** A pod spec as it is written, and as it was read. */
export interface PodPlace {
  readonly path: string
  readonly object: ManifestNode
  readonly identity: ObjectIdentity
  readonly node: ManifestNode
  readonly pod: PodSpec
}

/** The files that a container sees. */
export type FilesOf = (pod: PodSpec, container: PodContainer) => SourceFiles

const tables = {
  kubedns: flagTable(
    `domain dns-port dns-bind-address nameservers config-dir config-map config-map-namespace config-period federations
     kube-master-url kubecfg-file healthz-port initial-sync-timeout`,
    'profiling',
  ),
  nanny: flagTable('dnsmasqExec configDir syncInterval kubednsServer logInterval', 'restartDnsmasq'),
  sidecar: flagTable(
    `probe dnsmasq-addr dnsmasq-port dnsmasq-poll-interval-ms prometheus-addr prometheus-path prometheus-port
     prometheus-namespace`,
    '',
  ),
  healthz: flagTable('cmd url port period latency', 'quiet'),
  dnsmasq: flagTable('', ''),
  other: flagTable('', ''),
} satisfies Record<string, ReturnType<typeof flagTable>>

/** What programs are called in the images of kube-dns. */
const programs: Readonly<Record<string, KubeDnsRole>> = {
  'kube-dns': 'kubedns',
  kubedns: 'kubedns',
  'dnsmasq-nanny': 'nanny',
  dnsmasq: 'dnsmasq',
  sidecar: 'sidecar',
  exechealthz: 'healthz',
}

/** What a container is there for: by its program, its image, or where that is none of those known, by its name and what it is given. */
export function roleOf(container: ManifestNode): KubeDnsRole {
  const { program } = podCommand(container, (name) => name in programs)
  const byProgram = program === undefined ? undefined : programs[program]
  if (byProgram !== undefined) return byProgram
  const image = container.get('image')?.placed?.value ?? ''
  const byImage = hasPlaceholder(image) ? undefined : roleOfImage(image)
  if (byImage === 'dnsmasq' && looksLikeNanny(container)) return 'nanny'
  if (byImage !== undefined) return byImage
  const name = container.get('name')?.placed?.value ?? ''
  if (name === 'kubedns') return name
  if (/^(?:kube-?)?dnsmasq$/.test(name)) return looksLikeNanny(container) ? 'nanny' : 'dnsmasq'
  const given = givenWords(container)
  if (given.some(({ value }) => /^--probe=(?:kubedns|dnsmasq),/.test(value))) return 'sidecar'
  return given.some(({ value }) => /^--?cmd=nslookup /.test(value)) ? 'healthz' : 'other'
}

function roleOfImage(image: string): KubeDnsRole | undefined {
  const repository = image.replace(/@.*$/, '').replace(/:[^/]*$/, '')
  const base = repository.slice(repository.lastIndexOf('/') + 1)
  if (/dnsmasq-nanny/.test(base)) return 'nanny'
  if (/dnsmasq/.test(base)) return 'dnsmasq'
  if (/dns-sidecar/.test(base)) return 'sidecar'
  if (/exechealthz/.test(base)) return 'healthz'
  return /^(?:k8s-dns-)?kube-?dns(?:-(?!autoscaler)|$)|kubedns/.test(base) ? 'kubedns' : undefined
}

function givenWords(container: ManifestNode): readonly Placed[] {
  return [...(container.get('command')?.words ?? []), ...(container.get('args')?.words ?? [])]
}

function looksLikeNanny(container: ManifestNode): boolean {
  return givenWords(container).some(({ value }) =>
    /^--?(?:restartDnsmasq|configDir|syncInterval)\b|dnsmasq-nanny/.test(value),
  )
}

/** A pod with kubedns; undefined for any other one. */
export function readKubeDnsDeployment(place: PodPlace, files: FilesOf): KubeDnsDeployment | undefined {
  const reading = new DeploymentReading(place, files)
  return reading.run()
}

/** The dnsmasq of a pod without kubedns; undefined where there is none. */
export function readPodDnsmasq(place: PodPlace, files: FilesOf): DnsmasqConfiguration | undefined {
  for (const container of containersOf(place.node)) {
    const role = roleOf(container)
    if (role === 'dnsmasq' || role === 'nanny') return new DeploymentReading(place, files).dnsmasqOf(container, role)
  }
  return undefined
}

function containersOf(pod: ManifestNode): readonly ManifestNode[] {
  return pod.get('containers')?.items ?? []
}

class DeploymentReading {
  readonly #place: PodPlace
  readonly #files: FilesOf
  readonly #problems: SourceProblem[] = []
  readonly #notUnderstood: NotUnderstood[] = []

  constructor(place: PodPlace, files: FilesOf) {
    this.#place = place
    this.#files = files
    this.#problems.push(...documentProblems(place.path, place.node))
  }

  run(): KubeDnsDeployment | undefined {
    const { path, object, identity, node, pod } = this.#place
    const nodes = containersOf(node).map((container) => ({ container, role: roleOf(container) }))
    const has = (role: KubeDnsRole) => nodes.some((one) => one.role === role)
    if (!has('kubedns')) return undefined
    let kubedns: KubednsFlags | undefined
    let dnsmasq: DnsmasqConfiguration | undefined
    let dnsmasqVersion: ImageVersion | undefined
    let restartsDnsmasq = false
    const containers: KubeDnsContainer[] = []
    for (const { container, role } of nodes) {
      const { words, flags, rest } = this.#flagsOf(container, role)
      if (role === 'kubedns') kubedns ??= kubednsFlags(words, flags)
      if (role === 'nanny' || role === 'dnsmasq') {
        dnsmasqVersion ??= this.#versionOf(container)
        dnsmasq ??= this.#readDnsmasq(container, role === 'nanny' ? (rest ?? []) : words)
        restartsDnsmasq ||= role === 'nanny' && isFlagOn(flags, 'restartDnsmasq')
      }
      const image = container.get('image')?.placed
      const name = container.get('name')?.placed?.value
      containers.push({ role, name, image, range: container.range, flags: role === 'dnsmasq' ? [] : flags })
    }
    this.#checkKubedns(containers)
    return {
      kind: 'kube-dns-deployment',
      path,
      name: nameOfObject(identity),
      range: object.range,
      object: identity,
      generation: has('nanny') ? 'nanny' : has('dnsmasq') ? 'dnsmasq' : 'kubedns',
      pod,
      containers,
      kubedns: kubedns ?? kubednsFlags([], []),
      dnsmasq: dnsmasq && { ...dnsmasq, version: dnsmasqVersion },
      dnsmasqVersion,
      restartsDnsmasq,
      problems: [...this.#problems, ...(dnsmasq?.problems ?? [])],
      notUnderstood: [...this.#notUnderstood, ...(dnsmasq?.notUnderstood ?? [])],
    }
  }

  dnsmasqOf(container: ManifestNode, role: 'dnsmasq' | 'nanny'): DnsmasqConfiguration {
    const { words, rest } = this.#flagsOf(container, role)
    const version = this.#versionOf(container)
    const read = this.#readDnsmasq(container, role === 'nanny' ? (rest ?? []) : words)
    const { name } = this.#place.identity
    return {
      ...read,
      version,
      name: name === undefined ? 'dnsmasq' : nameOfObject(this.#place.identity),
      problems: [...this.#problems, ...read.problems],
      notUnderstood: [...this.#notUnderstood, ...read.notUnderstood],
    }
  }

  #flagsOf(
    container: ManifestNode,
    role: KubeDnsRole,
  ): { words: readonly CommandWord[]; flags: readonly Flag[]; rest: readonly CommandWord[] | undefined } {
    const { path } = this.#place
    const { words, unread } = podCommand(container, (program) => programs[program] === role)
    if (role === 'other') return { words, flags: [], rest: undefined }
    if (unread !== undefined) {
      const { range } = container.get('command') ?? container.get('args') ?? container
      this.#notUnderstood.push({ text: container.get('name')?.placed?.value ?? role, path, range, why: unread })
    }
    if (role === 'dnsmasq') return { words, flags: [], rest: undefined }
    const read = readFlags(words, tables[role])
    for (const { written, range, isKnown, unresolved } of read.flags) {
      if (!isKnown) this.#notUnderstood.push({ text: written, path, range, why: `${role} has no such flag` })
      for (const name of unresolved) {
        this.#notUnderstood.push({ text: written, path, range, why: `the value of ${name} is not known` })
      }
    }
    return { words, ...read }
  }

  #readDnsmasq(container: ManifestNode, words: readonly CommandWord[]): DnsmasqConfiguration {
    const { path, pod } = this.#place
    const name = container.get('name')?.placed?.value
    const read = pod.containers.find((one) => !one.isInit && one.name === name)
    const files = read ? this.#files(pod, read) : undefined
    const range = (container.get('args') ?? container.get('command') ?? container).range
    return readDnsmasqCommandLine({ path, name: name ?? 'dnsmasq', range, words }, files)
  }

  #versionOf(container: ManifestNode): ImageVersion {
    const image = container.get('image')
    const version = dnsmasqOfImage(image?.placed?.value ?? '')
    if (version === undefined) {
      const message = 'the image does not say which dnsmasq is in it: 2.90 is assumed'
      this.#problems.push({ severity: 'note', message, path: this.#place.path, range: (image ?? container).range })
    }
    return { version: version ?? '2.90', from: version === undefined ? 'assumed' : 'image', image: image?.placed }
  }

  /** What kubedns itself refuses or ignores (cmd/kube-dns/app/server.go). */
  #checkKubedns(containers: readonly KubeDnsContainer[]): void {
    const { path } = this.#place
    const { flags = [] } = containers.find(({ role }) => role === 'kubedns') ?? {}
    const given = (name: string) => flags.findLast((flag) => flag.name === name)
    const source = given('config-dir') ?? given('config-map')
    const [directory, map] = [given('config-dir'), given('config-map')]
    const federations = given('federations')
    const nameservers = given('nameservers')
    const refuse = (message: string, flag: Flag) =>
      this.#problems.push({ severity: 'error', message, path, range: flag.range })
    if (directory && map) refuse('kubedns does not start with both --config-dir and --config-map', map)
    if (federations && source)
      refuse(`kubedns does not start with both --federations and ${source.written}`, federations)
    // Before 1.14.10 kubedns takes no servers from a ConfigMap (pkg/dns/dns.go).
    if (nameservers && source && isSinceTag(tagOfDeployment({ containers }), '1.14.10')) {
      const message = `kubedns ignores --nameservers where ${source.written} is set`
      this.#problems.push({ severity: 'warning', message, path, range: nameservers.range })
    }
  }
}

function kubednsFlags(words: readonly CommandWord[], flags: readonly Flag[]): KubednsFlags {
  const domain = flagValue(flags, 'domain')
  const port = flagValue(flags, 'dns-port')
  return {
    domain: domain && withoutFinalDot(domain),
    dnsPort: port && /^\d+$/.test(port.value) ? { value: Number(port.value), range: port.range } : undefined,
    dnsBindAddress: flagValue(flags, 'dns-bind-address'),
    nameservers: partsOf(words, flagValue(flags, 'nameservers')),
    configDir: flagValue(flags, 'config-dir'),
    configMap: flagValue(flags, 'config-map'),
    configMapNamespace: flagValue(flags, 'config-map-namespace'),
    federations: flagValue(flags, 'federations'),
    masterUrl: flagValue(flags, 'kube-master-url'),
    kubeconfig: flagValue(flags, 'kubecfg-file'),
  }
}

/** A domain without its final dot. */
export function withoutFinalDot({ value, range }: Placed): Placed {
  if (!value.endsWith('.') || value.length < 2) return { value, range }
  const isDirect = range.end - range.start === value.length
  return { value: value.slice(0, -1), range: isDirect ? { ...range, end: range.end - 1 } : range }
}

/** The dnsmasq inside of an image (images/dnsmasq/Makefile of kubernetes/dns by tag), or the one that its tag names. */
export function dnsmasqOfImage(image: string): DnsmasqVersion | undefined {
  const text = image.replace(placeholder, 'placeholder')
  const [, repository = '', tag = ''] = /^([^@]*?)(?::([^:@/]+))?(?:@.*)?$/.exec(text) ?? []
  const base = repository.slice(repository.lastIndexOf('/') + 1)
  const version = /(?:^|[^\d.])v?(2\.\d{1,3})(?=$|[^\d.])/.exec(tag)?.[1]
  if (!/^(?:k8s-dns-dnsmasq|kube-dnsmasq)/.test(base)) return version as DnsmasqVersion | undefined
  if (/^kube-dnsmasq/.test(base)) return '2.76'
  if (!/\d+\.\d+/.test(tag)) return undefined
  if (/(?:^|[^\d.])1\.17\.0(?=$|[^\d.])/.test(tag)) return '2.83'
  const found = IMAGES.find(([since]) => isSinceTag(tag, since))
  return found?.[1] ?? '2.76'
}

/** The first tag with each dnsmasq, newest first. */
const IMAGES: readonly (readonly [tag: string, dnsmasq: DnsmasqVersion])[] = [
  ['1.23.0', '2.90'],
  ['1.22.16', '2.88'],
  ['1.22.13', '2.87'],
  ['1.22.1', '2.86'],
  ['1.18.0', '2.85'],
  ['1.14.5', '2.78'],
  ['1.10.1', '2.76'],
]
