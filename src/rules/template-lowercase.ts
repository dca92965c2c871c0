import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { queryClassOf, queryTypeOf } from '../values/codes.ts'
import type { Reason } from '../verdict/reason.ts'

/** Types and classes are compared letter by letter (dns.StringToType, dns.StringToClass). */
export default defineRule({
  id: 'template-lowercase',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: isLowerCase,
  check({ reasons, report }) {
    for (const { at, plugin, subject } of reasons) {
      const meant = subject.toUpperCase()
      report({
        at,
        message: `${plugin} takes ${queryTypeOf(meant) === undefined ? 'classes' : 'types'} in capitals only, so CoreDNS does not start (write ${meant})`,
        fix: { title: `write ${meant}`, safety: 'safe', edits: [replaceToken(at, meant)] },
      })
    }
  },
})

function isLowerCase({ kind, plugin, property, subject }: Reason): boolean {
  if (kind !== 'invalid-value' || plugin === null || !PLACES.has(property === null ? plugin : `${plugin} ${property}`))
    return false
  const meant = subject.toUpperCase()
  return meant !== subject && (queryTypeOf(meant) !== undefined || queryClassOf(meant) !== undefined)
}

/** Where a word must be a class or a type. */
const PLACES: ReadonlySet<string> = new Set([
  'template',
  'acl allow',
  'acl block',
  'acl drop',
  'acl filter',
  'tsig require',
])

export const text: RuleText = {
  summary: 'A class or type of query in lower case',
  why: 'template, acl and tsig compare types and classes letter by letter with A, AAAA, IN and so on. In lower case they are unknown, and CoreDNS does not start.',
  links: ['plugin/template/setup.go templateParse', 'plugin/acl/setup.go parse'],
  examples: [
    {
      bad: '. {\n    template in A example.org {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n    whoami\n}\n',
      good: '. {\n    template IN A example.org {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n    whoami\n}\n',
      also: ['template-single-family'],
    },
    {
      bad: '. {\n    acl {\n        block type aaaa\n    }\n    whoami\n}\n',
      good: '. {\n    acl {\n        block type AAAA\n    }\n    whoami\n}\n',
    },
  ],
}
