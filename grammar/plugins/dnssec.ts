import {
  any,
  file,
  integer,
  line,
  lineLeavingRest,
  many,
  one,
  oneOf,
  origin,
  plugin,
  property,
  rootedFile,
  since,
} from '../schema.ts'
import type { LineQuirk, Quirks } from '../setup.ts'
import { keyFiles } from '../zone-properties.ts'

export default plugin('dnssec', {
  source: 'plugin/dnssec/setup.go dnssecParse',
  about: 'Signs answers on their way out, with the keys that are named.',
  occurrences: since({ '1.0.0': 'each', '1.1.0': 'once' }),
  line: line(any('ZONES', origin())),
  properties: {
    key: property({
      line: since({
        '1.0.0': line(one('WHERE', oneOf('file')), many('KEY')),
        '1.11.4': line(one('WHERE', oneOf('file', 'aws_secretsmanager')), many('KEY')),
      }),
      repeat: 'adds',
      quirk: 'key',
    }),
    cache_capacity: property({ line: lineLeavingRest(one('CAPACITY', integer())), default: '10000' }),
  },
  unknownProperty: since({ '1.0.0': 'ignored', '1.1.0': 'refused' }),
})

/** keyParse: `file` and the key files, or, since 1.11.4, secrets in AWS; any other word is skipped, and only it. */
const key: LineQuirk = (setup) => {
  const name = setup.word
  if (!setup.nextArg()) setup.refuse('argument-count', { at: name, property: 'key', expected: 'file KEY...' })
  const where = setup.word
  const isSecret = where.value === 'aws_secretsmanager' && setup.since('1.11.4')
  if (where.value !== 'file' && !isSecret) return
  const keys = setup.remainingArgs()
  if (keys.length === 0) {
    setup.report('argument-count', { at: where, property: 'key', expected: `${where.value} KEY...` })
  }
  if (isSecret) {
    for (const { value } of keys) setup.assume(`the secret ${value} can be read from AWS Secrets Manager`)
  } else keyFiles(setup, keys, setup.since('1.2.3') ? rootedFile() : file())
  if (keys.length > 0) setup.assume('the DNSSEC keys are of one of the zones')
}

export const quirks: Quirks = { lines: { key } }
