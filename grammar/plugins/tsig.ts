import { normalizeName } from '../../src/values/name.ts'
import {
  any,
  file,
  line,
  lineIgnoringRest,
  many,
  one,
  oneOf,
  origin,
  plugin,
  property,
  queryType,
  text,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirk, Quirks } from '../setup.ts'

// Source: plugin/tsig/setup.go parse. It names no reason when it refuses, only the last word that it read.
export default plugin('tsig', {
  source: 'plugin/tsig/setup.go parse',
  occurrences: 'once',
  line: line(any('ZONE', origin())),
  properties: {
    secret: property({ line: line(one('NAME'), one('KEY', text(), { secret: true })), repeat: 'adds' }),
    secrets: property({ line: line(one('FILE', file())), repeat: 'adds' }),
    require: property({ line: lineIgnoringRest(many('QTYPE', queryType())), quirk: 'require', default: 'none' }),
    require_opcode: property({
      since: '1.14.3',
      line: lineIgnoringRest(many('OPCODE', oneOf('QUERY', 'IQUERY', 'STATUS', 'NOTIFY', 'UPDATE'))),
      quirk: 'require-opcode',
      default: 'none',
    }),
  },
  afterOccurrence: 'keys-once',
})

/** plugin/tsig/setup.go parse: `all` and `none` count in front only, and nobody looks at what follows them. */
const required =
  (kind: ReturnType<typeof oneOf>, property: string, expected: string): Quirk =>
  (setup) => {
    const name = setup.word
    const words = setup.remainingArgs()
    const first = words[0]
    if (first === undefined) return setup.report('argument-count', { at: name, property, expected })
    if (first.value === 'all' || first.value === 'none') return
    for (const word of words) setup.check(kind, word, property)
  }

/** plugin/tsig/setup.go parse: one key, one secret; what the key file adds is not known here. */
const keysOnce: OccurrenceQuirk = (setup, { properties }) => {
  const keys = new Set<string>()
  for (const { name, args } of properties) {
    const key = args[0]
    if (key === undefined || !key.known) continue
    if (name.value === 'secrets') setup.assume(`file ${key.value} holds TSIG keys, none of them twice`)
    if (name.value !== 'secret') continue
    const normal = normalizeName(key.value)
    if (keys.has(normal)) {
      setup.report('conflict', { at: key, property: 'secret', message: `key "${normal}" redefined` })
    }
    keys.add(normal)
  }
}

export const quirks: Quirks = {
  lines: {
    require: required(queryType(), 'require', '`all`, `none` or query types such as `AXFR`'),
    'require-opcode': required(
      oneOf('QUERY', 'IQUERY', 'STATUS', 'NOTIFY', 'UPDATE'),
      'require_opcode',
      '`all`, `none` or opcodes such as `UPDATE`',
    ),
  },
  afterOccurrence: { 'keys-once': keysOnce },
}
