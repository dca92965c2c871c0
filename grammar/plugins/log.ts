import { any, line, lineIgnoringRest, many, one, oneOf, optional, plugin, property, since, text } from '../schema.ts'

const classes = oneOf('all', 'denial', 'error', 'success')

// Source: plugin/log/setup.go logParse. Of several words the last is the format if it has a brace in it; no name is refused.
export default plugin('log', {
  source: 'plugin/log/setup.go logParse',
  about:
    'Logs every query for NAMES (all names of the block where none stand) with what was answered, to standard output, a line each.',
  aboutProperties: {
    class:
      'Logs only some answers: `success`, `denial` (NXDOMAIN, or no records), `error` (SERVFAIL, REFUSED and the like) or `all`.',
  },
  line: since({
    '1.0.0': lineIgnoringRest(optional('NAME'), optional('FORMAT', text(), { default: '{common}' })),
    '1.3.1': line(any('NAMES'), optional('FORMAT', text(), { default: '{common}' })),
  }),
  properties: {
    class: property({
      line: since({ '1.0.0': lineIgnoringRest(one('CLASS', classes)), '1.1.2': line(many('CLASSES', classes)) }),
      repeat: 'adds',
      default: 'all',
    }),
  },
})
