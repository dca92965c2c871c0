import { isInvalid } from '../../src/values/invalid.ts'
import { parseInteger } from '../../src/values/number.ts'
import { duration, line, one, plugin, property, tested } from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'

const timeout = line(one('DURATION', duration({ min: '1s', max: '24h', orSeconds: true })))

// Source: plugin/timeouts/timeouts.go parseTimeouts.
export default plugin('timeouts', {
  source: 'plugin/timeouts/timeouts.go parseTimeouts',
  about: 'How long connections of clients may stay idle, and reads and writes may take.',
  properties: {
    read: property({ line: timeout }),
    write: property({ line: timeout }),
    idle: property({ line: timeout }),
    maxtcpqueries: property({
      since: '1.14.7',
      line: line(one('QUERIES', tested('queries', '-1 (unlimited) or a whole number from 1 on'))),
    }),
  },
  afterOccurrence: 'at-least-one',
})

/** plugin/timeouts/timeouts.go parseTimeouts: without a line between its braces the plugin is refused. */
const atLeastOne: OccurrenceQuirk = (setup, { name, args, properties }) => {
  const isEmpty = setup.word.number <= (args.at(-1) ?? name).number + 2
  if (properties.length > 0 || !isEmpty) return
  setup.report('missing-property', { expected: 'at least one of `read`, `write`, `idle` in a block' })
}

export const quirks: Quirks = {
  afterOccurrence: { 'at-least-one': atLeastOne },
  words: {
    queries(word) {
      const value = parseInteger(word)
      if (isInvalid(value)) return value.error
      return value === -1 || value > 0 ? null : `maxtcpqueries provided '${word}' needs to be -1 or positive`
    },
  },
}
