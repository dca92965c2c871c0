import { byteLength } from '../../src/values/text.ts'
import { directory, lineLeavingRest, one, plugin } from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'

// Source: plugin/root/root.go setup. A path that does not exist is a warning.
export default plugin('root', {
  source: 'plugin/root/root.go setup',
  about: 'The directory that relative paths of other plugins begin in: zone files, hosts files, keys and certificates.',
  occurrences: 'last',
  line: lineLeavingRest(one('PATH', directory('warning'))),
  afterOccurrence: 'length',
})

/** setup takes any fault but a path that does not exist for a reason to stop; of those only the system's limits can be told. */
const length: OccurrenceQuirk = (setup, { args: [path] }) => {
  if (path === undefined || !path.known) return
  if (byteLength(path.value) > 4095 || path.value.split('/').some((name) => byteLength(name) > 255))
    setup.report('out-of-range', { at: path, expected: 'a path with names of at most 255 bytes' })
}

export const quirks: Quirks = { afterOccurrence: { length } }
