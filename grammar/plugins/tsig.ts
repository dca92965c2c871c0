import { type Invalid, invalid, isInvalid } from '../../src/values/invalid.ts'
import { normalizeName } from '../../src/values/name.ts'
import {
  any,
  file,
  line,
  lineIgnoringRest,
  many,
  one,
  oneOf,
  orDirectory,
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
  about:
    'Keys for signed queries: checks the signature of those that have one, signs their answers, and refuses others where `require` says so.',
  occurrences: 'once',
  line: line(any('ZONE', origin())),
  properties: {
    secret: property({ line: line(one('NAME'), one('KEY', text(), { secret: true })), repeat: 'adds' }),
    secrets: property({ line: line(one('FILE', orDirectory(file()))), repeat: 'adds' }),
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

/** plugin/tsig/setup.go parse: one key, one secret, in the Corefile and in key files together. */
const keysOnce: OccurrenceQuirk = (setup, { properties }) => {
  const keys = new Set<string>()
  for (const { name, args } of properties) {
    const key = args[0]
    if (key === undefined || !key.known) continue
    const text = name.value === 'secrets' ? setup.fileText(key.value) : undefined
    if (name.value === 'secrets' && text === undefined)
      setup.assume(`file ${key.value} holds TSIG keys, none of them twice`)
    const named = name.value === 'secret' ? [normalizeName(key.value)] : keysOfFile(text ?? '')
    if (isInvalid(named)) {
      setup.report('invalid-value', {
        at: key,
        property: name.value,
        expected: 'a file of TSIG keys',
        message: named.error,
      })
      continue
    }
    for (const each of named) {
      if (keys.has(each))
        setup.report('conflict', { at: key, property: name.value, message: `key "${each}" redefined` })
      keys.add(each)
    }
  }
}

/** plugin/tsig/setup.go parseKeyFile: `key NAME {`, `algorithm NAME;`, `secret KEY;` and `};`, a line each. */
function keysOfFile(text: string): string[] | Invalid {
  const found: string[] = []
  let key: string | null = null
  let hasSecret = false
  for (const line of text.split('\n')) {
    const [first, second = ''] = line.split(/\s+/).filter((word) => word !== '')
    if (first === undefined) continue
    if (key === null) {
      const name = second.replace(/^["{]+|["{]+$/g, '')
      if (first !== 'key') return invalid(`unexpected token "${first}"`)
      if (name === '') return invalid('expected key name')
      key = normalizeName(name)
      if (found.includes(key)) return invalid(`key "${key}" redefined`)
      found.push(key)
      hasSecret = false
    } else if (first === 'secret') {
      if (second.replace(/^[";]+|[";]+$/g, '') === '') return invalid('expected secret key')
      hasSecret = true
    } else if (first === '}' || first === '};') {
      if (!hasSecret) return invalid(`expected secret for key "${key}"`)
      key = null
    } else if (first !== 'algorithm') return invalid(`unexpected token "${first}"`)
  }
  return key === null || hasSecret ? found : invalid(`expected secret for key "${key}"`)
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
