import { upstreamOf } from '../lint/forwarding.ts'
import { publicResolverAt } from '../lint/public-resolvers.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without a server name the certificate must have the address itself (plugin/forward/setup.go parseStanza, crypto/tls). */
export default defineRule({
  id: 'forward-tls-no-servername',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  fragments: true,
  check({ servers, release, report }) {
    for (const forward of servers.plugins('forward')) {
      const names = forward.properties('tls_servername')
      if (names.length > 0 || [...forward.lines()].some(({ name }) => !name.known)) continue
      const unnamed = forward.args.slice(1).find((word) => {
        // Before 1.13.2 it named an interface, which is said elsewhere.
        return upstreamOf(word, release)?.transport === 'tls' && !word.value.includes('%')
      })
      if (unnamed === undefined) continue
      const known = publicResolverAt(upstreamOf(unnamed, release)?.host ?? '')
      report({
        at: unnamed.place,
        message: `${unnamed.value} is asked without a server name, so only a certificate for the address itself is accepted (add tls_servername ${known?.serverName ?? 'with the name in its certificate'})`,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A TLS upstream without the name in its certificate',
  why: 'The certificate of an upstream is checked against tls_servername. Without it the certificate must be for the IP address, which few private resolvers have: every query fails in the handshake, and the day a public one leaves its address out of its certificate the same happens.',
  links: ['coredns/coredns#4992', 'coredns/coredns#3585', 'coredns/coredns#2426'],
  examples: [
    {
      bad: '.:53 {\n    forward . tls://10.0.0.53\n}\n',
      good: '.:53 {\n    forward . tls://10.0.0.53 {\n        tls_servername dns.corp.example\n    }\n}\n',
    },
    {
      bad: '.:53 {\n    forward . tls://9.9.9.9\n}\n',
      good: '.:53 {\n    forward . tls://9.9.9.9%dns.quad9.net\n}\n',
    },
  ],
}
