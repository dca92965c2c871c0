import { replaceToken } from '../lint/edits.ts'
import { type Upstream, upstreamOf } from '../lint/forwarding.ts'
import { isOwnAddress } from '../lint/listeners.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { joinHostPort } from '../values/hostport.ts'
import { parseIp } from '../values/ip.ts'
import { splitTransport } from '../values/transport.ts'
import type { OccurrenceView, PropertyView, WordView } from '../verdict/servers-view.ts'

/** TLS is spoken only to upstreams with a scheme that says so (plugin/forward/setup.go parseStanza). */
export default defineRule({
  id: 'tls-servername-without-tls',
  severity: 'error',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, release, report }) {
    for (const forward of servers.plugins('forward')) {
      const targets = forward.args.slice(1)
      if (targets.length === 0 || targets.some(({ known }) => !known)) continue
      if (targets.some(({ value }) => splitTransport(value, release).transport !== 'dns')) continue
      const option = tlsOption(forward)
      const onTlsPort = option === null ? targets.filter((word) => isTlsPort(upstreamOf(word, release))) : []
      const [plain] = onTlsPort
      if (option === null && plain === undefined) continue
      const [first] = targets
      const to = targets.map(({ value }) => value).join(' ')
      report({
        at: option?.name.place ?? plain?.place ?? forward.name.place,
        message:
          option !== null
            ? `${option.name.value} changes nothing here: queries to ${to} leave unencrypted, because only upstreams written with tls:// speak TLS`
            : `port 853 expects TLS, but ${plain?.value} is sent plain DNS and will not answer: write tls://${plain?.value}`,
        ...(option !== null && first !== undefined
          ? { related: [{ at: first.place, message: 'is asked without encryption' }] }
          : {}),
        fix: addScheme(option === null ? onTlsPort : targets, release),
      })
    }
  },
})

function tlsOption(forward: OccurrenceView): PropertyView | null {
  for (const line of forward.lines())
    if (line.name.known && (line.name.value === 'tls_servername' || line.name.value === 'tls')) return line
  return null
}

/** On the own machine something may well answer plain DNS there. */
function isTlsPort(upstream: Upstream | null): boolean {
  const ip = parseIp(upstream?.host ?? '')
  return upstream?.port === '853' && ip !== undefined && !isOwnAddress(ip)
}

/** Puts `tls://` in front of every upstream; port 53 goes, since a server that speaks TLS does not do it there. */
function addScheme(targets: readonly WordView[], release: string): ProposedFix | null {
  const upstreams = targets.map((word) => upstreamOf(word, release))
  const edits = upstreams.flatMap((upstream) => {
    if (upstream === null || upstream.word.value.includes('%')) return []
    const { word, host, port } = upstream
    const address = port === '53' ? host : word.value
    return [
      replaceToken(word.place, `tls://${address === host && host.includes(':') ? joinHostPort(host, '853') : address}`),
    ]
  })
  const list = targets[0]?.place.list
  if (edits.length < targets.length || targets.some(({ place }) => place.list !== list)) return null
  return { title: 'speak TLS to the upstreams', safety: 'unsafe', edits, ...(list === undefined ? {} : { list }) }
}

export const text: RuleText = {
  summary: 'A forward that is meant to be encrypted and is not',
  why: 'forward speaks TLS only to upstreams that are written with `tls://`. With `tls_servername` or `tls` beside a plain address CoreDNS starts, says nothing, and sends every query unencrypted to port 53.',
  links: ['coredns/coredns#6078', 'coredns/coredns#6119', 'plugin/forward/setup.go parseStanza'],
  examples: [
    {
      bad: '.:53 {\n    forward . 9.9.9.9 149.112.112.112 {\n        tls_servername dns.quad9.net\n    }\n}\n',
      good: '.:53 {\n    forward . tls://9.9.9.9 tls://149.112.112.112 {\n        tls_servername dns.quad9.net\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 9.9.9.9:53 {\n        tls_servername dns.quad9.net\n    }\n}\n',
      good: '.:53 {\n    forward . tls://9.9.9.9 {\n        tls_servername dns.quad9.net\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 2620:fe::fe {\n        tls_servername dns.quad9.net\n    }\n}\n',
      good: '.:53 {\n    forward . tls://[2620:fe::fe]:853 {\n        tls_servername dns.quad9.net\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 9.9.9.9:853\n}\n',
      good: '.:53 {\n    forward . tls://9.9.9.9:853\n}\n',
    },
  ],
}
