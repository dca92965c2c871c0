import { line, lineIgnoringRest, one, oneOf, plugin, property, since, strictLine } from '../schema.ts'

export default plugin('local', {
  source: 'plugin/local/setup.go parse',
  about:
    'Answers localhost and the reverse names of 127.0.0.0/8 and the like by itself, so that these queries go nowhere.',
  occurrences: since({ '1.8.1': 'first', '1.14.5': 'each' }),
  // Before 1.14.4 the set-up looked at nothing.
  line: since({ '1.8.1': lineIgnoringRest(), '1.14.4': strictLine(), '1.14.5': line() }),
  properties: since({
    '1.8.1': null,
    '1.14.5': {
      localhost_prefix: property({ since: '1.14.5', line: line(one('SWITCH', oneOf('on', 'off'))), default: 'on' }),
    },
  }),
})
