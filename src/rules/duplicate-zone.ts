import { defineRule, type RuleText } from '../lint/rule.ts'
import { strayPluginOf } from '../lint/stray-plugins.ts'
import { isViewBehind } from '../lint/view-order.ts'

/** The same zone, port and address served twice, or bound beside unbound (core/dnsserver/address.go). */
export default defineRule({
  id: 'duplicate-zone',
  severity: 'error',
  effects: ['refused'],
  explains: (reason, { configuration }) =>
    ((reason.kind === 'duplicate-zone' && !isViewBehind(reason, configuration)) || reason.kind === 'zone-overlap') &&
    strayPluginOf(reason, configuration) === null,
  check({ reasons, report }) {
    for (const { kind, at, subject, other } of reasons) {
      const zone = subject.replace(/^dns:\/\//, '')
      const message =
        kind === 'duplicate-zone'
          ? `${zone} is served twice, so CoreDNS does not start; join the server blocks or change the port`
          : `${zone} is served both with bind and without, so CoreDNS does not start; bind both or neither`
      report({ at, message, ...(other === null ? {} : { related: [{ at: other, message: 'served here first' }] }) })
    }
  },
})

export const text: RuleText = {
  summary: 'Two server blocks for the same zone and port',
  why: 'A zone on one port and address may be served by one block. The default ports count: `.` is `.:53`, and a network stands for all its reverse zones. CoreDNS refuses the second.',
  links: [
    'Azure/AKS#919',
    'coredns/coredns#1208',
    'coredns/coredns#7733',
    'core/dnsserver/address.go registerAndCheck',
  ],
  examples: [
    { bad: '.:53 {\n    forward . 10.0.0.1\n}\n. {\n    whoami\n}\n', good: '.:53 {\n    forward . 10.0.0.1\n}\n' },
    { bad: 'a.org b.org a.org:53 {\n    whoami\n}\n', good: 'a.org b.org {\n    whoami\n}\n' },
    {
      bad: 'a.org {\n    bind 127.0.0.1\n    whoami\n}\na.org {\n    whoami\n}\n',
      good: 'a.org {\n    bind 127.0.0.1\n    whoami\n}\na.org {\n    bind 127.0.0.2\n    whoami\n}\n',
    },
  ],
}
