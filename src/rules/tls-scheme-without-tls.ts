import { isWhole } from '../lint/answering.ts'
import { defineRule, type RuleContext, type RuleText } from '../lint/rule.ts'
import { DEFAULT_PORT, type Transport } from '../values/transport.ts'
import type { Served } from '../verdict/servers.ts'
import type { BlockView } from '../verdict/servers-view.ts'

/** Without a `tls` plugin the listener of an encrypted scheme speaks plain text (core/dnsserver/server_tls.go Serve). */
export default defineRule({
  id: 'tls-scheme-without-tls',
  severity: 'error',
  effects: ['misbehaves', 'hygiene', 'refused'],
  explains: ({ kind }) => kind === 'tls-missing',
  check(context) {
    const { servers, reasons, report } = context
    const refused = new Set(reasons.map(({ at }) => at.index))
    for (const { at, subject } of reasons) {
      report({
        at,
        effect: 'refused',
        message: `${schemeOf(subject)} needs a certificate, so CoreDNS does not start without the tls plugin in this block (add tls CERT KEY)`,
      })
    }
    const encrypted = new Set(
      servers.blocks.filter((block) => block.has('tls')).flatMap(({ served }) => served.map(socketOf)),
    )
    for (const block of servers.blocks) {
      if (block.has('tls') || !isWhole(servers, block)) continue
      const served = block.served.find(
        ({ transport, port, key }) =>
          (PLAIN.has(transport) || isOwnPort(transport, port)) && !refused.has(key.at.index),
      )
      if (served === undefined) continue
      if (encrypted.has(socketOf(served))) reportShared(context, block, served.transport, served.key)
      else reportPlain(context, served.transport, served.key)
    }
  },
})

const PLAIN: ReadonlySet<Transport> = new Set(['tls', 'grpc'])

/** On port 80 and others DNS over HTTP is plain on purpose. */
function isOwnPort(transport: Transport, port: string): boolean {
  return transport === 'https' && port === DEFAULT_PORT.https
}

function socketOf({ transport, port }: Served): string {
  return `${transport} ${port}`
}

function reportPlain({ report }: RuleContext, transport: Transport, { at, value }: Served['key']): void {
  const plain = transport === 'tls' ? 'plain DNS over TCP' : transport === 'https' ? 'plain HTTP' : 'gRPC without TLS'
  // Behind a proxy that ends TLS, DNS over HTTP is meant so.
  const isProxied = transport === 'https'
  report({
    at,
    severity: isProxied ? 'info' : transport === 'grpc' ? 'warning' : 'error',
    effect: isProxied ? 'hygiene' : 'misbehaves',
    message: `${value} speaks ${plain} as long as the block has no tls plugin${isProxied ? ', which only a proxy in front of it can make safe' : ': clients that expect encryption get no answer, and what others ask anybody can read'} (add tls CERT KEY)`,
  })
}

/** From 1.15.0 on such blocks are refused. */
function reportShared(
  { since, report }: RuleContext,
  block: BlockView,
  transport: Transport,
  { at, value }: Served['key'],
): void {
  if (since('1.15.0')) return
  report({
    at,
    message: `${value} shares its port with a block that has tls, and has none itself: at each start chance decides whether the port speaks TLS (add the same tls line here)`,
    ...(block.served.length > 1
      ? { help: `All addresses of a port have one TLS configuration, that of ${transport}.` }
      : {}),
  })
}

function schemeOf(listener: string): string {
  return /^[a-z0-9]+:\/\//.exec(listener)?.[0] ?? listener
}

export const text: RuleText = {
  summary: 'A server block for an encrypted protocol without a certificate',
  why: 'tls:// and grpc:// before a zone choose the protocol and the port; the certificate comes from the tls plugin. Without it CoreDNS starts and speaks plain text on port 853, so that every client which expects TLS fails. quic:// and https3:// do not start.',
  links: ['coredns/coredns#4162', 'coredns/coredns#4997', 'core/dnsserver/server_tls.go Serve'],
  examples: [
    {
      bad: 'tls://.:853 {\n    forward . 10.0.0.1\n}\n',
      good: 'tls://.:853 {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'https://. {\n    forward . 10.0.0.1\n}\n',
      good: 'https://. {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'quic://. {\n    forward . 10.0.0.1\n}\n',
      good: 'quic://. {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: 'tls://a.example {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\ntls://b.example {\n    forward . 10.0.0.1\n}\n',
      good: 'tls://a.example {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\ntls://b.example {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\n',
      release: '1.14.3',
    },
  ],
}
