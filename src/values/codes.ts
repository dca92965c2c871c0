import type { Release } from './release.ts'
import { isSince } from './release.ts'

// The tables of miekg/dns (ztypes.go, msg.go, reverse.go): the names as it writes them, in the order of their numbers.

const TYPES: ReadonlyMap<string, number> = new Map([
  ...numbered(0, 'None A NS MD MF CNAME SOA MB MG MR NULL'),
  ...numbered(12, 'PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT'),
  ...numbered(23, 'NSAP-PTR SIG KEY PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT'),
  ...numbered(39, 'DNAME'),
  ...numbered(41, 'OPT APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA'),
  ...numbered(55, 'HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS'),
  ...numbered(99, 'SPF UINFO UID GID UNSPEC NID L32 L64 LP EUI48 EUI64'),
  ...numbered(128, 'NXNAME'),
  ...numbered(249, 'TKEY TSIG IXFR AXFR MAILB MAILA ANY URI CAA AVC'),
  ...numbered(260, 'AMTRELAY RESINFO'),
  ...numbered(32768, 'TA DLV'),
  ...numbered(65535, 'Reserved'),
])

const CLASSES: ReadonlyMap<string, number> = new Map([...numbered(1, 'IN CS CH HS'), ...numbered(254, 'NONE ANY')])

const RCODES: ReadonlyMap<string, number> = new Map([
  ...numbered(0, 'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE DSOTYPENI'),
  ...numbered(4, 'NOTIMPL'),
  ...numbered(16, 'BADSIG BADKEY BADTIME BADMODE BADNAME BADALG BADTRUNC BADCOOKIE'),
])

/** The first CoreDNS release whose DNS library knows the name; the others were always known. */
const SINCE: Readonly<Record<string, Release>> = {
  NOTIMP: '1.3.0',
  APL: '1.6.7',
  HTTPS: '1.8.0',
  SVCB: '1.8.0',
  ZONEMD: '1.8.4',
  AMTRELAY: '1.11.0',
  IPSECKEY: '1.11.0',
  NXNAME: '1.11.4',
  RESINFO: '1.12.1',
  DSOTYPENI: '1.12.2',
}

function numbered(first: number, names: string): [string, number][] {
  return names.split(' ').map((name, at) => [name, first + at])
}

function find(table: ReadonlyMap<string, number>, name: string, release: Release | undefined): number | undefined {
  const since = SINCE[name]
  return since !== undefined && release !== undefined && !isSince(release, since) ? undefined : table.get(name)
}

/** miekg/dns `StringToType`: the number of a query type written exactly so (`AAAA`; `TYPE65` is none); of any release when none is given. */
export function queryTypeOf(name: string, release?: Release): number | undefined {
  return find(TYPES, name, release)
}

/** The name of a query type of this number; `TYPE123` where it has none. */
export function queryTypeName(number: number): string {
  for (const [name, own] of TYPES) if (own === number) return name
  return `TYPE${number}`
}

/** miekg/dns `StringToClass`: the number of a class written exactly so. */
export function queryClassOf(name: string): number | undefined {
  return CLASSES.get(name)
}

/** miekg/dns `StringToRcode`: the number of a response code written exactly so; `BADVERS` is none. */
export function rcodeOf(name: string, release?: Release): number | undefined {
  return find(RCODES, name, release)
}

/** The names of all query types that the release knows, in the order of their numbers. */
export function queryTypes(release?: Release): string[] {
  return [...TYPES.keys()].filter((name) => find(TYPES, name, release) !== undefined)
}

/** The names of all classes, in the order of their numbers. */
export function queryClasses(): string[] {
  return [...CLASSES.keys()]
}

/** The names of all response codes that the release knows. */
export function rcodes(release?: Release): string[] {
  return [...RCODES.keys()].filter((name) => find(RCODES, name, release) !== undefined)
}
