import { type OddLine, readHostLines } from '../lint/host-lines.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** `hosts` has addresses and nothing else: a line for another type of record, or for an alias, is dropped (plugin/hosts/hosts.go ServeDNS). */
export default defineRule({
  id: 'hosts-cname',
  severity: 'warning',
  effects: ['misbehaves'],
  fragments: true,
  check({ servers, release, report }) {
    for (const hosts of servers.plugins('hosts')) {
      for (const line of readHostLines(hosts, release).odd) {
        const { kind, name, args, meant } = line
        if (kind !== 'alias' && (kind !== 'record' || meant === 'A' || meant === 'AAAA')) continue
        const target = targetOf(line)
        const rewrite = target === null ? null : `rewrite name exact ${name.value} ${target}`
        report({
          at: { from: name.place, to: (args.at(-1) ?? name).place },
          message:
            kind === 'alias'
              ? `"${name.value}" is no address, so hosts drops this line: it knows no aliases${rewrite === null ? '' : ` (write outside of the block: ${rewrite})`}`
              : `hosts serves addresses only and drops this ${meant} line${rewrite === null ? ' (write a template, or a zone file for the plugin file)' : ` (write outside of the block: ${rewrite})`}`,
          ...(rewrite === null
            ? {}
            : {
                help: 'The name that it stands for may also get a second name: `ADDRESS NAME ALIAS` on one line of hosts.',
              }),
        })
      }
    }
  },
})

/** The name that another one stands for, null where the line is none for that. */
function targetOf({ kind, args, meant }: OddLine): string | null {
  const [only, more] = args
  if (kind === 'alias') return more === undefined ? (only?.value ?? null) : null
  const type = args.findIndex(({ value }) => value === meant)
  return meant === 'CNAME' && type === args.length - 2 ? (args.at(-1)?.value ?? null) : null
}

export const text: RuleText = {
  summary: 'An alias or another record in a hosts block',
  why: 'hosts answers A, AAAA and PTR from lines `ADDRESS NAME...` and knows no other record, although some tutorials show CNAME lines. A line that begins with a name is dropped without a word in the log.',
  links: ['coredns/coredns#6672', 'plugin/hosts/hosts.go ServeDNS', 'plugin/hosts/hostsfile.go parseSource'],
  examples: [
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n        alias.example CNAME a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    rewrite name exact alias.example a.example\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n        alias.example a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts {\n        10.0.0.1 a.example alias.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    hosts {\n        10.0.0.1 a.example\n        a.example TXT "hello"\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN TXT a.example {\n        match "^a\\.example\\.$"\n        answer "{{ .Name }} 60 IN TXT hello"\n        fallthrough\n    }\n    hosts {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
