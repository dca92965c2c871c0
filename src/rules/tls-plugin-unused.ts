import { insertBefore } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import { listensOn } from '../lint/served-zones.ts'
import { splitTransport, type Transport } from '../values/transport.ts'
import type { Served } from '../verdict/servers.ts'
import type { BlockView } from '../verdict/servers-view.ts'

/** Only listeners of encrypted protocols look for a certificate (core/dnsserver/server.go NewServer does not). */
export default defineRule({
  id: 'tls-plugin-unused',
  severity: 'info',
  effects: ['misbehaves', 'hygiene'],
  fix: 'unsafe',
  check({ servers, release, report }) {
    for (const block of servers.blocks) {
      const [tls] = block.occurrences('tls')
      if (tls === undefined || block.keys.some(({ known }) => !known)) continue
      const isOther = ({ transport, zone }: Served) => transport !== 'dns' || zone.includes('://')
      if (block.served.length === 0 || block.served.some(isOther)) continue
      const meant = block.served.find(({ port }) => port in SCHEMES)
      if (meant === undefined) {
        report({
          at: tls.name.place,
          effect: 'hygiene',
          message:
            'tls does nothing in a block that speaks plain DNS alone (write tls:// before the zone, or take tls out)',
        })
        continue
      }
      const scheme = SCHEMES[meant.port] ?? 'tls'
      report({
        at: meant.key.at,
        severity: 'error',
        effect: 'misbehaves',
        message: `port ${meant.port} speaks plain DNS here although the block has tls: clients that expect encryption get no answer (write ${scheme}://${meant.key.value})`,
        related: [{ at: tls.name.place, message: 'is not used' }],
        fix: listensOn(servers, scheme, meant.port) ? null : addScheme(block, scheme, release),
      })
    }
  },
})

const SCHEMES: Readonly<Record<string, Transport>> = { '853': 'tls', '443': 'https' }

function addScheme({ keys, served }: BlockView, scheme: Transport, release: string): ProposedFix | null {
  const list = keys[0]?.at.list
  const whole = keys.every(({ at, value }) => at.list === list && value === splitTransport(value, release).address)
  if (list === undefined || !whole || served.some(({ port }) => SCHEMES[port] !== scheme)) return null
  return {
    title: `speak ${scheme === 'tls' ? 'TLS' : 'HTTPS'} on that port`,
    safety: 'unsafe',
    edits: keys.map(({ at }) => insertBefore(at, `${scheme}://`)),
  }
}

export const text: RuleText = {
  summary: 'A certificate in a block that speaks plain DNS alone',
  why: 'The port does not choose the protocol: `.:853` with a tls plugin is plain DNS on port 853. The scheme does, `tls://.`, and without one the certificate is read and never used.',
  links: ['core/dnsserver/server.go NewServer', 'plugin/tls/README.md'],
  examples: [
    {
      bad: '.:853 {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\n',
      good: 'tls://.:853 {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\n',
    },
    {
      bad: '.:53 {\n    tls cert.pem key.pem\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
