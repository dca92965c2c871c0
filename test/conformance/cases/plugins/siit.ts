import type { Case } from '../../case.ts'

const siit = (id: string, block: string): Case => ({ id: `siit-${id}`, text: `. {\n  siit ${block}\n  whoami\n}\n` })
const property = (id: string, line: string) => siit(id, `{\n    ${line}\n  }`)

export const cases: readonly Case[] = [
  siit('alone', ''),
  siit('argument', '64:ff9b::/96'),
  siit('twice', '\n  siit'),
  siit('empty-block', '{\n  }'),
  siit('glued-block', '{}'),
  siit('one-line-block', '{ ipv6_prefix 64:ff9b::/96 }'),
  siit('block-on-next-line', '\n  {\n    ipv6_prefix 64:ff9b::/96\n  }'),
  ...[32, 40, 48, 56, 64, 96].map((length) => property(`prefix-${length}`, `ipv6_prefix 2001:db8::/${length}`)),
  ...[0, 31, 63, 80, 95, 97, 128].map((length) => property(`prefix-${length}`, `ipv6_prefix 2001:db8::/${length}`)),
  property('prefix-reserved-octet', 'ipv6_prefix 2001:db8:0:0:ff00::/96'),
  property('prefix-reserved-octet-of-host', 'ipv6_prefix 2001:db8:0:0:ff00::/64'),
  property('prefix-ipv4', 'ipv6_prefix 10.0.0.0/32'),
  property('prefix-mapped', 'ipv6_prefix ::ffff:10.0.0.0/96'),
  property('prefix-without-length', 'ipv6_prefix 64:ff9b::'),
  property('prefix-alone', 'ipv6_prefix'),
  property('prefix-twice', 'ipv6_prefix 64:ff9b::/96\n    ipv6_prefix 2001:db8::/32'),
  property('prefix-surplus-is-a-property', 'ipv6_prefix 64:ff9b::/96 eam 192.0.2.1 2001:db8::1'),
  property('prefix-surplus', 'ipv6_prefix 64:ff9b::/96 more'),
  property('eam', 'eam 192.0.2.1 2001:db8::1'),
  property('eam-twice', 'eam 192.0.2.1 2001:db8::1\n    eam 192.0.2.1 2001:db8::1'),
  property('eam-alone', 'eam'),
  property('eam-one', 'eam 192.0.2.1'),
  property('eam-surplus', 'eam 192.0.2.1 2001:db8::1 x'),
  property('eam-swapped', 'eam 2001:db8::1 192.0.2.1'),
  property('eam-both-ipv4', 'eam 192.0.2.1 192.0.2.2'),
  property('eam-mapped-is-ipv4', 'eam ::ffff:192.0.2.1 2001:db8::1'),
  property('eam-mapped-is-not-ipv6', 'eam 192.0.2.1 ::ffff:192.0.2.1'),
  property('eam-network', 'eam 192.0.2.0/24 2001:db8::/120'),
  property('eam-name', 'eam host 2001:db8::1'),
  property('unknown-property', 'prefix 64:ff9b::/96'),
]
