import {
  any,
  duration,
  integer,
  line,
  lineIgnoringRest,
  many,
  one,
  oneOf,
  optional,
  plugin,
  property,
  since,
  text,
  upstream,
  zone,
} from '../schema.ts'
import type { OccurrenceQuirk, Quirks } from '../setup.ts'

// Source: plugin/forward/setup.go parseForward, parseStanza, parseBlock.
export default plugin('forward', {
  source: 'plugin/forward/setup.go parseForward',
  occurrences: since({ '1.0.5': 'each', '1.1.0': 'once', '1.9.4': 'each' }),
  line: line(one('FROM', zone()), many('TO', upstream('dns', 'tls'), { max: 15 })),
  properties: {
    except: property({ line: line(many('IGNORED_NAMES', zone())), repeat: 'adds' }),
    max_fails: property({
      line: lineIgnoringRest(one('INTEGER', integer({ bits: 32, unsigned: true }))),
      default: '2',
    }),
    force_tcp: property(),
    expire: property({ line: lineIgnoringRest(one('DURATION', duration({ min: '0s' }))), default: '10s' }),
    policy: property({
      line: lineIgnoringRest(one('POLICY', oneOf('random', 'round_robin', 'sequential'))),
      default: 'random',
    }),
    max_concurrent: property({ since: '1.6.8', line: lineIgnoringRest(one('MAX', integer({ min: 0 }))), default: '0' }),
    tls: property({ line: line(any('CERT_KEY_CA', text(), { max: 3 })) }),
    prefer_udp: property({ since: '1.2.0' }),
    tls_servername: property({ line: lineIgnoringRest(one('NAME')) }),
    health_check: property({ line: lineIgnoringRest(one('DURATION', duration()), optional('OPTIONS')) }),
  },
  afterOccurrence: 'max-age-below-expire',
})

/** plugin/forward/setup.go parseStanza (1.14.3): an upstream connection cannot be retired before it may expire. */
const maxAgeBelowExpire: OccurrenceQuirk = () => {}

export const quirks: Quirks = { afterOccurrence: { 'max-age-below-expire': maxAgeBelowExpire } }
