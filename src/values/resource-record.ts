import { queryClassOf, queryTypeName, queryTypeOf } from './codes.ts'
import { isInvalid } from './invalid.ts'
import { formatIp, parseIp } from './ip.ts'
import { isDomainName, isFqdn } from './name.ts'
import { parseUnsigned } from './number.ts'
import type { Release } from './release.ts'
import { utf8Bytes } from './text.ts'
import { zoneEntries } from './zone-entries.ts'

/** A record in presentation format, names absolute. */
export interface RecordText {
  readonly name: string
  /** Seconds. */
  readonly ttl: number
  readonly class: string
  readonly type: string
  /** As dig prints it. */
  readonly data: string
}

/** What a line of a zone file takes over from the lines before it. */
export interface RecordDefaults {
  /** What relative names end in. */
  readonly origin: string
  /** The owner where a line begins with a blank. */
  readonly name: string
  readonly ttl: number
}

/** One entry: whether its line begins with a blank, and its words. */
export interface RecordWords {
  readonly startsBlank: boolean
  readonly words: readonly string[]
}

/**
 * Reads a record as miekg/dns `NewRR` does: the first one of the text, `.` being the origin and 3600 the TTL where the text has none. Null
 * where the library refuses it, `empty` where the text has no record.
 */
export function parseRecord(text: string, release: Release): RecordText | 'empty' | null {
  const [entry] = zoneEntries(text)
  if (entry === undefined) return 'empty'
  return readRecord(entry, { origin: '.', name: '', ttl: 3600 }, release)
}

/** Reads one entry of a zone file; null where the library refuses it. */
export function readRecord(
  { startsBlank, words }: RecordWords,
  defaults: RecordDefaults,
  release: Release,
): RecordText | null {
  const [first = ''] = words
  const name = startsBlank ? defaults.name : absoluteName(first, defaults.origin, release)
  if (name === null || name === '') return null
  const rest = startsBlank ? words : words.slice(1)
  let ttl = defaults.ttl
  let recordClass = 'IN'
  let at = 0
  for (; at < 2 && at < rest.length; at++) {
    const word = (rest[at] ?? '').toUpperCase()
    const seconds = ttlSeconds(word)
    if (isRecordClass(word)) recordClass = word
    else if (seconds !== null && typeOf(word, release) === null) ttl = seconds
    else break
  }
  const type = typeOf((rest[at] ?? '').toUpperCase(), release)
  if (type === null) return null
  const data = recordData(type, rest.slice(at + 1), defaults.origin, release)
  return data === null ? null : { name, ttl, class: recordClass, type, data }
}

function isRecordClass(word: string): boolean {
  return /^CLASS\d+$/.test(word) || (word !== 'ANY' && word !== 'NONE' && queryClassOf(word) !== undefined)
}

/** The type's mnemonic; null where there is none. */
function typeOf(word: string, release: Release): string | null {
  const number = /^TYPE(\d+)$/.exec(word)?.[1]
  if (number !== undefined) return queryTypeName(Number(number))
  return word !== '' && queryTypeOf(word, release) !== undefined ? word : null
}

/** miekg/dns `stringToTTL`: digits, or numbers with the units s, m, h, d, w. */
export function ttlSeconds(text: string): number | null {
  if (!/^(?:\d+|(?:\d+[SMHDW])+\d*)$/i.test(text)) return null
  const units: Readonly<Record<string, number>> = { S: 1, M: 60, H: 3600, D: 86400, W: 604800 }
  let seconds = 0
  for (const [, number = '', unit = ''] of text.toUpperCase().matchAll(/(\d+)([SMHDW]?)/g)) {
    seconds += Number(number) * (units[unit] ?? 1)
  }
  return seconds < 2 ** 32 ? seconds : null
}

/** miekg/dns `toAbsoluteName`; null where it is no name. */
export function absoluteName(word: string, origin: string, release: Release): string | null {
  if (word === '@') return origin
  if (!isDomainName(word, release) || word === '') return null
  if (isFqdn(word, release)) return word
  return origin === '.' ? `${word}.` : `${word}.${origin}`
}

function recordData(type: string, words: readonly string[], origin: string, release: Release): string | null {
  if (words[0] === '\\#') return genericData(words.slice(1))
  const name = (word = '') => absoluteName(word, origin, release)
  const joined = (parts: readonly (string | null)[], count: number) =>
    words.length === count && parts.every((part) => part !== null) ? parts.join(' ') : null
  const number = (word = '', bits: 8 | 16 | 32 = 16) => {
    const read = parseUnsigned(word, 10, 64)
    return isInvalid(read) || read >= 1n << BigInt(bits) ? null : String(read)
  }
  const [one = '', two = '', three = '', four = ''] = words
  switch (type) {
    case 'A':
    case 'AAAA': {
      const ip = parseIp(one)
      const fits = ip !== undefined && one.includes(':') === (type === 'AAAA')
      return joined([fits ? (type === 'AAAA' && ip.length === 4 ? `::ffff:${formatIp(ip)}` : formatIp(ip)) : null], 1)
    }
    case 'CNAME':
    case 'DNAME':
    case 'NS':
    case 'PTR':
      return joined([name(one)], 1)
    case 'MX':
    case 'AFSDB':
    case 'RT':
    case 'KX':
      return joined([number(one), name(two)], 2)
    case 'SRV':
      return joined([number(one), number(two), number(three), name(four)], 4)
    case 'SOA':
      return soaData(words, name)
    case 'TXT':
    case 'SPF':
    case 'AVC':
      return words.length === 0 ? null : words.map((word) => quoted(word)).join(' ')
    case 'HINFO':
      return words.length === 0 ? null : [one, two].map((word) => quoted(word)).join(' ')
    case 'CAA':
      return joined([number(one, 8), /^[0-9A-Za-z]+$/.test(two) ? two : null, quoted(three)], 3)
    case 'NAPTR':
      return joined([number(one), number(two), ...words.slice(2, 5).map((word) => quoted(word)), name(words[5])], 6)
    default:
      return words.length === 0 ? null : words.join(' ')
  }
}

function soaData(words: readonly string[], name: (word?: string) => string | null): string | null {
  const [mname, rname, ...numbers] = words
  const names = [name(mname), name(rname)]
  const seconds = numbers.map((word, at) => {
    const serial = parseUnsigned(word, 10, 32)
    if (!isInvalid(serial)) return String(serial)
    return at === 0 ? null : ttlSeconds(word)
  })
  const isWhole = names.every((part) => part !== null) && seconds.length === 5 && seconds.every((part) => part !== null)
  return isWhole ? [...names, ...seconds].join(' ') : null
}

/** RFC 3597: `\# LENGTH HEX`. */
function genericData(words: readonly string[]): string | null {
  const [length = '', ...rest] = words
  const hex = rest.join('').toLowerCase()
  const isRight = /^\d+$/.test(length) && /^[0-9a-f]*$/.test(hex) && hex.length === Number(length) * 2
  return isRight ? `\\# ${length}${hex === '' ? '' : ` ${hex}`}` : null
}

/** A text as dig prints a character string: in quotes, a backslash before quotes and backslashes, bytes beyond ASCII by their numbers. */
export function characterString(text: string): string {
  return printed(utf8Bytes(text))
}

/** A character string of a zone file, written in quotes or not, as dig prints it. */
function quoted(word: string): string {
  const inner = word.length > 1 && word.startsWith('"') && word.endsWith('"') ? word.slice(1, -1) : word
  const bytes: number[] = []
  for (const [piece, number] of inner.matchAll(/\\(\d{3})|\\?./gsu)) {
    if (number !== undefined) bytes.push(Number(number) & 0xff)
    else bytes.push(...utf8Bytes(piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece))
  }
  return printed(bytes)
}

function printed(bytes: Iterable<number>): string {
  let text = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (byte < 0x20 || byte > 0x7e) text += `\\${String(byte).padStart(3, '0')}`
    else text += /["\\]/.test(character) ? `\\${character}` : character
  }
  return `"${text}"`
}
