import { readPolicies } from '../lint/access.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import type { BlockView, OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** `to *` hands a zone to everybody who asks (plugin/transfer/transfer.go allowed). */
export default defineRule({
  id: 'transfer-open',
  severity: 'warning',
  effects: ['hygiene'],
  check({ servers, report }) {
    for (const block of servers.blocks) {
      const stars = HANDING_OUT.flatMap((plugin) => block.occurrences(plugin).flatMap((each) => [...starsOf(each)]))
      if (stars.length === 0 || isGuarded(block)) continue
      for (const { place } of stars) {
        report({
          at: place,
          message:
            'everybody who reaches this server may copy all names of the zone (write the addresses of the servers that are to have it)',
          help: 'An acl for the type AXFR, or tsig that requires a signature, keeps others out as well.',
        })
      }
    }
  },
})

const HANDING_OUT = ['transfer', 'file', 'auto', 'secondary']

/** Before 1.8.0 the plugins that have a zone had a line for it themselves: `transfer to *`. */
function* starsOf(occurrence: OccurrenceView): Generator<WordView> {
  for (const { name, args } of occurrence.lines()) {
    const words = occurrence.plugin === 'transfer' ? [name, ...args] : name.value === 'transfer' ? args : []
    const star = words[0]?.value === 'to' ? words.find(({ value, known }) => known && value === '*') : undefined
    if (star !== undefined) yield star
  }
}

/** Whether something else decides who may ask, or nobody from elsewhere can. */
function isGuarded(block: BlockView): boolean {
  if (block.has('tsig')) return true
  const addresses = block.served.flatMap((served) => served.addresses ?? [''])
  if (addresses.length > 0 && addresses.every(isLoopback)) return true
  return block.occurrences('acl').some((acl) => readPolicies(acl)?.some(({ action }) => action !== 'allow') ?? true)
}

function isLoopback(address: string): boolean {
  return /^127\.|^::1$/.test(address)
}

export const text: RuleText = {
  summary: 'A zone that everybody may copy',
  why: '`to *` answers a zone transfer for every client that can reach the server. For the zone of a cluster that is a list of all its Services; write who is to have the zone, or keep others out with acl or tsig.',
  links: ['plugin/transfer/transfer.go allowed'],
  examples: [
    {
      bad: 'example.org {\n    transfer {\n        to *\n    }\n    file db.example.org\n}\n',
      good: 'example.org {\n    transfer {\n        to 10.0.0.2\n    }\n    file db.example.org\n}\n',
    },
    {
      bad: 'example.org {\n    file db.example.org {\n        transfer to *\n    }\n}\n',
      good: 'example.org {\n    file db.example.org {\n        transfer to 10.0.0.2\n    }\n}\n',
      release: '1.7.1',
    },
  ],
}
