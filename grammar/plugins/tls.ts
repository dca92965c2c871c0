import { splitHostPort } from '../../src/values/hostport.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { isIp } from '../../src/values/ip.ts'
import { isDomainName } from '../../src/values/name.ts'
import { parsePort } from '../../src/values/number.ts'
import { parseUrl } from '../../src/values/url.ts'
import {
  file,
  holding,
  line,
  many,
  one,
  oneOf,
  optional,
  orEmpty,
  plugin,
  property,
  rootedFile,
  since,
  tested,
  text,
  tlsFiles,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirk, Quirks, Setup, Word } from '../setup.ts'

const [certificate, key] = ['certificate', 'private-key'] as const
const server = (path = file()) =>
  line(
    one('CERT', holding(path, certificate)),
    one('KEY', holding(path, key)),
    optional('CA', orEmpty(holding(path, certificate))),
  )
const acmeUrl = tested('acme-url', 'a URL such as `https://acme-v02.api.letsencrypt.org/directory`')
const acmeOption = (name: string, value = text()) =>
  property({ since: '1.14.7', line: line(one(name, value)), repeat: 'refused' })

// Source: plugin/tls/tls.go setup, parseTLS, parseManualTLS, parseACMETLS. With words the files are given, without any ACME fetches them.
export default plugin('tls', {
  source: 'plugin/tls/tls.go parseTLS',
  about:
    'The certificate and key of the server, for blocks that speak `tls://`, `https://`, `quic://` or `grpc://`. It encrypts nothing that `forward` sends.',
  occurrences: 'last',
  line: since({
    '1.0.0': line(
      one('CERT', holding(file(), certificate)),
      one('KEY', holding(file(), key)),
      one('CA', holding(file(), certificate)),
    ),
    '1.1.3': server(),
    '1.11.3': server(rootedFile()),
    '1.14.7': line(...tlsFiles(rootedFile())),
  }),
  properties: since({
    '1.0.0': null,
    '1.5.1': {
      client_auth: property({
        line: line(one('TYPE', oneOf('nocert', 'request', 'require', 'verify_if_given', 'require_and_verify'))),
        default: 'nocert',
      }),
      keylog: property({ since: '1.14.3', line: line(one('FILE')) }),
      acme: property({
        since: '1.14.7',
        line: line(many('DOMAIN', tested('acme-domain', 'a domain name, `*.` in front of it allowed'))),
        repeat: 'refused',
      }),
      email: acmeOption('ADDRESS'),
      ca: acmeOption('URL', acmeUrl),
      storage: acmeOption('DIRECTORY'),
      ca_root: acmeOption('FILE', holding(rootedFile(), certificate)),
      resolver: acmeOption('ADDRESS', tested('acme-resolver', 'a host and a port, such as `192.0.2.1:53`')),
    },
  }),
  setup: since({ '1.0.0': null, '1.14.7': 'files-or-acme' }),
  afterOccurrence: 'key-logs',
})

/** plugin/tls/tls.go parseTLS from 1.14.7 on. */
const filesOrAcme: Quirk = (setup) => {
  while (setup.next()) {
    const name = setup.word
    const args = setup.remainingArgs()
    if (args.length === 0) readAcme(setup, name)
    else readFiles(setup, args)
  }
}

/** plugin/tls/tls.go parseManualTLS. */
function readFiles(setup: Setup, args: readonly Word[]): void {
  const surplus = args[3]
  if (args.length < 2 || surplus !== undefined)
    setup.refuse('argument-count', { at: surplus ?? (args[0] as Word), expected: 'CERT KEY [CA]' })
  for (const [at, arg] of args.entries()) {
    const path = holding(rootedFile(), at === 1 ? key : certificate)
    setup.check(at === 2 ? orEmpty(path) : path, arg)
  }
  while (setup.nextBlock()) {
    const name = setup.word
    if (name.value !== 'client_auth' && name.value !== 'keylog')
      setup.refuse('unknown-property', { at: name, property: name.value })
    const [log] = setup.readProperty() ?? []
    if (name.value === 'keylog' && log !== undefined) checkKeyLog(setup, log)
  }
}

/** plugin/tls/tls.go parseTLS: the file is made if it is not there, its directory is not. */
function checkKeyLog(setup: Setup, log: Word): void {
  if (!log.known || log.value === '' || setup.root === null) return
  const whole = log.value.startsWith('/') || setup.root === '' ? log.value : `${setup.root}/${log.value}`
  const path = cleaned(whole)
  const slash = path.lastIndexOf('/')
  const isMissing = slash > 0 && setup.fileExists(path.slice(0, slash)) === false
  if (isMissing || setup.fileText(path) === null) {
    const message = `open ${log.value}: ${isMissing ? 'no such file or directory' : 'is a directory'}`
    setup.report('invalid-value', {
      at: log,
      property: 'keylog',
      expected: 'a path in a directory that exists',
      message,
    })
  }
}

/** Go's filepath.Clean of a path that is not empty. */
function cleaned(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.'
}

const keyLogs: OccurrenceQuirk = (setup, { properties }) => {
  for (const { name, args } of properties)
    if (name.value === 'keylog' && args[0] !== undefined) checkKeyLog(setup, args[0])
}

/** plugin/tls/tls.go parseACMETLS, and validateACMEOptions of acme.go. */
function readAcme(setup: Setup, name: Word): void {
  const seen = new Set<string>()
  while (setup.nextBlock()) {
    const option = setup.word
    if (seen.has(option.value)) setup.refuse('once-property', { at: option, property: option.value })
    seen.add(option.value)
    if (option.value === 'client_auth' || option.value === 'keylog' || setup.readProperty() === null)
      setup.refuse('unknown-property', { at: option, property: option.value })
  }
  if (!seen.has('acme'))
    setup.report('missing-property', {
      at: name,
      property: 'acme',
      expected: 'CERT KEY [CA], or a block with `acme DOMAIN`',
    })
}

/** plugin/tls/acme.go normalizeACMEDomain; of international names only what is ASCII is judged. */
function acmeDomainError(word: string, release: string): string | null {
  const refused = `invalid ACME domain "${word}"`
  const domain = word.replace(/\.$/, '').toLowerCase()
  const plain = domain.startsWith('*.') ? domain.slice(2) : domain
  if (plain === '' || plain.includes('*') || isIp(plain) || !isDomainName(plain, release)) return refused
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything in ASCII
  const labels = plain.split(/[.。]/).filter((label) => /^[\x00-\x7f]*$/.test(label))
  return labels.every((label) => /^(?!-)(?!(?!xn).{2}--)[a-z0-9-]*(?<!-)$/.test(label)) ? null : refused
}

/** plugin/tls/acme.go validateACMEOptions: a host is needed, the path is not. */
function acmeUrlError(word: string, release: string): string | null {
  const read = parseUrl(word, release)
  const isWeb = read !== null && (read.scheme === 'https' || read.scheme === 'http')
  return isWeb && read.host !== '' ? null : `invalid ACME CA URL "${word}"`
}

/** plugin/tls/acme.go validateACMEOptions. */
function acmeResolverError(word: string): string | null {
  if (word === '') return null
  const parts = splitHostPort(word)
  if (isInvalid(parts)) return `invalid ACME resolver "${word}": ${parts.error}`
  if (parts.host === '') return `invalid ACME resolver "${word}": host is empty`
  return (parsePort(parts.port) ?? 0) > 0 ? null : `invalid ACME resolver port "${parts.port}"`
}

export const quirks: Quirks = {
  setups: { 'files-or-acme': filesOrAcme },
  afterOccurrence: { 'key-logs': keyLogs },
  words: { 'acme-domain': acmeDomainError, 'acme-url': acmeUrlError, 'acme-resolver': acmeResolverError },
}
