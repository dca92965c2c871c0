import type { Range } from '../text/range.ts'
import { isSince, type Release } from './release.ts'

/** What Go's net/url finds in a URL. */
export interface Url {
  /** Lower case; empty when there is none. */
  readonly scheme: string
  /** `host:port` behind `//`; empty when there is none. */
  readonly host: string
  /** As written, escapes not resolved; empty for an opaque URL such as `host:80`. */
  readonly path: string
}

const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/
/** What may not stand in a host (net/url shouldEscape), apart from the percent sign. */
const NO_HOST = /[^A-Za-z0-9!$&'()*+,;=:[\]<>"\-_.~%\x80-\uffff]/

/**
 * Go's `url.Parse`: the parts of a URL, or null where it refuses the text; it refuses little. Go 1.26, for which CoreDNS 1.15.0 is
 * written, reads a port from the first colon on if the scheme is http or https.
 */
export function parseUrl(text: string, release: Release): Url | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these
  if (/[\x00-\x1f\x7f]/.test(text)) return null
  const hash = text.indexOf('#')
  if (hash >= 0 && BAD_ESCAPE.test(text.slice(hash))) return null
  const whole = hash < 0 ? text : text.slice(0, hash)
  if (whole.startsWith(':')) return null
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(whole)?.[1] ?? ''
  const rest = (scheme === '' ? whole : whole.slice(scheme.length + 1)).replace(/\?.*/s, '')
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme: scheme.toLowerCase(), host: '', path: '' }
    if (rest.split('/', 1)[0]?.includes(':')) return null
  }
  let host = ''
  let path = rest
  if (rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2)
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash)
    path = slash < 0 ? '' : rest.slice(slash)
    const at = authority.lastIndexOf('@')
    host = authority.slice(at + 1)
    if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) return null
    const isStrict = /^https?$/i.test(scheme) && isSince(release, '1.15.0')
    if (BAD_ESCAPE.test(authority) || !isHost(host, isStrict)) return null
  }
  return BAD_ESCAPE.test(path) ? null : { scheme: scheme.toLowerCase(), host, path }
}

/** net/url parseHost. */
function isHost(host: string, isStrict: boolean): boolean {
  // Of ASCII nothing may be written as an escape but the percent sign itself.
  if (/%(?!25)[0-7]/.test(host.replace(/^\[.*%25.*\]/s, ''))) return false
  if (NO_HOST.test(host)) return false
  if (host.startsWith('[')) {
    const closing = host.lastIndexOf(']')
    return closing >= 0 && /^(:[0-9]*)?$/.test(host.slice(closing + 1))
  }
  const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':')
  return colon < 0 || /^[0-9]*$/.test(host.slice(colon + 1))
}

/** Bounded, so that hostile texts stay cheap. */
const USER_INFORMATION = /(?<=:\/\/)(?:[^\s/?#"]{1,500}|[^\s/?#"@:]{1,100}:(?!\d+[/?#])[^\s"]{1,500})(?=@)/g

/**
 * Where a text has the name and password of a URL, in order; where they hold what a URL does not take there, such as a slash, all up to the
 * last @ of the word.
 */
export function userInformation(text: string): Range[] {
  return [...text.matchAll(USER_INFORMATION)].map(({ 0: { length }, index }) => ({ start: index, end: index + length }))
}

/** The text with `***` for the name and password of every URL. */
export function withoutUserInformation(text: string): string {
  return text.replace(USER_INFORMATION, '***')
}
