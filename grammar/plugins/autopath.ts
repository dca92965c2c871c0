import { any, file, line, one, orDirectory, origin, plugin } from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'

export default plugin('autopath', {
  source: 'plugin/autopath/setup.go autoPathParse',
  about:
    'Tries the search list of the client by itself: the first query for a name with the first suffix of the list gets the first answer that is not NXDOMAIN, with a CNAME that leads to it. It saves clients with `ndots:5` most of their queries.',
  occurrences: 'last',
  line: line(any('ZONES', origin()), one('RESOLV-CONF')),
  afterOccurrence: 'search-path',
})

/** autoPathParse: the last word is a file like resolv.conf, or `@` and the plugin that knows the search path. */
const searchPath: OccurrenceQuirk = (setup, { args }) => {
  const last = args.at(-1)
  if (last === undefined || !last.known || last.value.startsWith('@')) return
  if (last.value === '' && !setup.since('1.9.1')) setup.refuse('panic', { at: last })
  if (last.value === '') {
    setup.report('invalid-value', { at: last, expected: 'the path of a file, or `@` and the name of a plugin' })
  } else setup.check(orDirectory(file()), last)
}

export const quirks: Quirks = { afterOccurrence: { 'search-path': searchPath } }
