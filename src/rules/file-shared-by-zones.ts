import { zonesAnswered, zoneText } from '../lint/answering.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** One file is read once for each zone, and names that it writes out lie in one of them only (plugin/file/setup.go fileParse). */
export default defineRule({
  id: 'file-shared-by-zones',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.6.0' },
  check({ servers, release, report }) {
    for (const file of servers.plugins('file')) {
      const [path, ...words] = file.args
      if (path === undefined || !path.known) continue
      const all = zonesAnswered(file, release) ?? []
      // A file for so many zones is no file of one of them.
      if (all.length > MOST_ZONES) continue
      const zones = [...new Set(all)].map(zoneText)
      const own = zoneOfFile(path.value, zones)
      const others = zones.filter((zone) => zone !== own)
      if (own === null || others.length === 0) continue
      const shown =
        others.length > 3 ? `${others.slice(0, 2).join(', ')} and ${others.length - 2} more` : others.join(' and ')
      const last = words.at(-1) ?? path
      report({
        at: { from: path.place, to: last.place },
        message: `${path.value} is the file of ${own} and is read for ${shown} too: names that it writes out in full do not exist there (give each zone a file of its own)`,
        help: 'Names without a final dot in the file belong to whatever zone it is read for; names with one belong to one zone only.',
      })
    }
  },
})

const MOST_ZONES = 50

/** The zone that a file is named after, where it is named after exactly one. */
function zoneOfFile(path: string, zones: readonly string[]): string | null {
  const base = `.${path.split('/').at(-1) ?? ''}.`.toLowerCase()
  const named = zones.filter((zone) => zone !== '.' && base.includes(`.${zone}.`))
  const longest = named.toSorted((a, b) => b.length - a.length)[0]
  if (longest === undefined) return null
  return named.every((zone) => `.${longest}`.endsWith(`.${zone}`)) ? longest : null
}

export const text: RuleText = {
  summary: 'The file of one zone that is read for others too',
  why: 'Behind `file`, or in front of the brace, several zones share one file. Its relative names then exist in every zone, but a name that is written out in full, such as www.one.example., exists in one; the others answer NXDOMAIN for it.',
  links: ['coredns/coredns#6420', 'plugin/file/setup.go fileParse'],
  examples: [
    {
      bad: 'one.example two.example {\n    file db.one.example\n}\n',
      good: 'one.example {\n    file db.one.example\n}\ntwo.example {\n    file db.two.example\n}\n',
    },
    {
      bad: '. {\n    file db.one.example one.example two.example\n}\n',
      good: '. {\n    file db.one.example one.example\n    file db.two.example two.example\n}\n',
    },
  ],
}
