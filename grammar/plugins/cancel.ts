import { duration, line, optional, plugin } from '../schema.ts'

// Source: plugin/cancel/cancel.go setup. It never looks for a block: each line of one is read like `cancel` itself.
export default plugin('cancel', {
  source: 'plugin/cancel/cancel.go setup',
  about: 'Gives up a query after a while, as its client has: 5001 ms where nothing is written.',
  occurrences: 'last',
  line: line(optional('TIMEOUT', duration({ positive: true }), { default: '5.001s' })),
})
