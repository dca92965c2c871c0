import type { Release } from './release.ts'
import { isSince } from './release.ts'

/** The protocols that a server block key or an upstream may name before `://`. */
export type Transport = 'dns' | 'tls' | 'quic' | 'grpc' | 'https' | 'https3' | 'unix'

/** The release in which plugin/pkg/parse (before 1.2.3: core/dnsserver) began to take each scheme off a word. */
export const TRANSPORT_SINCE: Readonly<Record<Transport, Release>> = {
  dns: '1.0.0',
  tls: '1.0.0',
  grpc: '1.0.0',
  https: '1.1.3',
  quic: '1.11.0',
  unix: '1.11.0',
  https3: '1.13.2',
}

/** The port of each transport when none is written; `-dns.port` may replace 53. A Unix socket has none. */
export const DEFAULT_PORT: Readonly<Record<Transport, string>> = {
  dns: '53',
  tls: '853',
  quic: '853',
  grpc: '443',
  https: '443',
  https3: '443',
  unix: '',
}

/**
 * plugin/pkg/parse/transport.go `Transport`: the protocol of the word and what is left after `scheme://`.
 * Schemes are lower case; one that the release does not know stays part of the word, which is then plain `dns`.
 */
export function splitTransport(text: string, release: Release): { transport: Transport; address: string } {
  const separator = text.indexOf('://')
  const scheme = separator < 0 ? '' : text.slice(0, separator)
  if (Object.hasOwn(TRANSPORT_SINCE, scheme) && isSince(release, TRANSPORT_SINCE[scheme as Transport])) {
    return { transport: scheme as Transport, address: text.slice(separator + 3) }
  }
  return { transport: 'dns', address: text }
}
