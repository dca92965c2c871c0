import { parseDuration } from '../../src/values/duration.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { normalizeName } from '../../src/values/name.ts'
import { zonesOf } from '../../src/values/zone.ts'
import { readZoneFile } from '../../src/values/zone-file.ts'
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
import type { PluginQuirk, Quirks, Setup, Word } from '../setup.ts'
import { reloadProperty, transferTo, transferToProperty, upstreamProperty, zoneReload } from '../zone-properties.ts'

export default plugin('file', {
  source: 'plugin/file/setup.go fileParse',
  about:
    'Answers for its zones from the zone file DBFILE. A name that the file does not have is NXDOMAIN, unless `fallthrough` passes it on.',
  aboutProperties: {
    reload: 'How often the file is looked at; it is read again when the serial of its SOA changed. 0 is never.',
    reload_by_mtime: 'The file is read again when its time of modification changed, whatever the serial.',
    fallthrough: 'Names that the file does not have go on to the next plugin, in all its zones or only in those named.',
    upstream: 'Once the server for targets of CNAMEs outside of the zone; since 1.4.0 CoreDNS asks itself.',
    transfer: 'Who may copy the zone.',
  },
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
  afterAll: 'files',
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

/** fileParse: files are read until one of them is missing, and none behind it. */
const zonesInFiles: PluginQuirk = (setup, occurrences) => {
  for (const { args } of occurrences) {
    const [path] = args
    const isThere = path?.known === true && setup.root === '' ? setup.fileExists(path.value) : undefined
    if (isThere === false && setup.fileText(path?.value ?? '', 'root') === undefined) return
    zonesInFile(setup, args)
  }
}

/** Parse of plugin/file/file.go, which reads the file for each of its zones. */
function zonesInFile(setup: Setup, [path, ...zones]: readonly Word[]): void {
  if (path === undefined || !path.known || zones.some((word) => !word.known)) return
  const origins = zones.length > 0 ? zones.flatMap(({ value }) => zonesOf(value, setup.release)) : (setup.zones ?? [])
  const refuse = (message: string, origin = ''): void => {
    setup.report('invalid-value', {
      at: path,
      expected: `a zone file with the SOA record of ${origin === '' ? 'the zone' : origin}`,
      message: `file "${path.value}" ${message}`,
    })
  }
  const text = setup.fileText(path.value, 'root')
  // filepath.Clean makes of nothing the directory that CoreDNS runs in.
  const isNothing = path.value === '' && setup.root === '' && setup.since('1.9.1')
  if (text === null || isNothing) {
    refuse('is a directory')
    return
  }
  // Until 1.6.0 the file was not read from its start again.
  const readAgain = setup.since('1.6.0') || origins.length < 2
  const isThere = text !== undefined || (setup.root === '' && setup.fileExists(path.value) === true)
  if (!readAgain && isThere) {
    refuse('has no SOA record')
    return
  }
  if (text === undefined) return
  for (const origin of origins) {
    const { records, error, isWhole } = readZoneFile(text, origin, setup.release)
    const owners = records.filter(({ type }) => type === 'SOA').map(({ name }) => name)
    const other = owners.find((owner) => owner !== normalizeName(origin))
    if (other !== undefined && setup.since('1.15.0')) {
      refuse(`has SOA owner ${other} that does not match origin ${origin}`, origin)
      return
    }
    if (error !== null && setup.since('1.11.4')) {
      refuse(error, origin)
      return
    }
    if (owners.length === 0 && isWhole) {
      refuse(`has no SOA record for origin ${origin}`, origin)
      return
    }
  }
}

const files: PluginQuirk = (setup, occurrences) => {
  zonesInFiles(setup, occurrences)
  missingWithoutReload(setup, occurrences)
}

export const quirks: Quirks = {
  lines: { reload: zoneReload(false), 'transfer-to': transferTo },
  afterAll: { files },
}
