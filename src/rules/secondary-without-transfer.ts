import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without `transfer from` a secondary has nobody to get its zone from (plugin/secondary/setup.go secondaryParse). */
export default defineRule({
  id: 'secondary-without-transfer',
  severity: 'error',
  effects: ['refused', 'misbehaves'],
  explains: ({ kind, plugin, property }) =>
    kind === 'missing-property' && plugin === 'secondary' && property === 'transfer',
  check({ servers, reasons, since, report }) {
    for (const { at } of reasons) {
      report({
        at,
        message:
          'secondary does not say which server to get the zone from, so CoreDNS does not start (add transfer from ADDRESS to its block)',
      })
    }
    if (since('1.12.2')) return
    for (const secondary of servers.plugins('secondary')) {
      const lines = [...secondary.lines()]
      if (lines.some(({ name, args }) => !name.known || (name.value === 'transfer' && args[0]?.value !== 'to')))
        continue
      report({
        at: secondary.name.place,
        effect: 'misbehaves',
        message:
          'secondary does not say which server to get the zone from: its names get SERVFAIL, and CoreDNS 1.12.2 does not start with it (add transfer from ADDRESS to its block)',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A secondary zone without a server to get it from',
  why: 'secondary copies its zone from the server behind `transfer from`. Without that line there is never a zone: before CoreDNS 1.12.2 every name in it fails, since then CoreDNS does not start.',
  links: ['coredns/coredns#7249', 'plugin/secondary/setup.go secondaryParse'],
  examples: [
    {
      bad: 'example.org {\n    secondary\n}\n',
      good: 'example.org {\n    secondary {\n        transfer from 10.0.0.1\n    }\n}\n',
    },
    {
      bad: 'example.org {\n    secondary\n}\n',
      good: 'example.org {\n    secondary {\n        transfer from 10.0.0.1\n    }\n}\n',
      release: '1.11.1',
    },
  ],
}
