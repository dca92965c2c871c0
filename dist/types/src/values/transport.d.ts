import type { Release } from './release.js';
/** The protocols that a server block key or an upstream may name before `://`. */
export type Transport = 'dns' | 'tls' | 'quic' | 'grpc' | 'https' | 'https3' | 'unix';
/** The release in which plugin/pkg/parse (before 1.2.3: core/dnsserver) began to take each scheme off a word. */
export declare const TRANSPORT_SINCE: Readonly<Record<Transport, Release>>;
/** The port of each transport when none is written; `-dns.port` may replace 53. A Unix socket has none. */
export declare const DEFAULT_PORT: Readonly<Record<Transport, string>>;
/**
 * plugin/pkg/parse/transport.go `Transport`: the protocol of the word and what is left after `scheme://`.
 * Schemes are lower case; one that the release does not know stays part of the word, which is then plain `dns`.
 */
export declare function splitTransport(text: string, release: Release): {
    transport: Transport;
    address: string;
};
