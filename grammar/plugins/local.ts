import { line, lineIgnoringRest, one, oneOf, plugin, property, since, strictLine } from '../schema.ts'

export default plugin('local', {
  source: 'plugin/local/setup.go parse',
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
