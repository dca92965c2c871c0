import { queryTypeOf } from './codes.ts'
import { normalizeName } from './name.ts'
import { absoluteName, type RecordText, readRecord, ttlSeconds } from './resource-record.ts'
import { zoneEntries } from './zone-entries.ts'

/** What a zone file holds, as far as names and types go. */
export interface ZoneFile {
  /** The records up to the first fault: name in lower case with its final dot, and type in capitals. */
  readonly records: readonly { readonly name: string; readonly type: string }[]
  /** The DNS library's words about the first fault; null where there is none. Data of records are not checked. */
  readonly error: string | null
  /** False where another file or a range brings records that are not known here. */
  readonly isWhole: boolean
}

/** Reads a zone file as the DNS library does (miekg/dns `ZoneParser`), `origin` being what relative names end in. */
export function readZoneFile(text: string, origin: string, release: string): ZoneFile {
  const records: { name: string; type: string }[] = []
  let base = normalizeName(origin)
  let name = base
  const absolute = (word: string) => {
    if (word === '@') return base
    return normalizeName(word.endsWith('.') || base === '.' ? word : `${word}.${base}`)
  }
  for (const { startsBlank, words } of zoneEntries(text)) {
    const [first = ''] = words
    if (/^\$(?:INCLUDE|GENERATE)$/i.test(first)) return { records, error: null, isWhole: false }
    if (/^\$ORIGIN$/i.test(first)) {
      base = absolute(words[1] ?? '')
      continue
    }
    if (/^\$TTL$/i.test(first)) continue
    if (!startsBlank) name = absolute(first)
    const rest = startsBlank ? words : words.slice(1)
    // TTL and class come in any order, and neither must be there.
    let at = 0
    while (at < 2 && /^(?:\d[\dsmhdw]*|IN|CH|CS|HS|CLASS\d+)$/i.test(rest[at] ?? '')) at++
    const type = (rest[at] ?? '').toUpperCase()
    if (queryTypeOf(type, release) === undefined && !/^TYPE\d+$/.test(type))
      return { records, error: `dns: not a TTL: "${rest[at] ?? ''}"`, isWhole: true }
    records.push({ name, type })
  }
  return { records, error: null, isWhole: true }
}

/** The records of a zone file with their data. */
export interface ZoneRecords {
  /** Up to the first fault, names absolute, in the case in which they are written. */
  readonly records: readonly RecordText[]
  /** True where a record could not be read. */
  readonly isFaulty: boolean
  /** False where another file or a range brings records that are not known here. */
  readonly isWhole: boolean
}

/** What a TTL is where nobody wrote one before it. */
const FIRST_TTL = 3600

/** Reads the records of a zone file, `origin` being what relative names end in. Linear in the text. */
export function readZoneRecords(text: string, origin: string, release: string): ZoneRecords {
  const records: RecordText[] = []
  let base = normalizeName(origin)
  let name = base
  let ttl = FIRST_TTL
  let isFixed = false
  for (const entry of zoneEntries(text)) {
    const [first = '', second = ''] = entry.words
    if (/^\$(?:INCLUDE|GENERATE)$/i.test(first)) return { records, isFaulty: false, isWhole: false }
    if (/^\$ORIGIN$/i.test(first)) {
      base = absoluteName(second, base, release) ?? base
      continue
    }
    if (/^\$TTL$/i.test(first)) {
      ttl = ttlSeconds(second) ?? ttl
      isFixed = true
      continue
    }
    const record = readRecord(entry, { origin: base, name, ttl }, release)
    if (record === null) return { records, isFaulty: true, isWhole: true }
    name = record.name
    if (!isFixed) ttl = record.ttl
    records.push(record)
  }
  return { records, isFaulty: false, isWhole: true }
}
