import type { DnsmasqVersion } from '../../sources/dnsmasq.ts'

/** The dnsmasq that is assumed where nobody says which. */
export const ASSUMED_DNSMASQ: DnsmasqVersion = '2.90'

/** Where kubedns listens unless it is told otherwise. */
export const KUBEDNS_PORT = 10_053
