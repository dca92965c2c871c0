import type { Invalid } from './invalid.ts'
import { invalid, isInvalid } from './invalid.ts'
import { isIp } from './ip.ts'

/** The two sides of the last colon of an address. */
export interface HostPort {
  readonly host: string
  readonly port: string
}

/**
 * Go's `net.SplitHostPort`: `host:port`, `[host]:port`, `:port`. Neither side is looked at: the port may be empty or a word.
 * Without a port, with a second colon outside of brackets or with odd brackets it is `Invalid`.
 */
export function splitHostPort(text: string): HostPort | Invalid {
  const refused = (why: string) => invalid(text === '' ? why : `address ${text}: ${why}`)
  const colon = text.lastIndexOf(':')
  if (colon < 0) return refused('missing port in address')
  let host = text.slice(0, colon)
  let opened = 0
  let closed = 0
  if (text.startsWith('[')) {
    const end = text.indexOf(']')
    if (end < 0) return refused("missing ']' in address")
    if (end + 1 !== colon) {
      return refused(text[end + 1] === ':' ? 'too many colons in address' : 'missing port in address')
    }
    host = text.slice(1, end)
    opened = 1
    closed = end + 1
  } else if (host.includes(':')) {
    return refused('too many colons in address')
  }
  if (text.includes('[', opened)) return refused("unexpected '[' in address")
  if (text.includes(']', closed)) return refused("unexpected ']' in address")
  return { host, port: text.slice(colon + 1) }
}

/** Go's `net.JoinHostPort`: a host with a colon gets brackets. */
export function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** Whether a text is an IP address, or one with a port from 1 to 65535 behind it. */
export function isServerAddress(text: string): boolean {
  if (isIp(text)) return true
  const parts = splitHostPort(text)
  return !isInvalid(parts) && isIp(parts.host) && /^0*[1-9]\d{0,4}$/.test(parts.port) && Number(parts.port) < 65_536
}
