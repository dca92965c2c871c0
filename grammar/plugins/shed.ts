import { plugin } from '../schema.ts'
import type { PluginQuirk, Quirks } from '../setup.ts'

// Source: plugin/shed/setup.go setup, parse.
export default plugin('shed', {
  source: 'plugin/shed/setup.go setup',
  about:
    'Keeps a flood of queries over UDP from bringing CoreDNS down: one writer for each socket sends the replies, the newest first, and while it cannot keep up, queries are dropped without a reply. TCP is left alone.',
  occurrences: 'once',
  properties: {},
  afterAll: 'plain-dns-only',
})

/** plugin/shed/setup.go setup: every key of the block must be plain DNS. */
const plainDnsOnly: PluginQuirk = (setup, occurrences) => {
  const at = setup.transports?.findIndex((transport) => transport !== 'dns') ?? -1
  const name = occurrences[0]?.name
  if (at < 0 || name === undefined) return
  const transport = setup.transports?.[at] ?? ''
  setup.report('conflict', {
    at: name,
    expected: 'a server block of plain DNS',
    message: `only plain DNS server blocks are supported; "${transport}://${setup.zones?.[at] ?? ''}" uses transport "${transport}"`,
  })
}

export const quirks: Quirks = { afterAll: { 'plain-dns-only': plainDnsOnly } }
