import { parseDuration } from '../../src/values/duration.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import {
  any,
  fallthrough,
  lineLeavingRest,
  lineTakingBraces,
  one,
  origin,
  plugin,
  property,
  rootedFile,
  since,
} from '../schema.ts'
import type { PluginQuirk, Quirks, Word } from '../setup.ts'
import { reloadProperty, transferTo, transferToProperty, upstreamProperty, zoneReload } from '../zone-properties.ts'

export default plugin('file', {
  source: 'plugin/file/setup.go fileParse',
  line: since({
    '1.0.0': lineTakingBraces(1, one('DBFILE', rootedFile()), any('ZONES', origin())),
    '1.6.0': lineTakingBraces(1, one('DBFILE', rootedFile('warning')), any('ZONES', origin())),
  }),
  properties: {
    reload: reloadProperty,
    reload_by_mtime: property({ since: '1.14.4', line: lineLeavingRest() }),
    fallthrough: fallthrough('1.12.2'),
    upstream: upstreamProperty('1.0.6'),
    no_reload: property({ until: '1.5.0', deprecated: '1.4.0', instead: '`reload 0`', line: lineLeavingRest() }),
    transfer: transferToProperty(),
  },
  afterAll: 'missing-without-reload',
})

/** fileParse (1.6.0): a file that is missing is read later, unless the last `reload` of all says never. */
const missingWithoutReload: PluginQuirk = (setup, occurrences) => {
  if (!setup.since('1.6.0')) return
  let reload: Word | undefined
  for (const { properties } of occurrences) {
    for (const { name, args } of properties) if (name.value === 'reload') reload = args[0]
  }
  if (reload === undefined || !reload.known) return
  const interval = parseDuration(reload.value)
  if (isInvalid(interval) || interval !== 0n) return
  for (const { args } of occurrences) if (args[0] !== undefined) setup.check(rootedFile(), args[0])
}

export const quirks: Quirks = {
  lines: { reload: zoneReload(false), 'transfer-to': transferTo },
  afterAll: { 'missing-without-reload': missingWithoutReload },
}
