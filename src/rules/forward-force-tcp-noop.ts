import { removeProperty } from '../lint/edits.ts'
import { upstreamOf } from '../lint/forwarding.ts'
import { defineRule, type Finding, type RuleText } from '../lint/rule.ts'
import type { OccurrenceView, PropertyView } from '../verdict/servers-view.ts'

/** TLS goes over TCP in any case, and `force_tcp` comes before `prefer_udp` (plugin/pkg/proxy/connect.go Connect). */
export default defineRule({
  id: 'forward-force-tcp-noop',
  severity: 'info',
  effects: ['hygiene'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, release, report }) {
    for (const forward of servers.plugins('forward')) {
      const force = forward.property('force_tcp')
      if (force === null) continue
      const targets = forward.args.slice(1)
      const allTls = targets.length > 0 && targets.every((word) => upstreamOf(word, release)?.transport === 'tls')
      const prefer = forward.property('prefer_udp')
      if (allTls) report(idle(forward, force, 'queries over TLS use TCP in any case'))
      else if (prefer !== null) report(idle(forward, prefer, 'force_tcp counts before it'))
    }
  },
})

function idle(forward: OccurrenceView, line: PropertyView, why: string): Finding {
  const edit = removeProperty(forward, line)
  const { value, place } = line.name
  return {
    at: place,
    message: `${value} changes nothing here: ${why} (take it out)`,
    fix: edit && { title: `take out ${value}`, safety: 'unsafe', edits: [edit], list: place.list },
  }
}

export const text: RuleText = {
  summary: 'A choice between UDP and TCP that is made already',
  why: 'Upstreams with tls:// are reached over TCP, so force_tcp adds nothing to them. Where force_tcp and prefer_udp stand together, force_tcp wins.',
  links: ['coredns/coredns#2426', 'plugin/forward/README.md'],
  examples: [
    {
      bad: '.:53 {\n    forward . tls://9.9.9.9%dns.quad9.net {\n        force_tcp\n    }\n}\n',
      good: '.:53 {\n    forward . tls://9.9.9.9%dns.quad9.net\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.53 {\n        force_tcp\n        prefer_udp\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53 {\n        force_tcp\n    }\n}\n',
    },
  ],
}
