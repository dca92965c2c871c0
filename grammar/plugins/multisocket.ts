import { integer, line, optional, plugin, since } from '../schema.ts'

// Source: plugin/multisocket/multisocket.go parseNumSockets. Anything behind the line is refused, a block too.
export default plugin('multisocket', {
  source: 'plugin/multisocket/multisocket.go parseNumSockets',
  occurrences: 'once',
  line: since({
    '1.0.0': line(optional('NUM_SOCKETS', integer({ min: 1 }))),
    '1.13.2': line(optional('NUM_SOCKETS', integer({ min: 1, max: 1024 }))),
  }),
})
