import { defineRule, type RuleText } from '../lint/rule.ts'

/** A line for each query, which costs time and says what everybody asks for (plugin/log/README.md). */
export default defineRule({
  id: 'log-in-production',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  check({ servers, report }) {
    for (const log of servers.plugins('log')) {
      const [first] = log.args
      const lines = [...log.lines()]
      if ([...log.args, ...lines.map(({ name }) => name)].some(({ known }) => !known)) continue
      const classes = lines.filter(({ name }) => name.value === 'class').flatMap(({ args }) => args)
      if (classes.length > 0 && !classes.some(({ value, known }) => !known || value === 'all')) continue
      // A first word may be the format.
      const isOfAll = first === undefined || first.value === '.' || first.value.includes('{')
      if (!isOfAll || !log.block.servesRoot) continue
      report({
        at: log.name.place,
        message:
          'log writes a line for every query: it takes a good part of the time that an answer takes, and says who asks for what (class error keeps only what failed)',
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A log of every query',
  why: 'log writes each query with the client that asked. On a busy server that costs much of what it can answer, fills the disk of the log, and is a record of what everybody does. `class error` keeps the queries that failed; `class denial` adds the names that do not exist.',
  links: ['plugin/log/README.md', 'coredns/coredns#2417', 'coredns/coredns#2420'],
  examples: [
    {
      bad: '.:53 {\n    log\n    forward . 10.0.0.1\n}\n',
      good: '.:53 {\n    log . {\n        class error\n    }\n    forward . 10.0.0.1\n}\n',
    },
  ],
}
