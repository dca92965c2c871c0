import type { ValueKind } from '../../grammar/schema.ts'
import type { ReasonKind } from '../../grammar/setup.ts'
import { queryClassOf, queryTypeOf, rcodeOf } from '../values/codes.ts'
import { type Duration, parseDuration, parseDurationOrSeconds } from '../values/duration.ts'
import { parseEndpoint, parseForwardTarget, parseHostPort } from '../values/endpoint.ts'
import { templateError } from '../values/go-template.ts'
import { splitHostPort } from '../values/hostport.ts'
import { isInvalid } from '../values/invalid.ts'
import { isIp, parseCidr } from '../values/ip.ts'
import { isDomainName } from '../values/name.ts'
import { parseBoolean, parseFloating, parseInteger, parseSigned, parseUnsigned } from '../values/number.ts'
import { pemLabels } from '../values/pem.ts'
import { regexpError } from '../values/regexp.ts'
import { byteLength, quote } from '../values/text.ts'
import { parseUrl } from '../values/url.ts'
import { zonesOf } from '../values/zone.ts'

/** What a kind has against a word. */
export interface Fault {
  readonly kind: ReasonKind | 'file-missing'
  /** CoreDNS's own words, where they help. */
  readonly message: string | null
}

/** What a kind needs to know besides the word. */
export interface KindContext {
  readonly release: string
  isSince(release: string): boolean
  /** Whether a path exists where CoreDNS runs; undefined when nobody said. */
  fileExists(path: string): boolean | undefined
  /** The text of a file where CoreDNS runs; null for a directory, undefined when nobody said. */
  fileText(path: string): string | null | undefined
  assume(what: string): void
  /** What the plugin `root` of the block says: a path, empty when it is not there, null when it is not known. */
  readonly root: string | null
  /** The tests a plugin's data refers to by name. */
  readonly wordTests: Readonly<Record<string, (word: string, release: string) => string | null>>
}

const fault = (kind: Fault['kind'], message: string | null = null): Fault => ({ kind, message })

/** Decides whether a word is of a kind, as the Go function behind the kind does; null when it is. */
export function faultOf(kind: ValueKind, word: string, context: KindContext): Fault | null {
  switch (kind.kind) {
    case 'text':
    case 'origin':
      return null
    case 'integer':
      return integerFault(kind, word)
    case 'float': {
      const value = parseFloating(word, kind.bits ?? 64)
      if (isInvalid(value)) return fault('invalid-value', value.error)
      return within(value, kind.min, kind.max)
    }
    case 'boolean': {
      const value = parseBoolean(word)
      return isInvalid(value) ? fault('invalid-value', value.error) : null
    }
    case 'duration':
      return durationFault(kind, word)
    case 'one-of': {
      const found =
        kind.ignoreCase === true
          ? kind.values.some((value) => value.toLowerCase() === word.toLowerCase())
          : kind.values.includes(word)
      return found ? null : fault('invalid-value')
    }
    case 'zone':
      return zonesOf(word, context.release).length > 0 ? null : fault('invalid-value', `unable to normalize '${word}'`)
    case 'domain':
      return isDomainName(word, context.release) ? null : fault('invalid-value')
    case 'ip':
      return isIp(word) ? null : fault('invalid-value')
    case 'cidr': {
      const value = parseCidr(word)
      return isInvalid(value) ? fault('invalid-value', value.error) : null
    }
    case 'ip-or-cidr':
      return isIp(word) || !isInvalid(parseCidr(word)) ? null : fault('invalid-value')
    case 'listen-address': {
      const value = splitHostPort(word)
      return isInvalid(value) ? fault('invalid-value', value.error) : null
    }
    case 'upstream':
      return upstreamFault(kind.schemes, word, context)
    case 'host-port': {
      if (kind.orStar === true && word === '*') return null
      const value = parseHostPort(word, kind.defaultPort, context.release)
      return isInvalid(value) ? fault('invalid-value', value.error) : null
    }
    case 'file':
    case 'directory':
      return fileFault(word, kind, context)
    case 'url':
      return parseUrl(word, context.release) === null ? fault('invalid-value') : null
    case 'regexp': {
      if (kind.longest !== undefined && byteLength(word) > kind.longest) return fault('out-of-range')
      const error = regexpError(word)
      return error === null ? null : fault('invalid-value', error)
    }
    case 'go-template': {
      const error = templateError(word, context.release)
      return error === null ? null : fault('invalid-value', error)
    }
    case 'percentage': {
      if (!word.endsWith('%')) return fault('invalid-value')
      const value = parseInteger(word.slice(0, -1))
      if (isInvalid(value)) return fault('invalid-value', value.error)
      return within(value, kind.min, kind.max)
    }
    case 'query-type':
      return queryTypeOf(word, context.release) === undefined ? fault('invalid-value') : null
    case 'query-class':
      return queryClassOf(word) === undefined ? fault('invalid-value') : null
    case 'rcode':
      return rcodeOf(word, context.release) === undefined ? fault('invalid-value') : null
    case 'test': {
      const test = context.wordTests[kind.name]
      const error = test === undefined ? null : test(word, context.release)
      return error === null ? null : fault('invalid-value', error)
    }
  }
}

function integerFault(kind: ValueKind & { kind: 'integer' }, word: string): Fault | null {
  const bits = kind.bits ?? 64
  const value =
    kind.unsigned === true
      ? parseUnsigned(word, 10, bits)
      : kind.bits === undefined
        ? parseInteger(word)
        : parseSigned(word, 10, bits)
  if (isInvalid(value)) {
    return fault(isInvalid(parseDuration(word)) ? 'invalid-value' : 'duration-unit', value.error)
  }
  return within(Number(value), kind.min, kind.max)
}

function durationFault(kind: ValueKind & { kind: 'duration' }, word: string): Fault | null {
  const value: Duration | { error: string } =
    kind.orSeconds === true ? parseDurationOrSeconds(word) : parseDuration(word)
  if (isInvalid(value)) return fault(isInvalid(parseInteger(word)) ? 'invalid-value' : 'duration-unit', value.error)
  const limit = (text: string): Duration => {
    const parsed = parseDuration(text)
    if (isInvalid(parsed)) throw new RangeError(`the grammar names the duration ${text}`)
    return parsed
  }
  if (kind.positive === true && value <= 0n) return fault('out-of-range')
  if (kind.min !== undefined && value < limit(kind.min)) return fault('out-of-range')
  if (kind.max !== undefined && value > limit(kind.max)) return fault('out-of-range')
  return null
}

function within(value: number, min: number | undefined, max: number | undefined): Fault | null {
  return (min !== undefined && value < min) || (max !== undefined && value > max) ? fault('out-of-range') : null
}

/** True for a word that can only be meant as a path: what is not one is a name, and a name that is no file is refused. */
function looksLikePath(word: string): boolean {
  return word.includes('/')
}

/**
 * What an upstream is worth at start: without schemes as parse.HostPortOrFile reads it, with schemes as forward does, which resolves names
 * and refuses other transports.
 */
function upstreamFault(schemes: readonly string[] | undefined, word: string, context: KindContext): Fault | null {
  const target =
    schemes === undefined ? parseEndpoint(word, context.release) : parseForwardTarget(word, context.release)
  if (schemes !== undefined && context.isSince('1.14.5') && /^https:\/\/.*\//s.test(word))
    return fault('invalid-value', `paths are not allowed in HTTPS upstream addresses: ${word}`)
  if (isInvalid(target)) return fault('invalid-value', target.error)
  if (target.kind === 'address') {
    // Of `https3://IP` HostPortOrFile makes an empty word, which then counts as plain DNS.
    const transport = target.written === '' ? 'dns' : target.transport
    if (schemes === undefined || schemes.includes(transport)) return null
    return fault('invalid-value', `'${transport}' is not supported as a destination protocol: ${word}`)
  }
  const exists = context.fileExists(target.path)
  if (exists === true) return null
  if (exists === undefined && looksLikePath(target.path)) {
    context.assume(`file ${target.path} exists`)
    return null
  }
  if (isInvalid(target.otherwise)) return fault('invalid-value', target.otherwise.error)
  const { name } = target.otherwise
  // RFC 6761, section 6.4: nobody has such a name.
  if (!isLookedUp(name) || /(?:^|\.)invalid\.?$/i.test(name))
    return fault('invalid-value', `failed to resolve ${quote(name)}: no such host`)
  context.assume(`the name ${name} resolves when CoreDNS starts`)
  return null
}

/** Whether Go asks anybody about a name (net.isDomainName): letters, digits, `_` and `-` in labels, and not digits alone. */
function isLookedUp(name: string): boolean {
  if (name === '.') return true
  const labels = name.replace(/\.$/, '').split('.')
  return (
    name.length <= (name.endsWith('.') ? 254 : 253) &&
    /[A-Za-z_-]/.test(name) &&
    labels.every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label))
  )
}

function fileFault(word: string, kind: ValueKind & { kind: 'file' | 'directory' }, context: KindContext): Fault | null {
  if (word === '' && kind.kind === 'file' && kind.orEmpty === true && (kind.rooted !== true || context.root === ''))
    return null
  const missing = kind.missing ?? 'refused'
  const path = kind.rooted === true ? below(context.root, word) : word
  if (path === null) {
    context.assume(`file ${word} exists below the root`)
    return null
  }
  const exists = context.fileExists(path)
  if (exists === undefined) context.assume(`file ${path} exists`)
  if (missing === 'warning') return null
  if (kind.kind === 'file' && kind.orDirectory !== true && word !== '') {
    if (/(?:^|\/)\.{0,2}$/.test(word) || context.fileText(path) === null)
      return fault('invalid-value', `read ${path}: is a directory`)
  }
  if (exists === false) return fault('file-missing', `open ${path}: no such file or directory`)
  return kind.kind === 'file' && kind.holds !== undefined
    ? contentFault(path, kind.holds, context.fileText(path))
    : null
}

/** crypto/tls X509KeyPair and x509 AppendCertsFromPEM look for the first block of the right sort. */
function contentFault(
  path: string,
  holds: 'certificate' | 'private-key',
  text: string | null | undefined,
): Fault | null {
  if (text === null || text === undefined) return null
  const isRight = (label: string) =>
    holds === 'certificate' ? label === 'CERTIFICATE' : /(?:^| )PRIVATE KEY$/.test(label)
  return pemLabels(text).some(isRight) ? null : fault('invalid-value', `failed to find any PEM data in ${path}`)
}

/** The path of a word below a root (filepath.Join); null when the root is needed and not known. */
export function below(root: string | null, word: string): string | null {
  if (word.startsWith('/') || root === '') return word
  return root === null ? null : `${root.replace(/\/+$/, '')}/${word}`
}

/** Completes "expected ..." for a kind: what a person should write instead. */
export function describeKind(kind: ValueKind): string {
  switch (kind.kind) {
    case 'text':
      return 'a word'
    case 'integer':
      return `a whole number${limits(kind.min, kind.max)}`
    case 'float':
      return `a number${limits(kind.min, kind.max)}`
    case 'boolean':
      return '`true` or `false`'
    case 'duration': {
      const range = limits(kind.min, kind.max)
      return `a duration with a unit, such as \`10s\`${range}${kind.positive === true ? ' above 0' : ''}`
    }
    case 'one-of':
      return kind.values.length === 1
        ? `\`${kind.values[0]}\``
        : `one of ${kind.values.map((value) => `\`${value}\``).join(', ')}`
    case 'zone':
    case 'origin':
      return 'a zone'
    case 'domain':
      return 'a domain name'
    case 'ip':
      return 'an IP address'
    case 'cidr':
      return 'a network such as `10.0.0.0/8`'
    case 'ip-or-cidr':
      return 'an IP address or a network such as `10.0.0.0/8`'
    case 'listen-address':
      return 'an address to listen on, such as `:8080` or `127.0.0.1:8080`'
    case 'upstream':
      return 'an IP address, `IP:PORT`, either with a scheme such as `tls://`, or a file like /etc/resolv.conf'
    case 'host-port':
      return `an IP address or \`IP:PORT\`${kind.orStar === true ? ', or `*`' : ''}`
    case 'file':
      return kind.holds === undefined
        ? 'the path of a file'
        : `the path of a file with a ${kind.holds === 'certificate' ? 'certificate' : 'private key'} in PEM format`
    case 'directory':
      return 'the path of a directory'
    case 'url':
      return 'a URL'
    case 'regexp':
      return `a regular expression in RE2 syntax${kind.longest === undefined ? '' : ` of at most ${kind.longest} bytes`}`
    case 'go-template':
      return 'a Go template'
    case 'percentage':
      return `a percentage from ${kind.min}% to ${kind.max}%`
    case 'query-type':
      return 'a query type in capitals, such as `A` or `AAAA`'
    case 'query-class':
      return 'a query class in capitals, such as `IN`'
    case 'rcode':
      return 'a response code in capitals, such as `NXDOMAIN`'
    case 'test':
      return kind.expected
  }
}

function limits(min: number | string | undefined, max: number | string | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return `, at least ${min}`
  return max === undefined ? '' : `, at most ${max}`
}
