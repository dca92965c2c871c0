import { queryTypeOf } from './codes.ts'
import { normalizeName } from './name.ts'
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
