import { type Address, parseEndpoint, parseForwardTarget, splitServerName } from '../../values/endpoint.ts'
import { joinHostPort } from '../../values/hostport.ts'
import { isInvalid } from '../../values/invalid.ts'
import { formatIp, parseIp } from '../../values/ip.ts'
import { nameServersOf } from '../../values/resolv-conf.ts'
import { DEFAULT_PORT, splitTransport, type Transport } from '../../values/transport.ts'
import type { OccurrenceView, WordView } from '../../verdict/servers-view.ts'
import type { UpstreamPolicy } from '../outcome.ts'
import type { BlockContext } from './model.ts'

/**
 * Whom a list of words names, as outcomes say it: `10.0.0.53:53`, `tls://1.1.1.1:853`, `resolv.conf PATH` for a file that was not given.
 * The servers of a file that was given stand in its place. A word that is not known stands for itself; one that names nobody is left
 * out.
 */
export function upstreamsOf(words: readonly WordView[], plugin: 'forward' | 'grpc', context: BlockContext): string[] {
  const upstreams = words.flatMap(({ value, known }) => (known ? upstreamsOfWord(value, plugin, context) : [value]))
  return plugin === 'forward' && context.since('1.14.4') ? [...new Set(upstreams)] : upstreams
}

function upstreamsOfWord(text: string, plugin: 'forward' | 'grpc', context: BlockContext): string[] {
  const { release } = context.program
  const isForward = plugin === 'forward'
  const word = isForward && context.since('1.13.2') ? splitServerName(text, release).word : text
  const read = isForward ? parseForwardTarget(word, release) : parseEndpoint(word, release)
  if (isInvalid(read)) return []
  if (read.kind === 'address') return [addressText(isForward ? read : { ...read, transport: 'grpc' })]
  const known = context.fileText(read.path)
  if (typeof known === 'string') {
    const { transport } = splitTransport(word, release)
    return nameServersOf(known).map((host) => addressText({ transport, host, port: DEFAULT_PORT[transport] }))
  }
  const { otherwise } = read
  const isName = !isInvalid(otherwise) && (known === null || !read.path.includes('/'))
  if (!isName || isInvalid(otherwise)) return [`resolv.conf ${read.path}`]
  return [withScheme(otherwise.transport, joinHostPort(otherwise.name, otherwise.port))]
}

function addressText({ transport, host, port }: Pick<Address, 'transport' | 'host' | 'port'>): string {
  if (transport === 'unix') return `unix://${host}`
  const ip = parseIp(host)
  return withScheme(transport, joinHostPort(ip === undefined ? host : formatIp(ip), port))
}

function withScheme(transport: Transport, address: string): string {
  return transport === 'dns' ? address : `${transport}://${address}`
}

/** The last `policy` line; upstreams are chosen at random without one. */
export function policyOf(occurrence: OccurrenceView): UpstreamPolicy {
  const word = occurrence.properties('policy').at(-1)?.args[0]?.value
  if (word === 'sequential' || word === 'first') return 'sequential'
  return word === 'round_robin' ? 'round_robin' : 'random'
}

/** The zones of all `except` lines. */
export function exceptionsOf(occurrence: OccurrenceView): string[] {
  return occurrence.properties('except').flatMap(({ args }) => occurrence.zones(args))
}
