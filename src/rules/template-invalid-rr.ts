import { defineRule, type RuleText } from '../lint/rule.ts'
import { type RecordFault, recordFault } from '../lint/template-records.ts'
import type { OccurrenceView, PropertyView } from '../verdict/servers-view.ts'

/** The record of a template is read with each query, not at the start (plugin/template/template.go executeRRTemplate). */
export default defineRule({
  id: 'template-invalid-rr',
  severity: 'warning',
  effects: ['misbehaves'],
  fragments: true,
  check({ servers, report }) {
    // What another template engine makes of the words, and where they end, nobody knows.
    if (servers.isTemplate) return
    for (const template of servers.plugins('template')) {
      const type = template.args[1]
      const asked = type?.known === true ? type.value.toUpperCase() : 'ANY'
      for (const line of template.lines()) {
        if (!SECTIONS.has(line.name.value) || line.args.some(({ known }) => !known)) continue
        const [fault, word] = firstFault(line, asked)
        if (fault === null) continue
        const last = line.args.at(-1)?.place
        if (isSplit(line, asked) && last !== undefined) {
          report({
            at: { from: line.name.place, to: last },
            message: `without quotes each word of this ${line.name.value} is a record of its own, so every query that this template takes gets SERVFAIL (put the record in quotes)`,
          })
        } else if (word !== undefined) report({ at: word.place, message: words(fault, template) })
      }
    }
  },
})

const SECTIONS: ReadonlySet<string> = new Set(['answer', 'additional', 'authority'])

function firstFault({ name, args }: PropertyView, asked: string) {
  for (const word of args) {
    const fault = recordFault(word.value, asked, name.value === 'answer')
    if (fault !== null) return [fault, word] as const
  }
  return [null, undefined] as const
}

/** Whether the words of a line are one record together, and none alone. */
function isSplit({ name, args }: PropertyView, asked: string): boolean {
  return recordFault(args.map(({ value }) => value).join(' '), asked, name.value === 'answer') === null
}

function words(fault: RecordFault, { args }: OccurrenceView): string {
  const asked = args[1]?.value.toUpperCase() ?? ''
  if (fault.kind === 'other-type')
    return `this template is for ${asked} queries and answers with ${fault.type}, which clients do not take for an answer (write template IN ${fault.type}, or a record of type ${asked})`
  if (fault.kind === 'empty')
    return `nothing stands behind ${fault.type}, so clients get a record without data (write NAME TTL IN ${fault.type} DATA)`
  return `the record ${fault.problem}: every query that this template takes gets SERVFAIL`
}

export const text: RuleText = {
  summary: 'A template whose record cannot be read',
  why: 'CoreDNS reads the record of a template with each query, so a mistake in it stops no start. A record that cannot be read answers SERVFAIL, one without data an empty record, and one of another type than the query is no answer to it.',
  links: ['plugin/template/template.go executeRRTemplate'],
  examples: [
    {
      bad: 'a.example {\n    template IN ANY {\n        answer "{{ .Name }} 60 IN A 10.0.0.300"\n    }\n}\n',
      good: 'a.example {\n    template IN ANY {\n        answer "{{ .Name }} 60 IN A 10.0.0.30"\n    }\n}\n',
    },
    {
      bad: 'a.example {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN hello"\n    }\n}\n',
      good: 'a.example {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN TXT hello"\n    }\n}\n',
    },
    {
      bad: 'a.example {\n    template IN TXT {\n        answer {{.Name}} 60 IN TXT hello\n    }\n}\n',
      good: 'a.example {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN TXT hello"\n    }\n}\n',
    },
    {
      bad: 'a.example {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n}\n',
      good: 'a.example {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN TXT 10.0.0.1"\n    }\n}\n',
    },
    {
      bad: 'a.example {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN TXT"\n    }\n}\n',
      good: 'a.example {\n    template IN TXT {\n        answer "{{ .Name }} 60 IN TXT hello"\n    }\n}\n',
    },
  ],
}
