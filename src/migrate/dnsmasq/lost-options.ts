import { exact, untranslatable } from '../contribution.ts'
import type { Item, ItemSource } from '../plan.ts'

/** Options that other files translate. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'server',
  'local',
  'rev-server',
  'address',
  'strict-order',
  'all-servers',
  'resolv-file',
  'no-resolv',
  'host-record',
  'cname',
  'txt-record',
  'srv-host',
  'mx-host',
  'ptr-record',
  'naptr-record',
  'caa-record',
  'dns-rr',
  'synth-domain',
  'addn-hosts',
  'conf-file',
  'conf-dir',
  'servers-file',
  'hostsdir',
  'localmx',
  'selfmx',
])

/** Options that change nothing about answers: how the process runs, where it logs. */
const NO_EFFECT: ReadonlySet<string> = new Set([
  'keep-in-foreground',
  'no-daemon',
  'user',
  'group',
  'pid-file',
  'log-facility',
  'log-async',
  'log-debug',
  'cache-rr',
  'bind-interfaces',
  'bind-dynamic',
  'fast-dns-retry',
  'read-ethers',
])

/** What there is in place of an option without anything to write, as a sentence without a full stop. */
const DONE: Readonly<Record<string, string>> = {
  'no-hosts': 'the hosts file of the machine is not read: hosts has /dev/null in its place',
  'expand-hosts': 'names without a dot stand in hosts with the domain as well, where there is one',
  'mx-target': 'the target of MX records that name none',
  'no-poll': 'CoreDNS reads resolv.conf when it starts, and not again',
  'no-ident': 'CoreDNS says nothing of itself without the plugin chaos',
  'clear-on-reload': 'CoreDNS has its answers anew after every reload anyway',
  'no-0x20-encode': 'forward leaves the case of names as it is',
  version: 'says something and ends: no server',
  help: 'says something and ends: no server',
  test: 'says something and ends: no server',
}

/** What is lost with an option, as a sentence without a full stop. */
const LOST: Readonly<Record<string, string>> = {
  'stop-dns-rebind':
    'a protection is lost: CoreDNS passes private addresses from upstreams on, so answers can point into your network',
  'rebind-localhost-ok': 'belongs to --stop-dns-rebind, which CoreDNS does not have',
  'rebind-domain-ok': 'belongs to --stop-dns-rebind, which CoreDNS does not have',
  'bogus-nxdomain': 'CoreDNS does not look into the answers of upstreams, so these addresses come through',
  'ignore-address': 'CoreDNS does not look into the answers of upstreams, so these addresses come through',
  alias: 'CoreDNS does not change addresses in the answers of upstreams',
  dnssec: 'forward does not validate; ask an upstream that does',
  'dnssec-check-unsigned': 'forward does not validate; ask an upstream that does',
  'dnssec-no-timecheck': 'forward does not validate; ask an upstream that does',
  'dnssec-timestamp': 'forward does not validate; ask an upstream that does',
  'dnssec-limits': 'forward does not validate; ask an upstream that does',
  'dnssec-debug': 'forward does not validate; ask an upstream that does',
  'trust-anchor': 'forward does not validate; ask an upstream that does',
  'do-0x20-encode': 'forward sends names in the case in which clients write them, which makes forging answers easier',
  'neg-ttl': 'CoreDNS keeps negative answers only with an SOA, and then for its TTL at most',
  'query-port': 'the port that queries are sent from cannot be chosen',
  'min-port': 'the port that queries are sent from cannot be chosen',
  'max-port': 'the port that queries are sent from cannot be chosen',
  'port-limit': 'the port that queries are sent from cannot be chosen',
  'local-service': 'which networks may ask must be written down: acl',
  'localise-queries': 'answers cannot depend on the interface that a query came in on',
  'interface-name': 'addresses of interfaces are not known to CoreDNS',
  'dynamic-host': 'addresses of interfaces are not known to CoreDNS',
  'strip-subnet': 'a client subnet in queries cannot be removed',
  umbrella: 'no plugin adds these options to queries',
  'add-mac': 'no plugin adds these options to queries',
  'strip-mac': 'no plugin adds these options to queries',
  'add-cpe-id': 'no plugin adds this option with that number',
  conntrack: 'CoreDNS has no part in connection tracking',
  'connmark-allowlist': 'CoreDNS has no part in connection tracking',
  'connmark-allowlist-enable': 'CoreDNS has no part in connection tracking',
  ipset: 'CoreDNS does not fill sets of the packet filter: what relies on them stops working',
  nftset: 'CoreDNS does not fill sets of the packet filter: what relies on them stops working',
  'conf-script': 'a program that writes configuration is never run here',
  'enable-dbus': 'servers can no longer be changed while it runs',
  'enable-ubus': 'servers can no longer be changed while it runs',
  dumpfile: 'no packets are written to a file',
  dumpmask: 'no packets are written to a file',
  'max-tcp-connections': 'CoreDNS limits TCP connections per server block, not in all',
}

/** `--auth-...`, `--dhcp-...` and the like by their beginning. */
const LOST_FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^auth-/, 'an authoritative zone is served from a zone file: file, and transfer for its secondaries'],
  [
    /^(?:dhcp|no-dhcp|tag-if|bootp|domain-suffix|leasequery|shared-network|bridge-interface)/,
    'CoreDNS leases no addresses: names of leases stop resolving, keep a DHCP server and give it the names',
  ],
  [/^(?:ra-|enable-ra|quiet-ra|slaac)/, 'CoreDNS announces no routes'],
  [/^(?:tftp|enable-tftp|pxe)/, 'CoreDNS serves no files'],
  [/^(?:quiet-|script-|leasefile|no-ping|log-dhcp)/, 'belongs to DHCP, which CoreDNS does not have'],
]

/** The item of an option that has nothing to write; null for one that other files translate. */
export function itemWithoutEffect(name: string, source: ItemSource): Item | null {
  if (ELSEWHERE.has(name)) return null
  const done = DONE[name]
  if (done !== undefined) return exact(source, done)
  if (NO_EFFECT.has(name)) return exact(source, 'changes no answer: nothing to write')
  const family = LOST_FAMILIES.find(([pattern]) => pattern.test(name))
  return untranslatable(source, LOST[name] ?? family?.[1] ?? 'CoreDNS has nothing like it')
}
