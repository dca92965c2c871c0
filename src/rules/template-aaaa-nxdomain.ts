import { zonesAnswered, zonesCover } from '../lint/answering.ts'
import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isForType, readTemplate, type TemplateView } from '../lint/templates.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** NXDOMAIN says that a name has no record of any type (RFC 8020), so it denies the other address family too. */
export default defineRule({
  id: 'template-aaaa-nxdomain',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, release, since, report }) {
    for (const template of servers.plugins('template')) {
      const view = readTemplate(template)
      const code = template.properties('rcode').at(-1)?.args[0]
      if (view === null || code === undefined || view.rcode !== 'NXDOMAIN' || !TYPES.has(view.type)) continue
      // Addresses that are both denied: the name is to be gone.
      const denied = new Set(deniedTypes(template, view, release))
      if (denied.has('A') && denied.has('AAAA')) continue
      const canBeEmpty = since('1.5.1')
      report({
        at: code.place,
        message: `NXDOMAIN for ${view.type} says that the whole name does not exist, so ${view.type.startsWith('A') ? 'musl (Alpine) and caches drop its other records' : 'caches may drop its addresses'} too${canBeEmpty ? ' (write rcode NOERROR, which says only that there is no such record)' : ''}`,
        fix: canBeEmpty
          ? {
              title: 'answer that there is no such record',
              safety: 'unsafe',
              edits: [replaceToken(code.place, 'NOERROR')],
            }
          : null,
      })
    }
  },
})

/** Types that a name has beside others. */
const TYPES: ReadonlySet<string> = new Set(['A', 'AAAA', 'HTTPS', 'SVCB'])

/** The types for which the block denies the names of a template, as far as that is said in the same words. */
function* deniedTypes(template: OccurrenceView, view: TemplateView, release: string): Generator<string> {
  const zones = zonesAnswered(template, release)
  for (const other of template.block.occurrences('template')) {
    const own = readTemplate(other)
    const covered = zonesAnswered(other, release)
    if (own === null || own.rcode !== 'NXDOMAIN' || zones === null || covered === null) continue
    if (!zonesCover(covered, zones) || !matchesAsMuch(own, view)) continue
    for (const type of ['A', 'AAAA']) if (isForType(own, type)) yield type
  }
}

function matchesAsMuch(one: TemplateView, other: TemplateView): boolean {
  return one.expressions.length === 0 || one.expressions.join('\n') === other.expressions.join('\n')
}

export const text: RuleText = {
  summary: 'NXDOMAIN for one type of address, which denies the name as a whole',
  why: 'To switch IPv6 off, some templates answer AAAA with NXDOMAIN. That code says that the name does not exist at all: musl (Alpine) asks for both families at once and gives up, and resolvers that follow RFC 8020 answer A from it. NOERROR without a record says what is meant.',
  links: ['RFC 8020', 'coredns/coredns#3034'],
  examples: [
    {
      bad: '. {\n    template ANY AAAA {\n        rcode NXDOMAIN\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template ANY AAAA {\n        rcode NOERROR\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    template IN HTTPS corp.example {\n        rcode NXDOMAIN\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN HTTPS corp.example {\n        rcode NOERROR\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
