import { isWhole } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without `reload` in any block nobody looks whether the Corefile changed (plugin/reload/reload.go hook). */
export default defineRule({
  id: 'reload-missing',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  releases: { since: '1.1.0' },
  check({ servers, report }) {
    const [first] = servers.blocks
    const at = first?.keys[0]?.at
    if (at === undefined || servers.has('reload')) return
    if (!servers.blocks.every((block) => isWhole(servers, block)) || servers.configuration.unknowns.length > 0) return
    if (!servers.blocks.some(({ answerers }) => answerers.length > 0)) return
    report({
      at,
      message:
        'no block has reload: a change of this Corefile counts only when CoreDNS is restarted (add reload, or restart the pods whenever it changes)',
      help: 'With reload a Corefile that CoreDNS refuses is only a line in the log, and the next restart fails: lint it before it is applied.',
    })
  },
})

export const text: RuleText = {
  summary: 'A Corefile whose changes wait for a restart',
  why: 'With reload CoreDNS looks at its Corefile every half minute and takes what changed. Without it a changed ConfigMap does nothing until the pods are made anew, which may be months later and by accident. Some roll the pods by a checksum of the ConfigMap on purpose; they do not need it.',
  links: ['coredns/deployment#67', 'coredns/coredns#2339', 'coredns/coredns#2920', 'Azure/AKS#841'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    reload\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
