import {
  any,
  fallthrough,
  goTemplate,
  integer,
  line,
  lineLeavingRest,
  many,
  one,
  optional,
  origin,
  plugin,
  property,
  queryClass,
  queryType,
  rcode,
  regexp,
  since,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'
import { upstreamProperty } from '../zone-properties.ts'

const records = () => property({ line: line(many('RR', goTemplate())), repeat: 'adds' })

export default plugin('template', {
  source: 'plugin/template/setup.go templateParse',
  line: line(one('CLASS', queryClass()), one('TYPE', queryType()), any('ZONES', origin())),
  properties: {
    match: property({
      line: since({
        '1.0.3': line(many('REGEX', regexp())),
        '1.14.0': line(many('REGEX', regexp(10000))),
      }),
      repeat: 'adds',
      default: '.*',
    }),
    answer: records(),
    additional: records(),
    authority: records(),
    rcode: property({ line: lineLeavingRest(one('CODE', rcode())), default: 'NOERROR' }),
    ederror: property({
      since: '1.10.1',
      line: line(one('EXTENDED_ERROR_CODE', integer({ bits: 16, unsigned: true })), optional('EXTRA_REASON')),
    }),
    var: property({
      since: '1.15.0',
      line: line(one('NAME'), many('EXPRESSION')),
      repeat: 'adds',
    }),
    expr: property({ since: '1.15.0', line: line(many('EXPRESSION')), repeat: 'adds' }),
    fallthrough: fallthrough(),
    upstream: upstreamProperty('1.0.6', { since: '1.0.6' }),
  },
  afterOccurrence: 'records-of-success',
})

/** templateParse (to 1.5.0): a template that answers NOERROR must answer with something. */
const recordsOfSuccess: OccurrenceQuirk = (setup, { properties }) => {
  if (setup.since('1.5.1')) return
  const other = setup.since('1.1.3') ? 'authority' : 'additional'
  const code = properties.findLast((property) => property.name.value === 'rcode')?.args[0]
  if (code !== undefined && (!code.known || code.value !== 'NOERROR')) return
  if (properties.some((property) => property.name.value === 'answer' || property.name.value === other)) return
  setup.report('needs', {
    expected: `\`answer\` or \`${other}\`, or an \`rcode\` other than NOERROR`,
    message: 'no answer section for template found',
  })
}

export const quirks: Quirks = { afterOccurrence: { 'records-of-success': recordsOfSuccess } }
