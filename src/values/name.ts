import type { Release } from './release.ts'
import { isSince } from './release.ts'
import { toLower, unitBytes, utf8Bytes } from './text.ts'

const DOT = 0x2e
const BACKSLASH = 0x5c

/**
 * miekg/dns `IsDomainName` as the release has it: almost any text is a domain name.
 * No empty label but the root's, labels below 64 bytes (`\.` and `\046` are one), 256 bytes in all; no empty text
 * since 1.3.1, no leading dot since 1.9.4, no dangling backslash since 1.11.4.
 */
export function isDomainName(text: string, release: Release): boolean {
  if (text === '') return !isSince(release, '1.3.1')
  const refusesLeadingDot = isSince(release, '1.9.4')
  // The final dot is only thought of: a text that was just put together is read slowly, character by character.
  const end = isFqdn(text, release) ? text.length : text.length + 1
  let offset = 0
  let label = 0
  let wasDot = false
  // Flips at each backslash and is cleared by the next unescaped character, so two escapes in a row cancel each other.
  let escaped = false
  for (let at = 0; at < end; at++) {
    const code = at < text.length ? text.charCodeAt(at) : DOT
    if (code === BACKSLASH) {
      escaped = !escaped
      if (offset + 1 > 256) return false
      if (/^[0-9]{3}$/.test(text.slice(at + 1, at + 4))) {
        at += 3
        label += 1
      } else {
        at += 1
        const bytes = at < text.length ? unitBytes(text, at) : 1
        label += bytes
        // Only the first byte of a longer character is escaped; the others are ordinary ones.
        if (bytes > 1) escaped = false
      }
      wasDot = false
    } else if (code === DOT) {
      escaped = false
      if (wasDot || (at === 0 && end > 1 && refusesLeadingDot)) return false
      wasDot = true
      offset += 1 + label
      if (label >= 64 || offset > 256) return false
      label = 0
    } else {
      escaped = false
      wasDot = false
      label += unitBytes(text, at)
    }
  }
  return !escaped || !isSince(release, '1.11.4')
}

/**
 * miekg/dns `IsFqdn`: whether the text ends with a dot that is not escaped. Newest release when none is given; the older ones
 * differ for backslashes (before 1.3.1 they did not count) and for characters beyond ASCII.
 */
export function isFqdn(text: string, release?: Release): boolean {
  if (!text.endsWith('.')) return false
  if (release !== undefined && !isSince(release, '1.3.1')) return true
  let at = text.length - 2
  while (at >= 0 && text.charCodeAt(at) === BACKSLASH) at--
  const backslashes = text.length - 2 - at
  if (backslashes === 0 && (release === undefined || isSince(release, '1.11.0'))) return true
  // The library counts from the first byte of the last other character, so a longer character shifts odd and even.
  const pair = at >= 1 && unitBytes(text, at) === 2 && text.charCodeAt(at) >= 0xd800
  const bytes = at < 0 ? 1 : pair ? 4 : unitBytes(text, at)
  return (bytes + backslashes) % 2 === 1
}

/** miekg/dns `Fqdn`: the text with a final dot; the newest release's notion of it when none is given. */
export function fqdn(text: string, release?: Release): string {
  return isFqdn(text, release) ? text : `${text}.`
}

/** plugin/normalize.go `Name.Normalize`: lower case and fully qualified. */
export function normalizeName(text: string, release?: Release): string {
  return toLower(fqdn(text, release))
}

/** A name as zones and questions are compared: absolute, in lower case, escapes resolved as `normalizeName` does. */
export function absoluteName(text: string): string {
  return normalizeName(fqdn(text))
}

/** The name above an absolute one; `.` above all of them. */
export function parentOf(name: string): string {
  const dot = name.indexOf('.')
  return dot === -1 || dot === name.length - 1 ? '.' : name.slice(dot + 1)
}

/** A name without its final dot; the root stays `.`. */
export function withoutDot(name: string): string {
  return name === '.' ? name : name.replace(/\.$/, '')
}

/**
 * A name of which only dots mean something, as dnsmasq and the C libraries have it, in the spelling that CoreDNS has for it in queries
 * (miekg/dns `UnpackDomainName`): a backslash before what means something in a zone file, bytes that cannot be printed by their numbers.
 */
export function spelledName(name: string): string {
  if (/^[\w.*-]*$/.test(name)) return name
  let spelled = ''
  for (const byte of utf8Bytes(name)) {
    const character = String.fromCharCode(byte)
    if (byte < 0x20 || byte > 0x7e) spelled += `\\${String(byte).padStart(3, '0')}`
    else spelled += /[ "'();@\\]/.test(character) ? `\\${character}` : character
  }
  return spelled
}

/** Where each label starts (miekg/dns `Split`); the root has none, the empty text has one. */
export function labelStarts(name: string): number[] {
  if (name === '.') return []
  const starts = [0]
  let escaped = false
  for (let at = 0; at < name.length - 1; at++) {
    const code = name.charCodeAt(at)
    if (code === DOT && !escaped) starts.push(at + 1)
    escaped = code === BACKSLASH && !escaped
  }
  return starts
}

/** miekg/dns `CountLabel`: 0 for the root. */
export function countLabels(name: string): number {
  return labelStarts(name).length
}

/** miekg/dns `IsSubDomain`: whether `child` is `parent` or below it; ASCII letters count as equal in both cases. */
export function isSubdomain(parent: string, child: string): boolean {
  if (parent === '.') return true
  if (!child.includes('\\')) {
    const above = child.length - parent.length
    if (above === 0) return equalNames(parent, child)
    return above > 0 && parent !== '' && child.charCodeAt(above - 1) === DOT && equalNames(parent, child.slice(above))
  }
  const parents = labelStarts(parent)
  const children = labelStarts(child)
  const first = children[children.length - parents.length]
  if (first === undefined) return false
  return equalNames(parent, child.slice(first))
}

function equalNames(a: string, b: string): boolean {
  return a === b || (a.length === b.length && foldCase(a) === foldCase(b))
}

/** A name in the spelling that stands for all others with the same meaning: ASCII letters count as equal in both cases. */
export function foldCase(name: string): string {
  return /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name
}
