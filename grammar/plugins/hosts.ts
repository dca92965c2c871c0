import { zonesOf } from '../../src/values/zone.ts'
import {
  any,
  duration,
  integer,
  line,
  lineIgnoringRest,
  lineLeavingRest,
  one,
  optional,
  origin,
  plugin,
  property,
  rootedFile,
  since,
} from '../schema.ts'
import type { OtherLineQuirk, PluginQuirk, Quirks, ReadOccurrence, Setup, Word } from '../setup.ts'

export default plugin('hosts', {
  source: 'plugin/hosts/setup.go hostsParse',
  about:
    'Answers addresses and their reverse names from lines in its block and from FILE, both as /etc/hosts has them. For every other name of its zones the search ends here, unless `fallthrough` stands in the block.',
  aboutProperties: {
    fallthrough:
      'Names without an entry go on to the next plugin, in all its zones or only in those named. Without it they are answered SERVFAIL. Entries behind this line are refused.',
    fallthrough_unsupported:
      'Queries for other types than A, AAAA and PTR go on too where the name has an entry; without it they are answered without records. It needs `fallthrough`.',
    no_reverse: 'Makes no reverse names of the entries.',
    ttl: 'The TTL of its answers, in seconds.',
    reload: 'How often FILE is looked at for changes; 0s is never.',
  },
  occurrences: since({ '1.0.0': 'each', '1.1.0': 'once' }),
  line: line(optional('FILE', rootedFile('warning'), { default: '/etc/hosts' }), any('ZONES', origin())),
  properties: {
    fallthrough: property({ line: since({ '1.0.0': line(), '1.0.3': line(any('ZONES', origin())) }) }),
    fallthrough_unsupported: property({ since: '1.14.7' }),
    no_reverse: property({ since: '1.4.0', line: lineLeavingRest() }),
    ttl: property({
      since: '1.4.0',
      line: lineIgnoringRest(one('SECONDS', integer({ min: 1, max: 65535 }))),
      default: '3600',
    }),
    reload: property({ since: '1.4.0', line: line(one('DURATION', duration({ min: '0s' }))), default: '5s' }),
  },
  otherLine: 'entry',
  afterAll: 'fallthrough-for-unsupported',
})

/** hostsParse: any other line is an entry `IP NAME...`, of which nothing is checked, unless `fallthrough` stood before it. */
const entry: OtherLineQuirk = (setup, properties, before) => {
  if (fallsThrough(setup, properties, before)) {
    const name = setup.word
    setup.refuse('unknown-property', { at: name, property: name.value })
  }
  setup.skipArgs()
}

/** hostsParse (1.14.7). */
const fallthroughForUnsupported: PluginQuirk = (setup, occurrences) => {
  for (const { properties } of occurrences) {
    const unsupported = properties.find(({ name }) => name.value === 'fallthrough_unsupported')
    if (unsupported === undefined || fallsThrough(setup, properties, [])) continue
    setup.report('needs', {
      at: unsupported.name,
      property: 'fallthrough_unsupported',
      expected: '`fallthrough` beside it',
      message: 'fallthrough_unsupported requires fallthrough',
    })
  }
}

/** The last `fallthrough` counts, and since 1.8.4 one that names only unreadable zones is none. */
function fallsThrough(
  setup: Setup,
  properties: ReadOccurrence['properties'],
  before: readonly ReadOccurrence[],
): boolean {
  // A block may have a million entries: nothing is made for each of them.
  const args = lastFallthrough(properties) ?? lastFallthrough(before.at(-1)?.properties ?? [])
  if (args === undefined) return false
  const names = (zone: Word): boolean => !zone.known || zonesOf(zone.value, setup.release).length > 0
  return args.length === 0 || !setup.since('1.8.4') || args.some(names)
}

function lastFallthrough(properties: ReadOccurrence['properties']): readonly Word[] | undefined {
  for (let at = properties.length - 1; at >= 0; at--) {
    const property = properties[at]
    if (property?.name.value === 'fallthrough') return property.args
  }
  return undefined
}

export const quirks: Quirks = {
  otherLines: { entry },
  afterAll: { 'fallthrough-for-unsupported': fallthroughForUnsupported },
}
