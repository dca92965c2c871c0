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

const to = many('TO', upstream(), { max: 15 })

// Source: plugin/grpc/setup.go parseGRPC, parseStanza, parseBlock.
export default plugin('grpc', {
  source: 'plugin/grpc/setup.go parseGRPC',
  occurrences: 'once',
  line: since({ '1.0.0': line(one('FROM', origin()), to), '1.9.1': line(one('FROM', zone()), to) }),
  properties: {
    except: property({ line: line(many('IGNORED_NAMES', origin())), repeat: 'adds' }),
    tls: property({
      line: since({ '1.0.0': line(...tlsFiles()), '1.11.3': line(...tlsFiles(rootedFile())) }),
    }),
    tls_servername: property({ line: lineLeavingRest(one('NAME')) }),
    policy: property({
      line: lineLeavingRest(one('POLICY', oneOf('random', 'round_robin', 'sequential'))),
      default: 'random',
    }),
    fallthrough: fallthrough('1.12.3'),
  },
  afterOccurrence: 'from',
})

/** plugin/grpc/setup.go parseStanza from 1.8.4 to 1.9.0: the first of no zones. */
const from: OccurrenceQuirk = (setup, { args: [word] }) => {
  if (word?.known !== true || !setup.since('1.8.4') || setup.since('1.9.1')) return
  if (zonesOf(word.value, setup.release).length === 0)
    setup.report('panic', { at: word, expected: 'a zone', message: 'index out of range [0] with length 0' })
}

export const quirks: Quirks = { afterOccurrence: { from } }
