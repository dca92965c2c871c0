import { isInvalid } from '../../src/values/invalid.ts'
import { parseRegexp } from '../../src/values/regexp.ts'
import {
  any,
  integer,
  line,
  lineLeavingRest,
  one,
  optional,
  origin,
  plugin,
  property,
  regexp,
  rootedDirectory,
  since,
  strictLine,
} from '../schema.ts'
import type { LineQuirk, OtherLineQuirk, Quirks } from '../setup.ts'
import { reloadProperty, transferTo, transferToProperty, upstreamProperty, zoneReload } from '../zone-properties.ts'

const directory = one('DIR', rootedDirectory('warning'))

export default plugin('auto', {
  source: 'plugin/auto/setup.go autoParse',
  about:
    'Answers for zones from the zone files of a directory; their names say which zones they are, and new files are taken up while CoreDNS runs.',
  occurrences: 'last',
  line: line(any('ZONES', origin())),
  properties: {
    directory: property({
      line: since({
        '1.0.0': lineLeavingRest(
          directory,
          optional('REGEXP', regexp(), { default: 'db\\.(.*)' }),
          optional('ORIGIN_TEMPLATE'),
          optional('TIMEOUT', integer()),
        ),
        '1.5.0': strictLine(directory, optional('REGEXP', regexp()), optional('ORIGIN_TEMPLATE')),
        '1.13.2': strictLine(directory, optional('REGEXP', regexp(10000)), optional('ORIGIN_TEMPLATE')),
      }),
      quirk: 'directory',
    }),
    reload: reloadProperty,
    upstream: upstreamProperty('1.4.0'),
    no_reload: property({ until: '1.5.0', deprecated: '1.4.0', instead: '`reload 0`', line: lineLeavingRest() }),
    transfer: transferToProperty(),
  },
  otherLine: 'other',
})

/** autoParse: `directory DIR [REGEXP [ORIGIN_TEMPLATE]]`, up to 1.4.0 with a timeout in seconds behind it. */
const directoryLine: LineQuirk = (setup) => {
  const name = setup.word
  const wrongCount = (at = setup.word): never =>
    setup.refuse('argument-count', { at, property: 'directory', expected: 'DIR [REGEXP ORIGIN_TEMPLATE]' })
  if (!setup.nextArg()) wrongCount(name)
  setup.check(rootedDirectory('warning'), setup.word, 'directory')
  let hasTemplate = false
  if (setup.nextArg()) {
    const word = setup.word
    if (setup.check(regexp(setup.since('1.13.2') ? 10000 : undefined), word, 'directory') && word.known) {
      const groups = parseRegexp(word.value)
      if (!isInvalid(groups) && groups.names.length === 0) {
        setup.report('invalid-value', {
          at: word,
          property: 'directory',
          expected: 'a regular expression with a group in parentheses for the origin',
          message: 'Need at least one sub expression',
        })
      }
    }
    hasTemplate = setup.nextArg()
    if (!hasTemplate && setup.since('1.5.1')) wrongCount()
  } else hasTemplate = setup.nextArg()
  if (setup.since('1.5.0')) {
    if (setup.nextArg()) wrongCount()
  } else if (hasTemplate && setup.nextArg()) setup.check(integer(), setup.word, 'directory')
}

/** autoParse: up to 1.4.0 any other word was read as if it were `transfer`. */
const other: OtherLineQuirk = (setup) => {
  if (setup.since('1.5.0')) setup.refuse('unknown-property', { property: setup.word.value })
  transferTo(setup)
}

export const quirks: Quirks = {
  lines: { directory: directoryLine, reload: zoneReload(true), 'transfer-to': transferTo },
  otherLines: { other },
}
