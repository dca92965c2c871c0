import { commandOf } from '../command.ts'
import { gone } from '../gone.ts'
import { line, many, plugin, since } from '../schema.ts'
import type { Quirks } from '../setup.ts'

// Source: startupshutdown/startupshutdown.go onParse of mholt/caddy; in 1.1.0 plugin/deprecated/setup.go setup.
export default plugin('startup', {
  source: 'startupshutdown/startupshutdown.go onParse of mholt/caddy',
  about: 'Runs a command when CoreDNS starts, and waits for it unless `&` is the last word.',
  line: line(many('COMMAND')),
  setup: since({ '1.0.0': null, '1.1.0': 'gone' }),
  afterOccurrence: 'command',
  deprecated: '1.0.6',
  instead: 'on startup',
})

export const quirks: Quirks = { setups: { gone }, afterOccurrence: { command: commandOf(0) } }
