import { parseDuration } from '../../src/values/duration.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import { parseUnsigned } from '../../src/values/number.ts'
import {
  any,
  file,
  line,
  lineLeavingRest,
  many,
  one,
  origin,
  plugin,
  property,
  rootedFile,
  since,
  tested,
  tlsFiles,
  url,
} from '../schema.ts'
import type { Quirk, Quirks, WordTest } from '../setup.ts'
import { tlsFilesLine } from '../tls-files.ts'
import { upstreamProperty } from '../zone-properties.ts'

const leaseTtl = tested('lease-ttl', 'seconds or a duration such as `30s`, from 0 to 4294967295 seconds')

const endpoint = tested('endpoint', 'a URL without control characters and with whole `%` escapes')

export default plugin('etcd', {
  source: 'plugin/etcd/setup.go etcdParse',
  about: 'Answers from records in etcd, in the layout of SkyDNS.',
  occurrences: 'first',
  line: line(any('ZONES', origin())),
  properties: {
    path: property({ line: lineLeavingRest(one('PATH')), default: 'skydns' }),
    // The client of etcd 2 took them apart at once; the present one fails later, but for what no URL at all may hold.
    endpoint: property({
      line: since({
        '1.0.0': line(many('ENDPOINT', url())),
        '1.2.0': line(many('ENDPOINT')),
        '1.8.7': line(one('ENDPOINT', endpoint), any('ENDPOINT')),
      }),
      default: 'http://localhost:2379',
    }),
    credentials: property({
      since: '1.4.0',
      line: line(one('USERNAME', undefined, { secret: true }), one('PASSWORD', undefined, { secret: true })),
    }),
    tls: property({
      line: since({ '1.0.0': line(...tlsFiles(file())), '1.11.3': line(...tlsFiles(rootedFile())) }),
      quirk: 'tls-files',
    }),
    fallthrough: property({ line: since({ '1.0.0': lineLeavingRest(), '1.0.3': line(any('ZONES', origin())) }) }),
    'min-lease-ttl': property({ since: '1.12.4', line: lineLeavingRest(one('TTL', leaseTtl)), default: '30s' }),
    'max-lease-ttl': property({ since: '1.12.4', line: lineLeavingRest(one('TTL', leaseTtl)), default: '24h' }),
    no_apex_fallback: property({ since: '1.15.0' }),
    upstream: upstreamProperty('1.2.6'),
    stubzones: property({ deprecated: '1.3.1', ignored: '1.4.0', line: lineLeavingRest() }),
    debug: property({ ignored: '1.0.0', line: lineLeavingRest() }),
  },
  setup: since({ '1.0.0': 'to-the-end', '1.5.0': null }),
})

/** etcdParse (to 1.4.0): once inside the block it reads all tokens there are, a second `etcd` too, and takes no notice of braces. */
const toTheEnd: Quirk = (setup) => {
  if (!setup.next()) return
  for (const word of setup.remainingArgs()) setup.check(origin(), word)
  if (!setup.nextBlock()) return
  do {
    if (setup.readProperty() === null && setup.word.value !== '}') {
      setup.refuse('unknown-property', { property: setup.word.value })
    }
  } while (setup.next())
}

/** grpc-go parses what it makes of the first endpoint (since its 1.42). */
const endpointFault: WordTest = (word) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these
  /[\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})/.test(word) ? 'no URL' : null

/** parseTTL (1.12.4): blanks around it do not count, and nothing is 0. */
const leaseTtlFault: WordTest = (word) => {
  const trimmed = word.trim()
  if (trimmed === '') return null
  const value = parseDuration(isInvalid(parseUnsigned(trimmed, 10, 64)) ? trimmed : `${trimmed}s`)
  if (isInvalid(value)) return "invalid TTL format, use format like '30', '30s', '5m', '1h', or '2h30m'"
  if (value < 0n) return 'TTL must be non-negative'
  return value > 4294967295n * 1000000000n ? 'TTL too large, maximum is 4294967295 seconds' : null
}

export const quirks: Quirks = {
  setups: { 'to-the-end': toTheEnd },
  lines: { 'tls-files': tlsFilesLine() },
  words: { endpoint: endpointFault, 'lease-ttl': leaseTtlFault },
}
