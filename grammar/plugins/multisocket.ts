import { parseInteger } from '../../src/values/number.ts'
import { integer, line, optional, plugin, since } from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'

// Source: plugin/multisocket/multisocket.go parseNumSockets. Anything behind the line is refused, a block too.
export default plugin('multisocket', {
  source: 'plugin/multisocket/multisocket.go parseNumSockets',
  about: 'Opens several sockets for each port, so that more cores can read queries.',
  occurrences: 'once',
  line: since({
    '1.0.0': line(optional('NUM_SOCKETS', integer({ min: 1 }))),
    '1.13.2': line(optional('NUM_SOCKETS', integer({ min: 1, max: 1024 }))),
  }),
  afterOccurrence: 'number-of-servers',
})

/** core/dnsserver/register.go makeServersForGroup makes as many servers as are asked for, until the memory is full. */
const numberOfServers: OccurrenceQuirk = (setup, { args: [number] }) => {
  if (setup.since('1.13.2') || number === undefined || !number.known) return
  if (Number(parseInteger(number.value)) > MOST_SERVERS)
    setup.report('timeout', { at: number, message: 'CoreDNS never gets to the end of making so many servers' })
}

const MOST_SERVERS = 10_000_000

export const quirks: Quirks = { afterOccurrence: { 'number-of-servers': numberOfServers } }
