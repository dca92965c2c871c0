import { zoneText } from '../lint/answering.ts'
import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isSubdomain, normalizeName } from '../values/name.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

/** The first word of `hosts` is a file, zones come behind it (plugin/hosts/setup.go hostsParse). */
export default defineRule({
  id: 'hosts-zone-as-file',
  severity: 'warning',
  effects: ['misbehaves', 'hygiene'],
  fix: 'unsafe',
  check({ servers, release, report }) {
    for (const hosts of servers.plugins('hosts')) {
      const [first, ...others] = hosts.args
      if (first === undefined || !first.known || !isMeantAsZone(hosts, first.value, release)) continue
      const zone = zoneText(normalizeName(first.value, release))
      const isRestricted = others.length > 0
      const passes = hosts.has('fallthrough')
      report({
        at: first.place,
        severity: passes && !isRestricted ? 'info' : 'warning',
        effect: passes && !isRestricted ? 'hygiene' : 'misbehaves',
        message: isRestricted
          ? `hosts reads "${first.value}" as the path of a file, and serves only ${others.map(({ value }) => value).join(' ')} (write hosts /dev/null ${first.value} ...)`
          : `hosts reads "${first.value}" as the path of a file, not as a zone${passes ? '' : `, so it takes names outside of ${zone} too and answers them with SERVFAIL`} (write hosts /dev/null ${first.value})`,
        help: '`hosts [FILE [ZONES...]]`: zones come behind a file. /dev/null stands for none.',
        fix: {
          title: 'name no file, and then the zone',
          safety: 'unsafe',
          edits: [replaceToken(first.place, `/dev/null ${first.place.list.raw(first.place.index)}`)],
        },
      })
    }
  },
})

/** Whether it is no path, and a zone that the block or one of the entries is about. */
function isMeantAsZone(hosts: OccurrenceView, word: string, release: string): boolean {
  if (word === '.') return true
  if (
    /[/\\]|\.(?:hosts?|txt|conf|list|cfg|db)$/i.test(word) ||
    !/^[\w-]+(?:\.[\w-]+)*\.?$/.test(word) ||
    !word.includes('.')
  )
    return false
  const zone = normalizeName(word, release)
  if (hosts.args.slice(1).some(({ value }) => normalizeName(value, release) === zone)) return false
  if (/\.$|\.arpa$/i.test(word)) return true
  if (hosts.block.zones.some((own) => own !== '.' && (isSubdomain(own, zone) || isSubdomain(zone, own)))) return true
  for (const { args } of hosts.lines()) {
    if (args.some(({ value }) => isSubdomain(zone, normalizeName(value, release)))) return true
  }
  return false
}

export const text: RuleText = {
  summary: 'A zone that hosts reads as the path of a file',
  why: 'The first word behind hosts is the path of a hosts file; zones come behind it. `hosts example.org` looks for a file of that name, says in one line of the log that there is none, and serves the names of the whole block.',
  links: ['Azure/AKS#919', 'coredns/coredns#7121', 'plugin/hosts/setup.go hostsParse'],
  examples: [
    {
      bad: '. {\n    hosts corp.example {\n        10.0.0.1 a.corp.example\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts /dev/null corp.example {\n        10.0.0.1 a.corp.example\n    }\n    forward . 10.0.0.53\n}\n',
      also: ['hosts-missing-fallthrough'],
    },
    {
      bad: '. {\n    hosts corp.example lab.example {\n        10.0.0.1 a.corp.example\n        10.0.0.2 a.lab.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    hosts /dev/null corp.example lab.example {\n        10.0.0.1 a.corp.example\n        10.0.0.2 a.lab.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      also: ['plugin-zone-outside-block'],
    },
    {
      bad: 'corp.example {\n    hosts corp.example {\n        10.0.0.1 a.corp.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: 'corp.example {\n    hosts /dev/null corp.example {\n        10.0.0.1 a.corp.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
