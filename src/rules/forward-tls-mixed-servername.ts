import { removeProperty, replaceToken } from '../lint/edits.ts'
import { type Upstream, upstreamOf } from '../lint/forwarding.ts'
import { operatorOf, type PublicResolver, publicResolverAt } from '../lint/public-resolvers.ts'
import { defineRule, type ProposedFix, type RuleContext, type RuleText } from '../lint/rule.ts'
import { parseForwardTarget, splitServerName } from '../values/endpoint.ts'
import { isInvalid } from '../values/invalid.ts'
import { isIp } from '../values/ip.ts'
import type { OccurrenceView, PropertyView } from '../verdict/servers-view.ts'

/** One `tls_servername` is for all upstreams of a forward; a name for each stands behind `%` (plugin/forward/setup.go parseStanza). */
export default defineRule({
  id: 'forward-tls-mixed-servername',
  severity: 'warning',
  effects: ['misbehaves', 'refused'],
  fix: 'unsafe',
  fragments: true,
  explains: ({ kind, plugin, property }) =>
    kind === 'conflict' && plugin === 'forward' && property === 'tls_servername',
  check(context) {
    for (const { at, subject } of context.reasons) {
      context.report({
        at,
        severity: 'error',
        effect: 'refused',
        message: `${subject} names its TLS server behind % and tls_servername names one as well, so CoreDNS does not start (take one of them out)`,
      })
    }
    for (const forward of context.servers.plugins('forward')) {
      if (forward.args.some(({ known }) => !known)) continue
      if (context.since('1.13.2')) checkNames(context, forward)
      else checkZones(context, forward)
    }
  },
})

interface KnownUpstream {
  readonly upstream: Upstream
  readonly resolver: PublicResolver | undefined
}

function checkNames(context: RuleContext, forward: OccurrenceView): void {
  const { release, since, report } = context
  const line = forward.properties('tls_servername').at(-1)
  const name = line?.args[0]
  if (line === undefined || name === undefined || !name.known || name.value === '') return
  const upstreams = upstreamsOf(forward, release)
  if (upstreams.some(({ upstream }) => splitServerName(upstream.word.value, release).serverName !== '')) return
  const owner = operatorOf(name.value)
  const operators = new Set(upstreams.map(({ resolver }) => resolver?.operator))
  const wrong = upstreams.filter(({ resolver }) =>
    owner === null
      ? operators.size > 1 && resolver !== undefined
      : resolver !== undefined && resolver.operator !== owner,
  )
  const [first] = wrong
  if (first === undefined) return
  const { upstream, resolver } = first
  const addresses = wrong.map((each) => each.upstream.word.value)
  report({
    at: name.place,
    severity: wrong.length === forward.args.length - 1 ? 'error' : 'warning',
    message: `${addresses.join(' and ')} ${wrong.length > 1 ? 'have' : 'has'} no certificate for ${name.value}, so every query sent there fails (write the name behind each address: ${nameFor(upstream, resolver)})`,
    related: [{ at: upstream.word.place, message: `a server of ${resolver?.operator}` }],
    help: 'tls_servername is for all upstreams of its forward.',
    // Before 1.14.2 the brackets of an IPv6 address were torn apart (plugin/forward/setup.go splitZone).
    fix:
      !since('1.14.2') && upstreams.some((each) => each.upstream.host.includes(':'))
        ? null
        : nameEach(forward, line, upstreams),
  })
}

/** From 1.6.7 on what stands behind `%` was read as the network interface of an address, which no TLS server is behind. */
function checkZones({ release, since, report }: RuleContext, forward: OccurrenceView): void {
  if (!since('1.6.7')) return
  for (const word of forward.args.slice(1)) {
    const [, address = '', name = ''] = /^tls:\/\/\[?([^%\]]+)%([^\]:]+\.[^\]:]+)/.exec(word.value) ?? []
    if (address === '' || !isIp(address)) continue
    const target = parseForwardTarget(word.value, release)
    if (isInvalid(target) || target.kind !== 'address') continue
    report({
      at: word.place,
      severity: 'error',
      message: `CoreDNS ${release} reads ${name} as a network interface and cannot reach ${address}: a server name behind % is known from 1.13.2 on (write tls_servername ${name} in a block)`,
    })
  }
}

function upstreamsOf(forward: OccurrenceView, release: string): KnownUpstream[] {
  return forward.args.slice(1).flatMap((word) => {
    const upstream = upstreamOf(word, release)
    return upstream?.transport === 'tls' ? [{ upstream, resolver: publicResolverAt(upstream.host) }] : []
  })
}

function nameFor({ host, port }: Upstream, resolver: PublicResolver | undefined): string {
  const named = `${host}%${resolver?.serverName}`
  return `tls://${host.includes(':') ? `[${named}]` : named}${port === '853' && !host.includes(':') ? '' : `:${port}`}`
}

/** A name for every upstream instead of one for all, where the names of all are known. */
function nameEach(
  forward: OccurrenceView,
  line: PropertyView,
  upstreams: readonly KnownUpstream[],
): ProposedFix | null {
  const { list } = forward.name.place
  if (upstreams.length < forward.args.length - 1 || upstreams.some(({ resolver }) => resolver === undefined))
    return null
  const removed = forward.properties('tls_servername').length > 1 ? null : removeProperty(forward, line)
  if (removed === null || upstreams.some(({ upstream }) => upstream.word.place.list !== list)) return null
  const named = upstreams.map(({ upstream, resolver }) =>
    replaceToken(upstream.word.place, nameFor(upstream, resolver)),
  )
  return {
    title: 'give each upstream the name in its own certificate',
    safety: 'unsafe',
    edits: [...named, removed],
    list,
  }
}

export const text: RuleText = {
  summary: 'One TLS server name for upstreams that have different certificates',
  why: 'forward checks the certificate of every upstream against the one name in tls_servername. Upstreams of another operator have no certificate for it: each query sent to them fails, and with the policy random that is every second one. Since 1.13.2 each upstream can have its own name behind `%`.',
  links: [
    'coredns/coredns#3585',
    'coredns/coredns#6059',
    'plugin/forward/README.md Bugs',
    'plugin/forward/setup.go parseStanza',
  ],
  examples: [
    {
      bad: '.:53 {\n    forward . tls://1.1.1.1 tls://9.9.9.9 {\n        tls_servername cloudflare-dns.com\n    }\n}\n',
      good: '.:53 {\n    forward . tls://1.1.1.1%cloudflare-dns.com tls://9.9.9.9%dns.quad9.net\n}\n',
    },
    {
      bad: '.:53 {\n    forward . tls://8.8.8.8 tls://8.8.4.4 {\n        tls_servername cloudflare-dns.com\n        max_concurrent 1000\n    }\n}\n',
      good: '.:53 {\n    forward . tls://8.8.8.8%dns.google tls://8.8.4.4%dns.google {\n        max_concurrent 1000\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    forward . tls://1.1.1.1%cloudflare-dns.com {\n        tls_servername cloudflare-dns.com\n    }\n}\n',
      good: '.:53 {\n    forward . tls://1.1.1.1%cloudflare-dns.com\n}\n',
    },
    {
      bad: '.:53 {\n    forward . tls://9.9.9.9%dns.quad9.net\n}\n',
      good: '.:53 {\n    forward . tls://9.9.9.9 {\n        tls_servername dns.quad9.net\n    }\n}\n',
      release: '1.11.1',
    },
  ],
}
