import { duration, line, listenAddress, one, optional, plugin, property, since } from '../schema.ts'

const lameduck = property({ line: line(one('DURATION', duration())), default: '0s' })

// Source: plugin/health/setup.go parse (until 1.5.0 healthParse).
export default plugin('health', {
  source: 'plugin/health/setup.go parse',
  occurrences: 'last',
  line: line(optional('ADDRESS', listenAddress(), { default: ':8080' })),
  properties: since({ '1.0.0': null, '1.0.5': { lameduck } }),
})
