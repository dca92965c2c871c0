import { defineRule, type ProposedFix, type RuleText } from '../lint/rule.ts'
import type { WordView } from '../verdict/servers-view.ts'

/** Of several words the last is the format if it has a brace, and all others are zones (plugin/log/setup.go logParse). */
export default defineRule({
  id: 'log-format-unquoted',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, since, report }) {
    for (const log of servers.plugins('log')) {
      const { args } = log
      const last = args.at(-1)
      if (last === undefined || args.length < 2 || args.some(({ known }) => !known)) continue
      const first = args.findIndex(({ value }) => value.includes('{'))
      if (first === -1) continue
      const braced = last.value.includes('{')
      if (first === args.length - 1) {
        // {common} and {combined} stood for a format only where they were all of it.
        const short = /\{(?:common|combined)\}/.exec(last.value)?.[0]
        if (short === undefined || short === last.value || since('1.9.1')) continue
        report({
          at: last.place,
          message: `${short} beside other fields is written to the log as it is before CoreDNS 1.9.1 (write out its fields)`,
        })
        continue
      }
      const written = args.slice(first)
      report({
        at: { from: (args[first] as WordView).place, to: last.place },
        message: braced
          ? `only ${last.value} is the format here, and ${names(written.slice(0, -1))} ${written.length > 2 ? 'are read as zones' : 'is read as a zone'} that no query is for (put the format in quotes)`
          : `${args[first]?.value} is read as a zone, since a format stands last (put it behind the zones)`,
        fix: braced ? quote(written, first === 0) : null,
      })
    }
  },
})

function names(words: readonly WordView[]): string {
  const values = words.map(({ value }) => value)
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`
}

function quote(words: readonly WordView[], lacksZone: boolean): ProposedFix | null {
  const [first] = words
  const last = words.at(-1)
  if (first === undefined || last === undefined) return null
  const { list } = first.place
  const start = list.start(first.place.index)
  const end = list.end(last.place.index)
  const text = list.text.slice(start, end)
  if (last.place.list !== list || text.includes('"')) return null
  return {
    title: 'make one format of it',
    safety: 'unsafe',
    edits: [{ start, end, text: `${lacksZone ? '. ' : ''}"${text}"` }],
    list,
  }
}

export const text: RuleText = {
  summary: 'A log format of several words',
  why: 'The format of log is one word, the last. Without quotes only the last field of it is the format, and the fields before it become zones: the lines in the log lack nearly everything, or nothing is logged at all.',
  links: ['coredns/coredns#5223', 'coredns/coredns#2417', 'plugin/log/setup.go logParse'],
  examples: [
    {
      bad: '.:53 {\n    log . {combined} {/forward/upstream}\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    log . "{combined} {/forward/upstream}"\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    log {type} {name}\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    log . "{type} {name}"\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    log {common} example.org\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    log example.org {common}\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    log . "{combined} {>id}"\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    log . "{remote} {type} {name}"\n    forward . 10.0.0.2\n}\n',
      release: '1.8.7',
    },
  ],
}
