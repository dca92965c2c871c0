import type { DnsmasqVersion } from './dnsmasq.ts'

/** An option of dnsmasq as its option.c (`opts`, `usage`) has it. */
export interface DnsmasqOptionRow {
  /** The name that means the same, for the two options that have several: `dhcp-leasefile`, `domain`. */
  readonly name: string
  /** The letter behind a single dash. */
  readonly short: string | undefined
  /** `optional`: only behind `=`; behind the letter of a short option an argument is always needed, except for `q` and `1`. */
  readonly argument: 'none' | 'required' | 'optional'
  /** `once`: once on the command line and once in files, where the file wins; `many`: all count; `flag`: repeating changes nothing. */
  readonly repeats: 'once' | 'many' | 'flag'
  /** First release with the option; those before 2.76 are not told apart. */
  readonly since: DnsmasqVersion | undefined
  /** First release without it. */
  readonly until: DnsmasqVersion | undefined
  /** First release in which the option may have an argument at all. */
  readonly argumentSince: DnsmasqVersion | undefined
}

/** The releases that statements are about, oldest first. */
export const dnsmasqVersions: readonly DnsmasqVersion[] = [
  '2.76',
  '2.78',
  '2.79',
  '2.80',
  '2.81',
  '2.82',
  '2.83',
  '2.84',
  '2.85',
  '2.86',
  '2.87',
  '2.88',
  '2.89',
  '2.90',
  '2.91',
  '2.92',
]

/** Whether a release is `since` or later. */
export function isSinceDnsmasq(version: DnsmasqVersion, since: DnsmasqVersion): boolean {
  return release(version) >= release(since)
}

function release(version: DnsmasqVersion): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 1000 + minor
}

// Names with their letters, by what stands behind them and how often they may be there; `@` is the first release, `!` the first one without.

const FLAGS = `
  version:v no-hosts:h no-poll:n help:w no-daemon:d bogus-priv:b selfmx:e filterwin2k:f strict-order:o no-resolv:R
  expand-hosts:E localmx:L no-negcache:N domain-needed:D bind-interfaces:z read-ethers:Z keep-in-foreground:k
  dhcp-authoritative:K localise-queries:y no-ping:5 leasefile-ro:9 clear-on-reload tftp-secure tftp-no-fail
  tftp-lowercase tftp-no-blocksize log-dhcp dhcp-no-override stop-dns-rebind all-servers dhcp-fqdn test
  rebind-localhost-ok proxy-dnssec dhcp-sequential-ip conntrack dhcp-client-update enable-ra bind-dynamic dnssec
  dnssec-debug dnssec-no-timecheck quiet-dhcp quiet-dhcp6 quiet-ra dns-loop-detect script-arp dhcp-rapid-commit@2.80
  script-on-renewal@2.81 tftp-single-port@2.81 dhcp-ignore-clid@2.81 log-debug@2.85 quiet-tftp@2.86 strip-mac@2.87
  strip-subnet@2.87 filter-A@2.87 filter-AAAA@2.87 no-round-robin@2.88 no-ident@2.89 no-0x20-encode@2.91
  do-0x20-encode@2.91`

const OPTIONAL_MANY = `
  log-queries:q resolv-file:r conf-file:C bootp-dynamic:3 dhcp-ignore-names enable-tftp tftp-unique-root dhcp-broadcast
  dhcp-proxy dhcp-generate-names add-mac dnssec-check-unsigned leasequery@2.92`

const OPTIONAL_ONCE = `
  user:u group:g cache-size:c dhcp-leasefile:l local-service pid-file:x enable-dbus:1 log-async dhcp-alternate-port
  add-subnet enable-ubus@2.80 connmark-allowlist-enable@2.86 umbrella@2.86 fast-dns-retry@2.88 use-stale-cache@2.88`

const REQUIRED_ONCE = `
  servers-file mx-target:t port:p dhcp-lease:l local-ttl:T query-port:Q dhcp-lease-max:X edns-packet-max:P dhcp-script:6
  log-facility:8 dns-forward-max:0 tftp-max tftp-mtu tftp-port-range neg-ttl max-ttl min-cache-ttl max-cache-ttl
  dhcp-scriptuser min-port max-port add-cpe-id dhcp-duid auth-server auth-ttl auth-soa dnssec-timestamp dhcp-ttl
  dhcp-reply-delay@2.78 dumpfile@2.80 dumpmask@2.80 port-limit@2.88 dnssec-limits@2.90 max-tcp-connections@2.90`

const REQUIRED_MANY = `
  mx-host:m dhcp-host:G dhcp-range:F dhcp-option:O dhcp-boot:M domain:s domain-suffix:s interface:i listen-address:a
  bogus-nxdomain:B ignore-address server:S rev-server local address:A addn-hosts:H hostsdir except-interface:I
  no-dhcp-interface:2 alias:V dhcp-vendorclass:U dhcp-userclass:j dhcp-ignore:J srv-host:W txt-record:Y dns-rr dhcp-mac:4
  conf-dir:7 tftp-root ptr-record naptr-record bridge-interface dhcp-option-force dhcp-circuitid dhcp-remoteid
  dhcp-subscrid interface-name dhcp-hostsfile dhcp-optsfile dhcp-hostsdir dhcp-optsdir rebind-domain-ok dhcp-match cname
  pxe-prompt pxe-service tag-if dhcp-luascript host-record auth-zone auth-sec-servers auth-peer ipset synth-domain
  trust-anchor dhcp-prefix-class!2.81 dhcp-relay ra-param caa-record@2.80 dhcp-name-match@2.80 shared-network@2.81
  dhcp-pxe-vendor@2.83 dynamic-host@2.85 connmark-allowlist@2.86 conf-script@2.87 nftset@2.87 filter-rr@2.90
  cache-rr@2.90 no-dhcpv4-interface@2.90 no-dhcpv6-interface@2.90 dhcp-option-pxe@2.91 dhcp-split-relay@2.92`

/** Options that were flags once. */
const ARGUMENT_SINCE: Readonly<Record<string, DnsmasqVersion>> = {
  'local-service': '2.90',
  'tftp-unique-root': '2.78',
  'dnssec-check-unsigned': '2.80',
  'enable-ubus': '2.81',
}

/** Names that mean the same as another one. */
const SAME: Readonly<Record<string, string>> = { 'dhcp-lease': 'dhcp-leasefile', 'domain-suffix': 'domain' }

function rows(
  words: string,
  argument: DnsmasqOptionRow['argument'],
  repeats: DnsmasqOptionRow['repeats'],
): [string, DnsmasqOptionRow][] {
  return words
    .trim()
    .split(/\s+/)
    .map((word) => {
      const {
        name = '',
        short,
        since,
        until,
      } = /^(?<name>[^:@!]+)(?::(?<short>.))?(?:@(?<since>.+))?(?:!(?<until>.+))?$/.exec(word)?.groups ?? {}
      return [
        name,
        {
          name: SAME[name] ?? name,
          short,
          argument,
          repeats,
          since: since as DnsmasqVersion | undefined,
          until: until as DnsmasqVersion | undefined,
          argumentSince: ARGUMENT_SINCE[name],
        },
      ]
    })
}

/** Every option of dnsmasq 2.76 to 2.92 by its long name. */
export const dnsmasqOptions: ReadonlyMap<string, DnsmasqOptionRow> = new Map([
  ...rows(FLAGS, 'none', 'flag'),
  ...rows(OPTIONAL_MANY, 'optional', 'many'),
  ...rows(OPTIONAL_ONCE, 'optional', 'once'),
  ...rows(REQUIRED_ONCE, 'required', 'once'),
  ...rows(REQUIRED_MANY, 'required', 'many'),
])

/** The letters that may stand behind one dash (`OPTSTRING`), and the option of each. */
export const dnsmasqLetters: ReadonlyMap<string, DnsmasqOptionRow> = new Map(
  [...dnsmasqOptions.values()].flatMap((row) => (row.short === undefined ? [] : [[row.short, row] as const])).reverse(),
)

/** Whether a letter takes an argument, in the same word or the next one. */
export function letterTakesArgument(row: DnsmasqOptionRow): boolean {
  return row.argument === 'required' || (row.argument === 'optional' && row.short !== 'q' && row.short !== '1')
}

/** What a long name on the command line means. */
export interface NamedOption {
  readonly row: DnsmasqOptionRow
  /** Releases in which the name is not in the table or fits several; the option is refused there. */
  readonly refusals: readonly {
    readonly since?: DnsmasqVersion
    readonly until?: DnsmasqVersion
    readonly why: string
  }[]
}

/**
 * The option of a long name: written out, or cut where no other one of the release begins so (getopt_long). Of a name that
 * is cut and fits different options in different releases it is that of the newest. Undefined where no release takes it.
 */
export function optionNamed(name: string): NamedOption | undefined {
  const exact = dnsmasqOptions.get(name)
  if (exact) return { row: exact, refusals: outsideOf(exact, `--${name}`) }
  const candidates = [...dnsmasqOptions].filter(([long]) => name !== '' && long.startsWith(name)).map(([, row]) => row)
  let row: DnsmasqOptionRow | undefined
  const refused: { version: DnsmasqVersion; why: string }[] = []
  for (const version of dnsmasqVersions) {
    const fitting = candidates.filter(
      ({ since, until }) =>
        (since === undefined || isSinceDnsmasq(version, since)) &&
        (until === undefined || !isSinceDnsmasq(version, until)),
    )
    const [first] = fitting
    // getopt_long takes two options that mean the same and are written alike for one.
    if (first && fitting.every((other) => other.name === first.name && other.argument === first.argument)) row = first
    else
      refused.push({
        version,
        why: fitting.length === 0 ? `no option begins with --${name}` : ambiguity(name, fitting),
      })
  }
  return row && { row, refusals: stretches(refused) }
}

/** The option of a name in a file, where it is always written out. */
export function optionInFile(name: string): NamedOption | undefined {
  const row = dnsmasqOptions.get(name)
  return row && { row, refusals: outsideOf(row, name) }
}

function outsideOf(row: DnsmasqOptionRow, written: string): NamedOption['refusals'] {
  const { since, until } = row
  return [
    ...(since === undefined ? [] : [{ until: since, why: `${written} is an option since dnsmasq ${since}` }]),
    ...(until === undefined ? [] : [{ since: until, why: `${written} is no option since dnsmasq ${until}` }]),
  ]
}

function ambiguity(name: string, rows: readonly DnsmasqOptionRow[]): string {
  const names = rows.slice(0, 3).map((row) => `--${row.name}`)
  return `--${name} may be ${names.join(', ')}${rows.length > 3 ? ' or others' : ''}`
}

/** Neighbouring releases with the same reason as one stretch. */
function stretches(refused: readonly { version: DnsmasqVersion; why: string }[]): NamedOption['refusals'] {
  const found: { since?: DnsmasqVersion; until?: DnsmasqVersion; why: string }[] = []
  let next = -1
  for (const { version, why } of refused) {
    const at = dnsmasqVersions.indexOf(version)
    const last = found.at(-1)
    const until = dnsmasqVersions[at + 1]
    const end = until === undefined ? {} : { until }
    if (last && at === next && last.why === why) {
      delete last.until
      Object.assign(last, end)
    } else {
      found.push({ ...(at === 0 ? {} : { since: version }), ...end, why })
    }
    next = at + 1
  }
  return found
}
