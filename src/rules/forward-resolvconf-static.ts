import { defineRule, type RuleText } from '../lint/rule.ts'

/** Of a resolv.conf only the nameserver lines are read, and only once (plugin/pkg/parse/host.go tryFile). */
export default defineRule({
  id: 'forward-resolvconf-static',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  fragments: true,
  check({ servers, report }) {
    for (const plugin of ['forward', 'grpc', 'proxy']) {
      for (const { args } of servers.plugins(plugin)) {
        const word = args.slice(1).find(({ value, known }) => known && /(?:^|\/)resolv\.conf$/.test(value))
        if (word === undefined) continue
        report({
          at: word.place,
          message: `of ${word.value} only the nameserver lines count, as they are when CoreDNS starts: later changes are seen by a restart alone (write the addresses)`,
          help: 'reload watches the Corefile and what it imports, not this file; search and options lines are not read.',
        })
      }
    }
  },
})

export const text: RuleText = {
  summary: 'Upstreams from a resolv.conf that is read once',
  why: 'CoreDNS takes the name servers out of the file when it starts. A DHCP lease that brings others, or an edit, changes nothing until CoreDNS is restarted, and which servers it asks is written nowhere in the Corefile.',
  links: ['coredns/coredns#2790', 'coredns/coredns#2639', 'plugin/pkg/parse/host.go tryFile'],
  examples: [
    {
      bad: '.:53 {\n    forward . /etc/resolv.conf\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2 10.0.0.3\n}\n',
    },
  ],
}
