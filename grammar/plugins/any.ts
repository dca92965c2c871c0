import { lineIgnoringRest, plugin, since, strictLine } from '../schema.ts'

export default plugin('any', {
  source: 'plugin/any/setup.go setup',
  about:
    'Answers queries for the type ANY with a short HINFO record (RFC 8482), so that nobody gets everything at once.',
  occurrences: 'first',
  // Before 1.14.4 the set-up looked at nothing.
  line: since({ '1.5.1': lineIgnoringRest(), '1.14.4': strictLine() }),
})
