import { formatIp, parseIp } from '../values/ip.ts'

/** A public resolver that speaks TLS: what its certificate is for, by address. */
export interface PublicResolver {
  readonly operator: string
  /** The name that its certificate has, for `tls_servername`. */
  readonly serverName: string
}

/**
 * As their operators publish them: operator, server name, addresses. Sources: developers.cloudflare.com/1.1.1.1/ip-addresses,
 * developers.google.com/speed/public-dns/docs/using, quad9.net/service/service-addresses-and-features,
 * adguard-dns.io/kb/general/dns-providers, mullvad.net/help/dns-over-https-and-dns-over-tls.
 */
const RESOLVERS: readonly (readonly [operator: string, serverName: string, addresses: string])[] = [
  ['Cloudflare', 'cloudflare-dns.com', '1.1.1.1 1.0.0.1 2606:4700:4700::1111 2606:4700:4700::1001'],
  ['Cloudflare', 'security.cloudflare-dns.com', '1.1.1.2 1.0.0.2 2606:4700:4700::1112 2606:4700:4700::1002'],
  ['Cloudflare', 'family.cloudflare-dns.com', '1.1.1.3 1.0.0.3 2606:4700:4700::1113 2606:4700:4700::1003'],
  ['Google', 'dns.google', '8.8.8.8 8.8.4.4 2001:4860:4860::8888 2001:4860:4860::8844'],
  ['Quad9', 'dns.quad9.net', '9.9.9.9 149.112.112.112 149.112.112.9 2620:fe::fe 2620:fe::9 2620:fe::fe:9'],
  ['Quad9', 'dns10.quad9.net', '9.9.9.10 149.112.112.10 2620:fe::10 2620:fe::fe:10'],
  ['Quad9', 'dns11.quad9.net', '9.9.9.11 149.112.112.11 2620:fe::11 2620:fe::fe:11'],
  ['Quad9', 'dns12.quad9.net', '9.9.9.12 149.112.112.12 2620:fe::12 2620:fe::fe:12'],
  ['AdGuard', 'dns.adguard-dns.com', '94.140.14.14 94.140.15.15 2a10:50c0::ad1:ff 2a10:50c0::ad2:ff'],
  ['AdGuard', 'family.adguard-dns.com', '94.140.14.15 94.140.15.16 2a10:50c0::bad1:ff 2a10:50c0::bad2:ff'],
  ['AdGuard', 'unfiltered.adguard-dns.com', '94.140.14.140 94.140.14.141 2a10:50c0::1:ff 2a10:50c0::2:ff'],
  ['Mullvad', 'dns.mullvad.net', '194.242.2.2 2a07:e340::2'],
  ['Mullvad', 'adblock.dns.mullvad.net', '194.242.2.3 2a07:e340::3'],
  ['Mullvad', 'base.dns.mullvad.net', '194.242.2.4 2a07:e340::4'],
  ['Mullvad', 'extended.dns.mullvad.net', '194.242.2.5 2a07:e340::5'],
  ['Mullvad', 'family.dns.mullvad.net', '194.242.2.6 2a07:e340::6'],
]

/** Names in the certificates of each operator, with all names below them. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  Cloudflare: ['cloudflare-dns.com', 'one.one.one.one', 'cloudflare-gateway.com'],
  Google: ['dns.google', 'dns.google.com'],
  Quad9: ['quad9.net'],
  AdGuard: ['adguard-dns.com', 'adguard.com'],
  Mullvad: ['mullvad.net'],
}

let byAddress: ReadonlyMap<string, PublicResolver> | undefined

function readResolvers(): ReadonlyMap<string, PublicResolver> {
  return new Map(
    RESOLVERS.flatMap(([operator, serverName, addresses]) =>
      addresses.split(' ').map((address) => [formatIp(parseIp(address) ?? []), { operator, serverName }] as const),
    ),
  )
}

/** The public resolver at an address, undefined for any other address. */
export function publicResolverAt(address: string): PublicResolver | undefined {
  const ip = parseIp(address)
  if (ip === undefined) return undefined
  byAddress ??= readResolvers()
  return byAddress.get(formatIp(ip))
}

/** The operator whose certificates have a name, null where nobody knows. */
export function operatorOf(serverName: string): string | null {
  const name = serverName.toLowerCase().replace(/\.$/, '')
  for (const [operator, names] of Object.entries(NAMES))
    if (names.some((each) => name === each || name.endsWith(`.${each}`))) return operator
  return null
}
