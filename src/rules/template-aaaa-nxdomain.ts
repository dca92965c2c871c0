import { firstZonesAnswered } from '../lint/answering.ts'
import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isForType, readTemplate, type TemplateView } from '../lint/templates.ts'
import { ZoneIndex } from '../values/zone-index.ts'
import type { BlockView } from '../verdict/servers-view.ts'

/** NXDOMAIN says that a name has no record of any type (RFC 8020), so it denies the other address family too. */
export default defineRule({
  id: 'template-aaaa-nxdomain',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, release, since, report }) {
    for (const block of servers.blocks) {
      if (!block.has('template')) continue
      const isDenied = deniedIn(block, release)
      for (const template of block.occurrences('template')) {
        const view = readTemplate(template)
        const code = template.properties('rcode').at(-1)?.args[0]
        if (view === null || code === undefined || view.rcode !== 'NXDOMAIN' || !TYPES.has(view.type)) continue
        const zones = firstZonesAnswered(template, release)
        // Addresses that are both denied: the name is to be gone.
        if (zones !== null && isDenied('A', view, zones) && isDenied('AAAA', view, zones)) continue
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
    }
  },
})

/** Types that a name has beside others. */
const TYPES: ReadonlySet<string> = new Set(['A', 'AAAA', 'HTTPS', 'SVCB'])

/** A test for whether the templates of a block deny a type for all names of another one, as far as that is said in the same words. */
function deniedIn(block: BlockView, release: string) {
  const indices = new Map<string, ZoneIndex<true>>()
  for (const template of block.occurrences('template')) {
    const view = readTemplate(template)
    if (view === null || view.rcode !== 'NXDOMAIN') continue
    for (const type of ['A', 'AAAA']) {
      if (!isForType(view, type)) continue
      const key = keyOf(type, view.expressions)
      const index = indices.get(key) ?? new ZoneIndex<true>()
      indices.set(key, index)
      for (const zone of firstZonesAnswered(template, release) ?? []) index.add(zone, true)
    }
  }
  return (type: string, { expressions }: TemplateView, zones: readonly string[]) => {
    const fitting = [keyOf(type, []), keyOf(type, expressions)].map((key) => indices.get(key))
    return zones.every((zone) => fitting.some((index) => index?.covers(zone) === true))
  }
}

function keyOf(type: string, expressions: readonly string[]): string {
  return [type, ...expressions].join('\n')
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
