import type { Case } from '../../case.ts'

const proxyproto = (id: string, block: string): Case => ({
  id: `proxyproto-${id}`,
  text: `. {\n  proxyproto ${block}\n  whoami\n}\n`,
})
const property = (id: string, line: string) => proxyproto(id, `{\n    ${line}\n  }`)

export const cases: readonly Case[] = [
  proxyproto('alone', ''),
  proxyproto('argument', 'x'),
  proxyproto('twice', '\n  proxyproto'),
  proxyproto('empty-block', '{\n  }'),
  proxyproto('glued-block', '{}'),
  proxyproto('one-line-block', '{ allow 10.0.0.0/8 }'),
  proxyproto('block-on-next-line', '\n  {\n    allow 10.0.0.0/8\n  }'),
  property('allow', 'allow 10.0.0.0/8 fd00::/8'),
  property('allow-twice', 'allow 10.0.0.0/8\n    allow 192.168.0.0/16'),
  property('allow-alone', 'allow'),
  property('allow-address', 'allow 10.0.0.1'),
  property('allow-host-bits', 'allow 10.1.2.3/8'),
  property('allow-too-long', 'allow 10.0.0.0/33'),
  property('default', 'allow 10.0.0.0/8\n    default reject'),
  property('default-without-allow', 'default use'),
  property('default-upper-case', 'default SKIP'),
  property('default-ignore', 'default ignore'),
  property('default-unknown', 'default deny'),
  property('default-alone', 'default'),
  property('default-surplus', 'default use skip'),
  property('default-twice', 'default use\n    default skip'),
  property('tracking', 'udp_session_tracking 30s'),
  property('tracking-with-most', 'udp_session_tracking 30s 100'),
  property('tracking-zero', 'udp_session_tracking 0'),
  property('tracking-negative', 'udp_session_tracking -1s'),
  property('tracking-without-unit', 'udp_session_tracking 30'),
  property('tracking-alone', 'udp_session_tracking'),
  property('tracking-most-zero', 'udp_session_tracking 30s 0'),
  property('tracking-most-word', 'udp_session_tracking 30s many'),
  property('tracking-surplus', 'udp_session_tracking 30s 1 2'),
  property('tlv-metadata', 'tlv_metadata'),
  property('tlv-metadata-argument', 'tlv_metadata on'),
  property('unknown-property', 'deny 10.0.0.0/8'),
  property('property-in-capitals', 'Allow 10.0.0.0/8'),
]
