import { readHostLines } from '../lint/host-lines.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** An asterisk is a letter like any other, but for a leading one since 1.14.5, which is one label (plugin/hosts/hostsfile.go addName). */
export default defineRule({
  id: 'hosts-wildcard',
  severity: 'warning',
  effects: ['misbehaves'],
  fragments: true,
  check({ servers, release, since, report }) {
    const hasWildcards = since('1.14.5')
    for (const hosts of servers.plugins('hosts')) {
      for (const { place, value } of readHostLines(hosts, release).wildcards) {
        const below = value.startsWith('*.') ? value.slice(2) : null
        if (below !== null && hasWildcards && !below.includes('*')) continue
        const reason =
          below === null || below.includes('*')
            ? 'an asterisk is only a wildcard as the whole first label, and that from CoreDNS 1.14.5 on'
            : `hosts knows no wildcards before CoreDNS 1.14.5`
        report({
          at: place,
          message: `${value} matches no name but itself: ${reason} (write a template for ${below === null || below.includes('*') ? 'these names' : below})`,
          help: 'A template answers all names below a zone: `template IN A ZONE { answer "{{ .Name }} 60 IN A ADDRESS" }`, and beside it `template IN AAAA ZONE { rcode NOERROR }`.',
        })
      }
    }
  },
})

export const text: RuleText = {
  summary: 'A wildcard in a hosts block that matches nothing',
  why: 'Before CoreDNS 1.14.5 hosts compares names letter by letter, an asterisk included, so `*.apps.example` answers no name below apps.example. Since then a leading `*.` stands for exactly one label; names deeper down and the zone itself are still not matched.',
  links: [
    'coredns/coredns#4516',
    'coredns/coredns#4545',
    'coredns/coredns#6035',
    'coredns/coredns#6822',
    'coredns/coredns#8185',
    'plugin/hosts/hostsfile.go addName',
  ],
  examples: [
    {
      bad: '. {\n    hosts {\n        10.0.0.1 *.apps.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN A apps.example {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n    template IN AAAA apps.example {\n        rcode NOERROR\n    }\n    forward . 10.0.0.53\n}\n',
      release: '1.11.1',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.1 web-*.apps.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN A apps.example {\n        match "^web-[^.]*\\.apps\\.example\\.$"\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n        fallthrough\n    }\n    template IN AAAA apps.example {\n        match "^web-[^.]*\\.apps\\.example\\.$"\n        rcode NOERROR\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
