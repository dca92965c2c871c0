import { parseDuration } from '../../src/values/duration.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { duration, line, optional, plugin, since, tested } from '../schema.ts'
import type { Quirks } from '../setup.ts'

const interval = optional('INTERVAL', duration({ min: '2s' }), { default: '30s' })

// Source: plugin/reload/setup.go setup. It reads one line; nobody looks at a second one or at a block.
export default plugin('reload', {
  source: 'plugin/reload/setup.go setup',
  about:
    'Looks at the Corefile about every INTERVAL (the JITTER spreads it) and takes over a changed one without a restart. One that does not load is logged, and CoreDNS goes on with the old one. It counts for the whole process.',
  occurrences: 'first',
  line: since({
    '1.0.0': line(interval, optional('JITTER', duration({ min: '1s' }), { default: '15s' })),
    '1.14.2': line(
      interval,
      optional('JITTER', tested('jitter', '0s or a duration of at least 1s'), { default: '15s' }),
    ),
  }),
})

export const quirks: Quirks = {
  words: {
    jitter(word) {
      const value = parseDuration(word)
      if (isInvalid(value)) return value.error
      return value === 0n || value >= 1_000_000_000n ? null : 'jitter value must be 0 or greater or equal to 1s'
    },
  },
}
