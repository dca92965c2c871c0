import { file, lineLeavingRest, lineTakingBraces, one, plugin, property } from '../schema.ts'
import type { PluginQuirk, Quirks } from '../setup.ts'

export default plugin('geoip', {
  source: 'plugin/geoip/setup.go geoipParse',
  about: 'Looks up the client in a MaxMind database and tells it as metadata, for `view`, `log` and `template`.',
  line: lineTakingBraces(1, one('DBFILE', file())),
  properties: { 'edns-subnet': property({ since: '1.9.2', line: lineLeavingRest() }) },
  afterAll: 'one-database',
})

const oneDatabase: PluginQuirk = (setup, occurrences) => {
  const [first, second] = occurrences
  const path = first?.args[0]
  if (path === undefined) return
  if (second !== undefined && path.value !== '') {
    setup.report('once', { at: second.name, message: 'configuring multiple databases is not supported' })
  }
  const text = path.known ? setup.fileText(path.value) : undefined
  // maxminddb-golang looks for these words behind three bytes that no text has.
  if (typeof text === 'string' && !text.includes('MaxMind.com'))
    setup.report('invalid-value', { at: path, expected: 'a MaxMind database', message: 'invalid MaxMind DB file' })
  else setup.assume(`${path.value} is a MaxMind database with cities`)
}

export const quirks: Quirks = { afterAll: { 'one-database': oneDatabase } }
