import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { isPluginOf } from '../../grammar/releases.ts'
import { valueFor } from '../../grammar/schema.ts'
import { splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import { formatIp, parseIp } from '../values/ip.ts'
import { isSince } from '../values/release.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** Where a plugin such as `health` or `prometheus` listens for HTTP. */
export interface HttpEndpoint {
  readonly occurrence: OccurrenceView
  /** As written, or the plugin's own. */
  readonly address: string
  /** Canonical; `*` for every address of the machine. */
  readonly host: string
  readonly port: string
}

/** The address a plugin listens on where none is written, as its grammar says; null for a plugin without one, or that the release does not have. */
export function defaultAddress(plugin: string, release: string): string | null {
  const grammar = pluginGrammars.get(plugin)?.grammar
  if (grammar === undefined || !isPluginOf(release, plugin)) return null
  const [address] = valueFor(grammar.line, (since) => isSince(release, since)).args
  return address?.value.kind === 'listen-address' ? (address.default ?? null) : null
}

/** Where a plugin listens; null where it does not, or its address is not known or no address. */
export function endpointOf(occurrence: OccurrenceView, release: string): HttpEndpoint | null {
  const own = defaultAddress(occurrence.plugin, release)
  if (own === null) return null
  const [word] = occurrence.args
  if (word !== undefined && !word.known) return null
  const address = word?.value ?? own
  const parts = splitHostPort(address)
  if (isInvalid(parts)) return null
  return { occurrence, address, host: listenHost(parts.host), port: parts.port }
}

/** One spelling for each address: `*` for all of them, `127.0.0.1` for localhost. */
export function listenHost(host: string): string {
  if (host === 'localhost') return '127.0.0.1'
  const ip = parseIp(host)
  if (host === '' || ip?.every((byte) => byte === 0) === true) return '*'
  return ip === undefined ? host : formatIp(ip)
}
