import { isWhole } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** What resolv.conf names is the node's affair, and may be this very server. */
export default defineRule({
  id: 'loop-missing',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  releases: { since: '1.2.1' },
  check({ servers, report }) {
    for (const forward of servers.plugins('forward')) {
      const { block, args } = forward
      const [, ...targets] = args
      const path = targets.find(({ known, value }) => known && value.startsWith('/'))
      if (path === undefined || block.has('loop') || !isWhole(servers, block)) continue
      report({
        at: path.place,
        message: `nothing notices when ${path.value} names this server itself: queries then go round until the memory is full (loop stops CoreDNS instead and says why)`,
        help: 'Look at the file on the nodes before you add loop: where it does lead back, CoreDNS with loop does not stay up.',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A forward to resolv.conf without loop',
  why: 'The servers in resolv.conf are those of the node or of the pod. Where that is a local cache or the cluster DNS itself, CoreDNS asks itself and each query goes round without end. loop finds that out at the start and stops CoreDNS with a message that says so.',
  links: ['coredns/coredns#1986', 'coredns/coredns#2087', 'plugin/loop/README.md'],
  examples: [
    {
      bad: '.:53 {\n    forward . /etc/resolv.conf\n}\n',
      good: '.:53 {\n    loop\n    forward . /etc/resolv.conf\n}\n',
    },
  ],
}
