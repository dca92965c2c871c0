import type { Case } from '../case.ts'
import { certificate, key, otherCertificate, otherKey } from './servers/certificates.ts'

const files = {
  'a.crt': certificate,
  'a.key': key,
  'b.crt': otherCertificate,
  'b.key': otherKey,
}
const block = (keys: string, ...lines: readonly string[]) =>
  `${keys} {\n${[...lines, 'whoami'].map((line) => `  ${line}\n`).join('')}}\n`
const servers = (id: string, ...blocks: readonly string[]): Case => ({ id: `servers-${id}`, text: blocks.join('') })
const withTls = (id: string, ...blocks: readonly string[]): Case => ({ ...servers(id, ...blocks), files })
const tlsA = 'tls a.crt a.key'
const tlsB = 'tls b.crt b.key'

const keys: readonly Case[] = [
  servers('same-zone', block('a.org'), block('a.org')),
  servers('same-zone-in-one-block', block('a.org a.org')),
  servers('same-zone-written-port', block('a.org'), block('a.org:53')),
  servers('same-zone-written-scheme', block('a.org'), block('dns://a.org')),
  servers('same-zone-final-dot', block('a.org'), block('a.org.')),
  servers('same-zone-other-case', block('a.org'), block('A.org')),
  servers('same-zone-other-port', block('a.org'), block('a.org:1053')),
  servers('same-zone-port-with-zeros', block('a.org:53'), block('a.org:0053')),
  servers('same-zone-port-with-plus', block('a.org:53'), block('a.org:+53')),
  servers('same-zone-other-transport', block('a.org'), block('grpc://a.org')),
  servers('same-zone-default-ports', block('tls://a.org'), block('tls://a.org:853')),
  servers('grpc-and-https-default-port', block('grpc://a.org'), block('grpc://a.org:443')),
  servers('third-of-three', block('a.org'), block('b.org'), block('a.org')),
  servers('network-twice', block('10.0.0.0/24'), block('10.0.0.0/24')),
  servers('network-and-its-name', block('10.0.0.0/24'), block('0.0.10.in-addr.arpa')),
  servers('network-within-octet', block('10.0.0.0/9'), block('10.5.0.0/16')),
  servers('network-within-octet-in-one-block', block('10.0.0.0/9 10.5.0.0/16')),
  servers('network-beside-network', block('10.0.0.0/9'), block('10.128.0.0/16')),
  servers('network-of-ipv6', block('2001:db8::/33'), block('2001:db8::/36')),
  servers('network-with-port', block('10.0.0.0/15:1053'), block('10.1.0.0/16:1053')),
  servers('leading-dot', block('.a.org')),
  servers('two-dots', block('a..org')),
  servers('only-port', block(':53')),
  servers('empty-port', block('a.org:')),
  servers('port-name', block('a.org:domain')),
  servers('port-largest', block('a.org:65535')),
  servers('port-too-large', block('a.org:65536')),
  servers('port-much-too-large', block('a.org:4294967349')),
  servers('port-beyond-numbers', block('a.org:99999999999999999999')),
  servers('port-zero', block('a.org:0')),
  servers('port-negative', block('a.org:-1')),
  servers('port-too-large-second-key', block('b.org a.org:65536')),
  servers('port-too-large-with-bind', block('a.org:65536', 'bind 127.0.0.1')),
  servers('port-too-large-and-same-zone', block('a.org:65536'), block('a.org:65536')),
]

const bound: readonly Case[] = [
  servers('bind-two-addresses', block('a.org', 'bind 127.0.0.1'), block('a.org', 'bind 127.0.0.2')),
  servers('bind-same-address', block('a.org', 'bind 127.0.0.1'), block('a.org', 'bind 127.0.0.1')),
  servers('bind-same-address-on-a-line', block('a.org', 'bind 127.0.0.1 127.0.0.1')),
  servers('bind-same-address-on-two-lines', block('a.org', 'bind 127.0.0.1', 'bind 127.0.0.1')),
  servers('bind-same-address-other-spelling', block('a.org', 'bind ::1'), block('a.org', 'bind 0:0::1')),
  servers('bind-shared-address', block('a.org', 'bind 127.0.0.1 127.0.0.2'), block('a.org', 'bind 127.0.0.2')),
  servers('bound-then-unbound', block('a.org', 'bind 127.0.0.1'), block('a.org')),
  servers('unbound-then-bound', block('a.org'), block('a.org', 'bind 127.0.0.1')),
  servers('bind-unspecified-beside-unbound', block('a.org'), block('a.org', 'bind 0.0.0.0')),
  servers('bound-and-unbound-other-zone', block('a.org', 'bind 127.0.0.1'), block('b.org')),
  servers('bind-loopback', block('a.org', 'bind lo')),
  servers('bind-loopback-and-its-address', block('a.org', 'bind lo 127.0.0.1')),
  servers('bind-loopback-twice', block('a.org', 'bind lo'), block('a.org', 'bind lo')),
  servers('bind-loopback-beside-its-address', block('a.org', 'bind lo'), block('a.org', 'bind ::1')),
  servers('bind-except', block('a.org', 'bind lo {', 'except ::1', '}'), block('a.org', 'bind ::1')),
  servers('bind-except-all', block('a.org', 'bind lo {', 'except lo', '}'), block('a.org')),
  servers('second-key-bound-here-and-there', block('a.org b.org', 'bind 127.0.0.1'), block('b.org', 'bind 127.0.0.2')),
  servers('second-key-bound-twice', block('a.org b.org', 'bind 127.0.0.1'), block('b.org', 'bind 127.0.0.1')),
  servers('second-key-bound-beside-unbound', block('a.org b.org', 'bind 127.0.0.1'), block('b.org')),
  servers('second-key-after-bound', block('b.org', 'bind 127.0.0.2'), block('a.org b.org', 'bind 127.0.0.1')),
  servers('second-zone-of-network-bound', block('10.0.0.0/15', 'bind ::1'), block('10.1.0.0/16', 'bind 127.0.0.1')),
  servers('two-second-keys-bound', block('a.org c.org', 'bind ::1'), block('b.org c.org', 'bind 127.0.0.1')),
]

const view = (name: string) => [`view ${name} {`, 'expr true', '}']
const views: readonly Case[] = [
  servers('views', block('a.org', ...view('x')), block('a.org', ...view('y'))),
  servers('view-then-plain', block('a.org', ...view('x')), block('a.org')),
  servers('plain-then-view', block('a.org'), block('a.org', ...view('x'))),
  servers('view-between-plain', block('a.org'), block('a.org', ...view('x')), block('a.org')),
  servers('view-bound-after-plain', block('a.org'), block('a.org', 'bind 127.0.0.1', ...view('x'))),
  servers('view-unbound-after-bound', block('a.org', 'bind 127.0.0.1'), block('a.org', ...view('x'))),
  servers('view-second-key', block('b.org a.org', ...view('x')), block('a.org')),
]

const encrypted: readonly Case[] = [
  servers('tls-without-tls', block('tls://a.org')),
  servers('grpc-without-tls', block('grpc://a.org')),
  servers('https-without-tls', block('https://a.org')),
  servers('https-second-key-without-tls', block('a.org https://a.org')),
  withTls('https-with-tls', block('https://a.org', tlsA)),
  withTls('https-second-key-with-tls', block('a.org https://a.org', tlsA)),
  withTls('https-blocks-with-tls', block('https://a.org', tlsA), block('https://b.org', tlsA)),
  servers('https3-without-tls', block('https3://a.org')),
  withTls('https3-with-tls', block('https3://a.org', tlsA)),
  withTls('quic-with-tls', block('quic://a.org', tlsA)),
  withTls('tls-same-files', block('tls://a.org', tlsA), block('tls://b.org', tlsA)),
  withTls('tls-other-files', block('tls://a.org', tlsA), block('tls://b.org', tlsB)),
  withTls('tls-other-files-other-port', block('tls://a.org', tlsA), block('tls://b.org:8853', tlsB)),
  withTls(
    'tls-other-files-other-address',
    block('tls://a.org', tlsA, 'bind ::1'),
    block('tls://b.org', tlsB, 'bind lo'),
  ),
  withTls('tls-other-files-bound', block('tls://a.org', tlsA, 'bind ::1'), block('tls://b.org', tlsB, 'bind 0::1')),
  withTls('tls-beside-none', block('tls://a.org', tlsA), block('tls://b.org')),
  withTls('none-beside-tls', block('tls://a.org'), block('tls://b.org', tlsA)),
  withTls('grpc-tls-beside-none', block('grpc://a.org'), block('grpc://b.org', tlsA)),
  withTls('dns-tls-beside-none', block('a.org'), block('b.org', tlsA)),
  withTls('tls-with-authority-beside-none', block('tls://a.org', `${tlsA} a.crt`), block('tls://b.org', tlsA)),
  withTls('tls-same-authority', block('tls://a.org', `${tlsA} a.crt`), block('tls://b.org', `${tlsA} a.crt`)),
  withTls('tls-client-auth', block('tls://a.org', `${tlsA} {`, 'client_auth require', '}'), block('tls://b.org', tlsA)),
  withTls(
    'tls-client-auth-default',
    block('tls://a.org', `${tlsA} {`, 'client_auth nocert', '}'),
    block('tls://b.org', tlsA),
  ),
  withTls('tls-third-block', block('tls://a.org', tlsA), block('tls://b.org', tlsA), block('tls://c.org')),
  withTls('https-streams', block('https://a.org', tlsA, 'https {', 'max_streams 1', '}'), block('https://b.org', tlsA)),
  withTls(
    'https-streams-differ',
    block('https://a.org', tlsA, 'https {', 'max_streams 1', '}'),
    block('https://b.org', tlsA, 'https {', 'max_streams 2', '}'),
  ),
  withTls(
    'https-connections-differ',
    block('https://a.org', tlsA, 'https {', 'max_connections 1', '}'),
    block('https://b.org', tlsA, 'https {', 'max_connections 2', '}'),
  ),
]

export const records = 'verdicts'

/** What CoreDNS refuses outside of plugins: keys, zones that overlap, ports, and TLS of listeners that blocks share. */
export const cases: readonly Case[] = [...keys, ...bound, ...views, ...encrypted]
