import { commandOf } from '../command.ts'
import { line, many, plugin } from '../schema.ts'
import type { Quirks } from '../setup.ts'

// Source: startupshutdown/startupshutdown.go onParse of mholt/caddy.
export default plugin('shutdown', {
  source: 'startupshutdown/startupshutdown.go onParse of mholt/caddy',
  line: line(many('COMMAND')),
  afterOccurrence: 'command',
  deprecated: '1.0.6',
  instead: 'on shutdown',
})

export const quirks: Quirks = { afterOccurrence: { command: commandOf(0) } }
