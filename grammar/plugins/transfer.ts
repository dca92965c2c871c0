import { any, hostPortOrStar, ip, line, many, one, origin, plugin, property, since, zone } from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'

export default plugin('transfer', {
  source: 'plugin/transfer/setup.go parseTransfer',
  about: 'Who may copy the zones of `file`, `auto`, `secondary` and `kubernetes` in the same block.',
  line: since({ '1.6.5': line(any('ZONES', zone())), '1.8.4': line(any('ZONES', origin())) }),
  properties: {
    to: property({ line: line(many('HOST', hostPortOrStar('53'))), repeat: 'adds' }),
    source: property({ since: '1.14.5', line: line(one('ADDRESS', ip())), repeat: 'refused' }),
  },
  afterOccurrence: 'to-needed',
})

const toNeeded: OccurrenceQuirk = (setup, { properties }) => {
  if (properties.some((property) => property.name.value === 'to')) return
  setup.report('missing-property', { property: 'to', expected: '`to HOST` in its block', message: "'to' is required" })
}

export const quirks: Quirks = { afterOccurrence: { 'to-needed': toNeeded } }
