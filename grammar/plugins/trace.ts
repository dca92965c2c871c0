import {
  boolean,
  duration,
  float,
  integer,
  line,
  one,
  oneOfAnyCase,
  optional,
  plugin,
  property,
  since,
  text,
} from '../schema.ts'

const endpoint = (...types: readonly string[]) =>
  line(optional('ENDPOINT-TYPE', oneOfAnyCase(...types), { ifFits: true, default: 'zipkin' }), optional('ENDPOINT'))

// Source: plugin/trace/setup.go traceParse, normalizeEndpoint.
export default plugin('trace', {
  source: 'plugin/trace/setup.go traceParse',
  about: 'Sends traces of queries through the plugins to Zipkin or Datadog.',
  occurrences: 'last',
  line: since({ '1.0.0': endpoint('zipkin'), '1.1.0': endpoint('zipkin', 'datadog') }),
  properties: {
    every: property({ line: line(one('AMOUNT', integer({ unsigned: true, bits: 64 }))), default: '1' }),
    service: property({ line: line(one('NAME', text())), default: 'coredns' }),
    client_server: property({ line: line(optional('BOOLEAN', boolean())), default: 'false' }),
    datadog_analytics_rate: property({
      since: '1.8.0',
      line: line(optional('RATE', float({ min: 0, max: 1 }))),
      default: '0',
    }),
    zipkin_max_backlog_size: property({ since: '1.9.4', line: line(one('SIZE', integer())), default: '1000' }),
    zipkin_max_batch_size: property({ since: '1.9.4', line: line(one('SIZE', integer())), default: '100' }),
    zipkin_max_batch_interval: property({ since: '1.9.4', line: line(one('DURATION', duration())), default: '1s' }),
  },
  unknownProperty: since({ '1.0.0': 'ignored', '1.14.4': 'refused' }),
})
