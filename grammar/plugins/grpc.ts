import { parseEndpoint } from '../../src/values/endpoint.ts'
import { zonesOf } from '../../src/values/zone.ts'
import {
  fallthrough,
  line,
  lineLeavingRest,
  many,
  one,
  oneOf,
  origin,
  plugin,
  property,
  rootedFile,
  since,
  tlsFiles,
  upstream,
  zone,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'
import { tlsFilesLine } from '../tls-files.ts'
import { refuseNoServers } from '../upstream-files.ts'

const to = many('TO', upstream(), { max: 15 })

// Source: plugin/grpc/setup.go parseGRPC, parseStanza, parseBlock.
export default plugin('grpc', {
  source: 'plugin/grpc/setup.go parseGRPC',
  about: 'Sends queries for names in FROM to upstreams over gRPC.',
  occurrences: 'once',
  line: since({ '1.0.0': line(one('FROM', origin()), to), '1.9.1': line(one('FROM', zone()), to) }),
  properties: {
    except: property({ line: line(many('IGNORED_NAMES', origin())), repeat: 'adds' }),
    tls: property({
      line: since({ '1.0.0': line(...tlsFiles()), '1.11.3': line(...tlsFiles(rootedFile())) }),
      quirk: 'tls-files',
    }),
    tls_servername: property({ line: lineLeavingRest(one('NAME')) }),
    policy: property({
      line: lineLeavingRest(one('POLICY', oneOf('random', 'round_robin', 'sequential'))),
      default: 'random',
    }),
    fallthrough: fallthrough('1.12.3'),
  },
  afterOccurrence: 'stanza',
})

/** plugin/grpc/setup.go parseStanza and proxy.go newProxy: what the kinds of the words do not say. */
const stanza: OccurrenceQuirk = (setup, { args: [from, ...targets] }) => {
  if (setup.since('1.6.8')) refuseNoServers(setup, targets, parseEndpoint)
  // The first of no zones.
  if (from?.known === true && setup.since('1.8.4') && !setup.since('1.9.1') && !hasZone(from.value, setup.release))
    setup.report('panic', { at: from, expected: 'a zone', message: 'index out of range [0] with length 0' })
  // grpc-go reads the address as a URL from its 1.43.0 on, and the zone of an IPv6 address as an escape.
  if (!setup.since('1.8.7')) return
  for (const word of targets)
    if (word.known && /%(?![0-9A-Fa-f]{2})/.test(word.value))
      setup.report('invalid-value', { at: word, expected: 'an address without a zone', message: 'invalid URL escape' })
}

const hasZone = (word: string, release: string): boolean => zonesOf(word, release).length > 0

export const quirks: Quirks = { lines: { 'tls-files': tlsFilesLine() }, afterOccurrence: { stanza } }
