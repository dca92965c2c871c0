import { propertyOf } from '../../grammar/lookup.ts'
import { removeProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isSince } from '../values/release.ts'

/** Options that the grammar knows to be read and forgotten. */
export default defineRule({
  id: 'deprecated-noop-option',
  severity: 'info',
  effects: ['hygiene'],
  group: 'pedantic',
  fix: 'safe',
  check({ servers, release, verdict, report }) {
    const refused = new Set(verdict.reasons.map(({ plugin }) => plugin))
    for (const block of servers.blocks) {
      for (const [plugin, occurrences] of block.plugins) {
        const grammar = occurrences[0]?.grammar ?? null
        if (grammar === null || refused.has(plugin) || !JSON.stringify(grammar.properties).includes('"ignored"'))
          continue
        for (const occurrence of occurrences) {
          for (const line of occurrence.lines()) {
            if (!line.name.known) continue
            const property = propertyOf(grammar, release, line.name.value)
            if (property?.ignored === undefined || !isSince(release, property.ignored)) continue
            const instead = property.instead ? `; write ${property.instead}` : ''
            const edit = removeProperty(occurrence, line)
            report({
              at: line.name.place,
              message: `${plugin} reads ${line.name.value} and does nothing with it${property.ignored === '1.0.0' ? '' : ` since CoreDNS ${property.ignored}`} (take the line out${instead})`,
              fix: edit && {
                title: `take out ${line.name.value}`,
                safety: 'safe',
                edits: [edit],
                list: line.name.place.list,
              },
            })
          }
        }
      }
    }
  },
})

export const text: RuleText = {
  summary: 'An option that does nothing any more',
  why: 'Some options are kept only so that old Corefiles still load: upstream, for one, named the servers that were asked for the targets of CNAME records until CoreDNS began to ask itself. Whoever reads such a line believes that it does something.',
  links: ['coredns/coredns#2956', 'notes/coredns-1.4.0.md', 'notes/coredns-1.5.2.md'],
  examples: [
    {
      bad: 'example.org:53 {\n    file db.example.org {\n        upstream 8.8.8.8\n    }\n}\n',
      good: 'example.org:53 {\n    file db.example.org\n}\n',
    },
    {
      bad: 'skydns.local:53 {\n    etcd {\n        endpoint http://10.0.0.1:2379\n        stubzones\n    }\n}\n',
      good: 'skydns.local:53 {\n    etcd {\n        endpoint http://10.0.0.1:2379\n    }\n}\n',
    },
  ],
}
