import {
  any,
  line,
  lineTakingBraces,
  many,
  one,
  oneOf,
  origin,
  plugin,
  property,
  rootedDirectory,
  rootedFile,
} from '../schema.ts'
import type { LineQuirk, OccurrenceQuirk, Quirks } from '../setup.ts'
import { keyFiles } from '../zone-properties.ts'

export default plugin('sign', {
  source: 'plugin/sign/setup.go parse',
  about: 'Signs zone files and writes the signed ones into a directory, again before the signatures expire.',
  line: lineTakingBraces(1, one('DBFILE', rootedFile('warning')), any('ZONES', origin())),
  properties: {
    key: property({ line: line(one('WHERE', oneOf('file')), many('KEY')), repeat: 'adds', quirk: 'key' }),
    directory: property({ line: line(one('DIR', rootedDirectory('warning'))), default: '/var/lib/coredns' }),
  },
  afterOccurrence: 'readable-name',
})

/** plugin/sign/keys.go keyParse: `directory` is refused as not implemented; any other word is skipped, and only it. */
const key: LineQuirk = (setup) => {
  const name = setup.word
  if (!setup.nextArg()) setup.refuse('argument-count', { at: name, property: 'key', expected: 'file KEY...' })
  const where = setup.word
  if (where.value === 'directory') {
    setup.refuse('invalid-value', {
      at: where,
      property: 'key',
      expected: '`file`',
      message: 'directory: not implemented',
    })
  }
  if (where.value !== 'file') return
  const keys = setup.remainingArgs()
  if (keys.length === 0) setup.report('argument-count', { at: where, property: 'key', expected: 'file KEY...' })
  keyFiles(setup, keys, rootedFile())
}

/** parse (1.13.1): what is no UTF-8 in the path would be signed for ever. */
const readableName: OccurrenceQuirk = (setup, { args }) => {
  const [path] = args
  if (path === undefined || !setup.since('1.13.1') || !path.value.includes('\uFFFD')) return
  setup.report('invalid-value', {
    at: path,
    expected: 'a path in UTF-8',
    message: 'dbfile contains invalid characters',
  })
}

export const quirks: Quirks = { lines: { key }, afterOccurrence: { 'readable-name': readableName } }
