import { queryTypeOf, queryTypes } from '../../src/values/codes.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { isDomainName, isSubdomain, normalizeName } from '../../src/values/name.ts'
import { parseInteger, parseUnsigned } from '../../src/values/number.ts'
import { zonesOf } from '../../src/values/zone.ts'
import { readZoneFile } from '../../src/values/zone-file.ts'
import { integer, line, many, one, optional, plugin, property, rootedFile, tested, text, zone } from '../schema.ts'
import type { OccurrenceQuirk, Quirks, ReadOccurrence, Setup, Word, WordTest } from '../setup.ts'

const key = tested('key', 'the name of a TSIG key')
const type = tested('type', '`*`, `ANY` or a record type that is not of DNSSEC')
const path = tested('path', 'the path of a file')
const zoneFile = rootedFile()
const limit = property({ line: line(one('NUMBER', integer({ min: 1 }))), repeat: 'refused' })

// Source: plugin/dynupdate/setup.go parse.
export default plugin('dynupdate', {
  source: 'plugin/dynupdate/setup.go parse',
  about:
    'Takes signed DNS updates (RFC 2136) for a zone, which begins as its zone file says; the file is never written.',
  occurrences: 'once',
  line: line(optional('ZONE', zone())),
  properties: {
    file: property({ line: line(one('FILE')), repeat: 'refused' }),
    database: property({ line: line(one('PATH', path)), repeat: 'refused' }),
    allow: property({ line: line(one('KEY', key), one('NAME', text()), many('TYPE', type)), repeat: 'adds' }),
    max_records: { ...limit, default: '10000' },
    max_bytes: { ...limit, default: '8388608' },
    max_update_records: { ...limit, default: '1024' },
  },
  afterOccurrence: 'zone-and-rules',
})

/** plugin/dynupdate/setup.go parse, behind the block. */
const zoneAndRules: OccurrenceQuirk = (setup, occurrence) => {
  const { name, properties } = occurrence
  const origin = originOf(setup, occurrence)
  const rules = properties.filter((property) => property.name.value === 'allow')
  for (const { args } of rules) checkRule(setup, args, origin)
  const seed = properties.find((property) => property.name.value === 'file')
  if (seed === undefined) setup.report('missing-property', { at: name, property: 'file', message: 'file is required' })
  if (rules.length === 0) {
    setup.report('missing-property', { at: name, property: 'allow', message: 'at least one allow rule is required' })
  }
  const file = seed?.args[0]
  if (file === undefined || !file.known) return
  const database = properties.find((property) => property.name.value === 'database')?.args[0]
  if (database !== undefined && database.value !== '' && isThere(setup, database)) return
  if (!setup.check(zoneFile, file, 'file')) return
  const text = setup.fileText(file.value, 'root')
  if (typeof text === 'string' && origin !== null) checkZone(setup, file, text, origin, occurrence)
  else setup.assume(`file ${file.value} is a zone file with one SOA`)
}

/** Whether a database takes the place of the zone file (store.go acquireStore); what is wrong with it is reported. */
function isThere(setup: Setup, database: Word): boolean {
  if (!database.known) return true
  const { root } = setup
  const path = database.value.startsWith('/') || root === '' ? database.value : `${root}/${database.value}`
  const exists = root === null ? undefined : setup.fileExists(path)
  if (exists === false) return false
  // A bbolt file is no text; an empty one becomes a database.
  const text = setup.fileText(database.value, 'root')
  if (text !== undefined && text !== '') {
    const message = `opening database "${database.value}": invalid database`
    setup.report('invalid-value', { at: database, property: 'database', expected: 'a database of dynupdate', message })
  } else setup.assume(`database ${database.value} is one of dynupdate, or not there yet`)
  return true
}

/** plugin/dynupdate/setup.go readZoneLimited, as far as names and types of the records tell. */
function checkZone(setup: Setup, file: Word, text: string, origin: string, { properties }: ReadOccurrence): void {
  const { records, error, isWhole } = readZoneFile(text, origin, setup.release)
  const limitOf = (property: string, byDefault: number) => {
    const word = properties.find(({ name }) => name.value === property)?.args[0]
    const number = word === undefined ? byDefault : parseInteger(word.value)
    return isInvalid(number) || word?.known === false ? Number.POSITIVE_INFINITY : Number(number)
  }
  const owners = records.filter(({ type }) => type === 'SOA').map(({ name }) => name)
  const isTooLong = records.length > limitOf('max_records', 10_000)
  // A record has its name, ten bytes of head and its data.
  const leastBytes = records.reduce((sum, { name }) => sum + name.length + 11, 0)
  const refuse = (message: string) =>
    setup.report('invalid-value', { at: file, property: 'file', expected: `a zone file of ${origin}`, message })
  if (isTooLong || leastBytes > limitOf('max_bytes', 8_388_608))
    refuse(`zone file "${file.value}" exceeds configured limits`)
  else if (error !== null) refuse(`parsing zone file "${file.value}": ${error}`)
  else if (isWhole && owners.length !== 1)
    refuse(`zone "${origin}" ${owners.length === 0 ? 'has no SOA' : 'contains more than one SOA'}`)
  else if (owners.some((owner) => owner !== origin)) refuse(`zone "${origin}" has no SOA`)
}

/** plugin/dynupdate/setup.go parseOrigin; null where it is not known or reported already. */
function originOf(setup: Setup, { name, args }: ReadOccurrence): string | null {
  const word = args[0]
  if (word === undefined) {
    if (setup.zones === null) return null
    const zones = [...new Set(setup.zones.map((zone) => normalizeName(zone)))]
    if (zones.length === 1) return zones[0] as string
    const message = 'zone is required when the server block does not define exactly one zone'
    setup.report('argument-count', { at: name, expected: 'ZONE', message })
    return null
  }
  if (!word.known || args.length > 1) return null
  const zones = zonesOf(word.value, setup.release)
  if (zones.length === 1) return zones[0] as string
  // More than one: a network that needs several reverse zones. None: reported as a word that is no zone.
  if (zones.length > 1)
    setup.report('invalid-value', { at: word, expected: 'one zone', message: `invalid zone "${word.value}"` })
  return null
}

/** plugin/dynupdate/setup.go parsePermission. */
function checkRule(setup: Setup, args: readonly Word[], origin: string | null): void {
  const [, name, ...types] = args
  if (name === undefined || args.some((word) => !word.known)) return
  const isFixed = name.value !== '*' && name.value !== '@'
  if (isFixed && origin !== null) {
    const full = normalizeName(name.value)
    if (!isDomainName(full, setup.release) || !isSubdomain(origin, full)) {
      const message = `allow name "${name.value}" is outside zone "${origin}"`
      setup.report('invalid-value', { at: name, property: 'allow', expected: `a name in ${origin}`, message })
    }
  }
  const any = types.find((word) => word.value === '*')
  if (any !== undefined && types.length > 1) {
    const message = 'wildcard RR type must be the only type in an allow rule'
    setup.report('conflict', { at: any, property: 'allow', message })
  }
}

/** plugin/dynupdate/setup.go parsePermission. */
const isKey: WordTest = (word, release) => {
  const refused = `invalid TSIG key "${word}"`
  if (word.trim() === '' || word === '*' || word === '@') return refused
  return isDomainName(normalizeName(word), release) ? null : refused
}

/** Types without records in the DNS library, that only queries have, or that the plugin cannot keep right. */
const NOT_ALLOWED = new Set(
  (
    'None Reserved ATMA UNSPEC AXFR IXFR MAILA MAILB OPT TKEY TSIG ' +
    'SIG KEY NXT DS RRSIG NSEC DNSKEY NSEC3 NSEC3PARAM TALINK CDS CDNSKEY ZONEMD TA DLV'
  ).split(' '),
)

/** plugin/dynupdate/setup.go parseRRType, validPolicyType: `*`, or a type by name in any case or by number (`TYPE65`). */
const isType: WordTest = (word, release) => {
  if (word === '*') return null
  const name = word.toUpperCase()
  const code = queryTypeOf(name, release) ?? (name.startsWith('TYPE') ? numberOf(name.slice(4)) : undefined)
  const isUsable = queryTypes(release).some((type) => !NOT_ALLOWED.has(type) && queryTypeOf(type, release) === code)
  return isUsable ? null : `invalid RR type "${word}" in allow rule`
}

function numberOf(digits: string): number | undefined {
  const number = parseUnsigned(digits, 10, 16)
  return isInvalid(number) ? undefined : Number(number)
}

/** plugin/dynupdate/setup.go parse: an empty path is none. */
const isPath: WordTest = (word) => (word === '' ? 'Wrong argument count' : null)

export const quirks: Quirks = {
  words: { key: isKey, type: isType, path: isPath },
  afterOccurrence: { 'zone-and-rules': zoneAndRules },
}
