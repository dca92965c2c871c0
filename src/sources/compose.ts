import type { CommandWord } from './command-line.ts'
import { shellCommands } from './command-line.ts'
import type { DnsmasqConfiguration, DnsmasqVersion } from './dnsmasq.ts'
import { dnsmasqWords } from './dnsmasq-commands.ts'
import { readDnsmasqCommandLine } from './dnsmasq-reader.ts'
import { dnsmasqOfImage } from './kube-dns-deployment.ts'
import type { ManifestNode } from './manifest.ts'
import { wordsOf } from './pod-command.ts'
import type { SourceFiles } from './source.ts'

/** The services of a Compose file that run dnsmasq: by their command, or by their image where it has one of its own. */
export function readCompose(path: string, root: ManifestNode, files: SourceFiles | undefined): DnsmasqConfiguration[] {
  return (root.get('services')?.pairs ?? []).flatMap(({ key, value }) => {
    if (value === undefined) return []
    const entrypoint = commandOf(value.get('entrypoint'))
    const command = commandOf(value.get('command'))
    const image = value.get('image')?.placed
    const isOfImage = entrypoint.length === 0 && /(?:^|\/)[\w.-]*dnsmasq[\w.-]*(?:[:@]|$)/.test(image?.value ?? '')
    const all = [...entrypoint, ...command]
    const words = dnsmasqWords(all) ?? (isOfImage && isOptions(command) ? command : null)
    if (words === null) return []
    const { range } = value.get('command') ?? value.get('entrypoint') ?? value
    const read = readDnsmasqCommandLine({ path, name: key, range, words }, mountedIn(value, files))
    const version = dnsmasqOfImage(image?.value ?? '')
    return [{ ...read, version: version === undefined ? undefined : versionOf(version, image) }]
  })
}

function versionOf(version: DnsmasqVersion, image: NonNullable<DnsmasqConfiguration['version']>['image']) {
  return { version, from: 'image', image } as const
}

/** Nothing but options, as an image with dnsmasq as its entry point gets them. */
function isOptions(words: readonly CommandWord[]): boolean {
  return words.every(({ text }, at) => at > 0 || text.value.startsWith('-'))
}

/** A list of words, or one text that is split as a shell would. */
function commandOf(node: ManifestNode | undefined): readonly CommandWord[] {
  if (node === undefined) return []
  if (node.text === undefined) return wordsOf(node, new Map())
  return shellCommands(node.text, new Map()).commands[0]?.words ?? []
}

/** The files of a service: what it mounts (`./dnsmasq.conf:/etc/dnsmasq.conf`), and behind them those that have the path. */
function mountedIn(service: ManifestNode, files: SourceFiles | undefined): SourceFiles {
  const mounts = (service.get('volumes')?.items ?? []).flatMap((volume) => {
    const [source, target] = volume.placed?.value.split(':') ?? []
    const from = volume.get('source')?.placed?.value ?? source
    const to = volume.get('target')?.placed?.value ?? target
    return from === undefined || to === undefined ? [] : [{ from, to: to.replace(/\/+$/, '') }]
  })
  const onHost = (path: string) => {
    const mount = mounts.find(({ to }) => path === to || path.startsWith(`${to}/`))
    return mount === undefined ? path : `${mount.from.replace(/\/+$/, '')}${path.slice(mount.to.length)}`
  }
  return {
    read: (path) => files?.read(onHost(path)),
    list: (directory) => files?.list(onHost(directory)),
  }
}
