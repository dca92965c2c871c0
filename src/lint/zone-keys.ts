import { everInTree } from '../../grammar/releases.ts'
import { splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import { isIp, parseCidr } from '../values/ip.ts'
import { isSince } from '../values/release.ts'
import { TRANSPORT_SINCE, type Transport } from '../values/transport.ts'
import { splitZonePort } from '../values/zone.ts'
import type { BlockView } from '../verdict/servers-view.ts'

/** Whether a block begins in the middle of another one: its keys are a plugin's line, because a brace is missing or too many. `local` is a zone first of all. */
export function beginsWithPlugin({ keys }: BlockView): boolean {
  return keys.some(({ value }) => value !== 'local' && everInTree.has(value))
}

/** A key that CoreDNS reads as one odd zone, though its author meant something else. */
export interface Misread {
  /** Why it is none, as the beginning of a sentence. */
  readonly problem: string
  /** What to write, for a message; null where nothing is sure enough. */
  readonly write: string | null
  /** The keys to put in its place, null where a person must decide. */
  readonly keys: readonly string[] | null
  /** An address to `bind` then, null where none was meant. */
  readonly address: string | null
  /** The zone whose names it was meant for. */
  readonly meant: string | null
  readonly help: string | null
}

const PORTS: Readonly<Record<string, string>> = { domain: '53', dns: '53', 'domain-s': '853', dot: '853', https: '443' }

/** What else a key was meant to be; null for one that is a zone with a port, a network, or beyond guessing. */
export function misreadKey(key: string, release: string): Misread | null {
  if (isPlainName(key) || /[{}"'`“”„‘’]/.test(key)) return null
  const scheme = /^([a-z][a-z0-9+-]*):\/\/(.*)$/i.exec(key)
  const [, name = '', rest = key] = scheme ?? []
  if (scheme !== null && !isScheme(name, release)) return ofScheme(name, rest)
  if (isNetwork(rest)) return null
  const prefix = scheme === null ? '' : `${name}://`
  return (
    ofList(rest, prefix) ??
    ofAddress(rest, prefix) ??
    ofNetwork(rest, release) ??
    ofPath(rest, prefix) ??
    ofPort(rest, prefix) ??
    ofWildcard(rest, prefix) ??
    ofDot(rest, prefix) ??
    ofLetters(rest)
  )
}

/** Whether it is nothing but a name with a port or without, and no address: most keys are. */
function isPlainName(key: string): boolean {
  return key.length < 256 && /^(?:\.|(?:[\w-]+\.)*[\w-]*[a-zA-Z][\w-]*\.?)(?::\d+)?$/.test(key)
}

function misread(problem: string, keys: readonly string[] | null, more: Partial<Misread> = {}): Misread {
  const known = keys !== null && keys.length > 0 ? keys : null
  return { problem, write: known?.join(', ') ?? null, keys: known, address: null, meant: null, help: null, ...more }
}

function isScheme(name: string, release: string): boolean {
  const since = TRANSPORT_SINCE[name as Transport] as string | undefined
  return since !== undefined && isSince(release, since)
}

function ofScheme(name: string, rest: string): Misread {
  const since = TRANSPORT_SINCE[name as Transport] as string | undefined
  if (since !== undefined) return misread(`${name}:// is known from CoreDNS ${since} on`, null)
  const lower = name.toLowerCase()
  if (Object.hasOwn(TRANSPORT_SINCE, lower)) return misread(`${name}:// must be in lower case`, [`${lower}://${rest}`])
  const known = 'CoreDNS knows dns://, tls://, grpc://, https:// and newer releases quic:// and https3://.'
  const plain = lower === 'udp' || lower === 'tcp'
  const help = plain ? `A block answers over UDP and TCP alike. ${known}` : known
  return misread(`${name}:// is no scheme of CoreDNS`, plain ? [rest] : null, { help })
}

function ofList(rest: string, prefix: string): Misread | null {
  if (!rest.includes(',')) return null
  const keys = rest.split(',').filter((each) => each !== '')
  return misread(
    'a comma without a blank behind it joins the names to one',
    keys.map((each) => prefix + each),
  )
}

function ofAddress(rest: string, prefix: string): Misread | null {
  const parts = splitHostPort(rest)
  const bare = rest.replace(/^\[(.*)\]$/, '$1')
  const address = isIp(bare) ? bare : isInvalid(parts) || !isIp(parts.host) ? null : parts.host
  if (address === null) return null
  const port = isIp(bare) || isInvalid(parts) || parts.port === '' ? '' : `:${parts.port}`
  const keys = [`${prefix}.${port}`]
  return misread('an address to listen on is not written here', keys, {
    write: /^[0.:]+$/.test(address) ? `${keys[0]}` : `${keys[0]} here and "bind ${address}" in the block`,
    address,
  })
}

/** A network stands for its reverse zones, with a port or without. */
function isNetwork(rest: string): boolean {
  return !isInvalid(parseCidr(rest)) || !isInvalid(parseCidr(rest.replace(/:\d+$/, '')))
}

function ofNetwork(rest: string, release: string): Misread | null {
  const read = splitZonePort(rest, release)
  const zone = isInvalid(read) ? rest : (read.zones[0] ?? rest)
  if (!/^[0-9a-f.:]*[.:][0-9a-f.:]*\/\d+$/i.test(zone)) return null
  return misread(`${zone} is no network`, null, {
    help: 'A network is written with its whole address, such as 10.1.0.0/16 or 2001:db8::/32, and stands for its reverse zones.',
  })
}

function ofPath(rest: string, prefix: string): Misread | null {
  const path = /^([^/]+)\/(?!\d)/.exec(rest)
  if (prefix === '' || path === null) return null
  return misread('a path has no place here', [prefix + (path[1] ?? '')])
}

function ofPort(rest: string, prefix: string): Misread | null {
  const parts = /^(.+):([^:]+)$/.exec(rest)
  if (parts === null) return null
  const [, zone = '', port = ''] = parts
  if (/^\+?\d+$/.test(port)) {
    return zone.includes(':') ? misread(`"${rest}" has more than one port`, null) : null
  }
  const number = PORTS[port.toLowerCase()]
  const plain = !zone.includes(':') && number !== undefined
  return misread(`"${port}" is no port number`, plain ? [`${prefix}${zone}:${number}`] : null)
}

function ofWildcard(rest: string, prefix: string): Misread | null {
  const [, below = '', port = ''] = /^\*(?:\.(.*?))?(:\d+)?$/.exec(rest) ?? []
  if (!/(?:^|\.)\*(?:\.|$|:)/.test(rest)) return null
  const parent = `${prefix}${below === '' ? '.' : below}${port}`
  const known = rest.startsWith('*') && !below.includes('*')
  return misread('a zone has all names below it and takes no wildcard', known ? [parent] : null, {
    meant: known ? parent : null,
  })
}

/** Since 1.9.4 it is refused, which is no matter of guessing. */
function ofDot(rest: string, prefix: string): Misread | null {
  if (!/^\.[^:]/.test(rest)) return null
  return misread('a zone does not begin with a dot', [prefix + rest.slice(1)])
}

function ofLetters(rest: string): Misread | null {
  const letter = /[^\0-\x7f]/.test(rest) ? /(?![a-z])\p{L}/iu.exec(rest) : null
  if (letter === null) return null
  return misread(`"${letter[0]}" never comes in a query`, null, {
    help: 'Clients ask for names beyond ASCII in their xn-- form; write the zone that way.',
  })
}
