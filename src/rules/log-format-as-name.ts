import { insertBefore } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** One word behind `log` is a zone, whatever it looks like (plugin/log/setup.go logParse). */
export default defineRule({
  id: 'log-format-as-name',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    for (const log of servers.plugins('log')) {
      const [word, second] = log.args
      if (word === undefined || second !== undefined || !word.known) continue
      const isFormat = /[{\s]/.test(word.value)
      if (!isFormat && !/^(?:stdout|stderr|syslog|\/.*|.*\.log)$/.test(word.value)) continue
      report({
        at: word.place,
        message: isFormat
          ? `log takes a single word for a zone, and no query is for "${word.value}", so nothing is logged (write log . in front of the format)`
          : `log takes ${word.value} for a zone, and no query is for it, so nothing is logged (log always writes to standard output: take it out)`,
        fix: isFormat
          ? { title: 'log every zone in this format', safety: 'unsafe', edits: [insertBefore(word.place, '. ')] }
          : null,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A log format, or a file, where log expects a zone',
  why: 'log takes zones and, behind them, a format. When there is only one word it is a zone, even if it is full of braces. Names of queries never match it: CoreDNS starts and logs nothing.',
  links: ['coredns/coredns#1218', 'plugin/log/setup.go logParse'],
  examples: [
    {
      bad: '.:53 {\n    log "{type} {name} {rcode}"\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    log . "{type} {name} {rcode}"\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    log {combined}\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    log . {combined}\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    log stdout\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    log\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
