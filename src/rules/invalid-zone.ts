import { defineRule, type RuleText } from '../lint/rule.ts'
import { strayPluginOf } from '../lint/stray-plugins.ts'

/** An address of a server block that CoreDNS cannot read (plugin/normalize.go:SplitHostPort). */
export default defineRule({
  id: 'invalid-zone',
  severity: 'error',
  effects: ['refused'],
  explains: (reason, { configuration }) =>
    reason.kind === 'invalid-key' && strayPluginOf(reason, configuration) === null,
  check({ reasons, report }) {
    for (const { at, subject, message } of reasons) {
      const meant = /^:\d+$/.test(subject) ? `; for every zone on that port write .${subject}` : ''
      report({
        at,
        message: `CoreDNS cannot read "${subject}" as a zone and does not start${meant}`,
        ...(message === null || meant !== '' ? {} : { help: `CoreDNS says: ${message}` }),
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A server block address that is no zone',
  why: 'Nearly any word is a zone to CoreDNS; what is none, such as `:53` without a zone, stops the start.',
  links: ['plugin/normalize.go SplitHostPort', 'coredns/coredns#6122'],
  examples: [
    { bad: ':53 {\n    whoami\n}\n', good: '.:53 {\n    whoami\n}\n' },
    { bad: '.example.org {\n    whoami\n}\n', good: 'example.org {\n    whoami\n}\n' },
    { bad: 'example.org: {\n    whoami\n}\n', good: 'example.org {\n    whoami\n}\n' },
  ],
}
