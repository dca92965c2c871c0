import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without a key dnssec passes answers on as they are (plugin/dnssec/setup.go dnssecParse takes none). */
export default defineRule({
  id: 'dnssec-without-key',
  severity: 'warning',
  effects: ['misbehaves'],
  check({ servers, report }) {
    for (const dnssec of servers.plugins('dnssec')) {
      const lines = [...dnssec.lines()]
      // Words on further lines without a brace on the first belong to nobody.
      const isOdd = dnssec.open === null && dnssec.tokens.count > dnssec.args.length + 1
      if (isOdd || lines.some(({ name }) => !name.known || name.value === 'key')) continue
      report({
        at: dnssec.name.place,
        message: 'dnssec has no key, so it signs nothing and answers go out unsigned (add key file KEY to its block)',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A dnssec without a key, which signs nothing',
  why: 'dnssec signs answers with the keys of its block. CoreDNS starts without one and says nothing, but no answer is signed, so resolvers that validate a signed zone fail.',
  links: ['plugin/dnssec/setup.go dnssecParse'],
  examples: [
    {
      bad: 'example.org {\n    dnssec\n    file db.example.org\n}\n',
      good: 'example.org {\n    dnssec {\n        key file Kexample.org.+013+26205\n    }\n    file db.example.org\n}\n',
    },
    {
      bad: 'example.org {\n    dnssec example.org {\n        cache_capacity 1000\n    }\n    file db.example.org\n}\n',
      good: 'example.org {\n    dnssec example.org {\n        cache_capacity 1000\n        key file Kexample.org.+013+26205\n    }\n    file db.example.org\n}\n',
    },
  ],
}
