import { duration, line, listenAddress, one, optional, plugin, property, since } from '../schema.ts'

const lameduck = property({ line: line(one('DURATION', duration())), default: '0s' })

// Source: plugin/health/setup.go parse (until 1.5.0 healthParse).
export default plugin('health', {
  source: 'plugin/health/setup.go parse',
  about:
    'Says over HTTP, at /health, that the process runs: 200 and OK, for a liveness probe. It does not say that names resolve.',
  aboutProperties: {
    lameduck:
      'How long CoreDNS goes on answering after it was told to stop, so that clients can be sent elsewhere first.',
  },
  occurrences: 'last',
  line: line(optional('ADDRESS', listenAddress(), { default: ':8080' })),
  properties: since({ '1.0.0': null, '1.0.5': { lameduck } }),
})
