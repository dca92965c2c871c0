import { any, fallthrough, hostPort, line, many, one, oneOf, origin, plugin, property, since, zone } from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'
import { transferFrom, upstreamProperty } from '../zone-properties.ts'

export default plugin('secondary', {
  source: 'plugin/secondary/setup.go secondaryParse',
  about:
    'Answers for zones that it copies from another server, and keeps in memory alone: after a restart it copies them again.',
  skipsOtherWords: true,
  line: line(any('ZONES', origin())),
  properties: {
    transfer: property({
      line: since({
        '1.0.0': line(one('DIRECTION', oneOf('from', 'to')), any('ADDRESS', hostPort('53'))),
        '1.8.0': line(one('DIRECTION', oneOf('from')), many('ADDRESS', hostPort('53'))),
      }),
      repeat: 'adds',
      quirk: 'transfer-from',
    }),
    catalog: property({
      since: '1.14.5',
      line: since({ '1.14.5': line(), '1.14.7': line(any('MEMBER-ZONES', zone())) }),
      repeat: 'adds',
    }),
    fallthrough: fallthrough('1.14.4'),
    upstream: upstreamProperty('1.0.6', { until: '1.8.0' }),
  },
  afterOccurrence: 'transfer-needed',
})

/** secondaryParse (1.12.2). */
const transferNeeded: OccurrenceQuirk = (setup, { properties }) => {
  if (!setup.since('1.12.2') || properties.some((property) => property.name.value === 'transfer')) return
  setup.report('missing-property', {
    property: 'transfer',
    expected: '`transfer from ADDRESS` in its block',
    message: 'secondary zones require a transfer from property',
  })
}

export const quirks: Quirks = {
  lines: { 'transfer-from': transferFrom },
  afterOccurrence: { 'transfer-needed': transferNeeded },
}
