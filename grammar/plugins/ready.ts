import { line, listenAddress, one, oneOf, optional, plugin, property, since } from '../schema.ts'

const monitor = property({
  line: line(one('TYPE', oneOf('until-ready', 'continuously'))),
  default: 'until-ready',
})

// Source: plugin/ready/setup.go parse.
export default plugin('ready', {
  source: 'plugin/ready/setup.go parse',
  about:
    'Says over HTTP, at /ready, whether the plugins of its block are ready: 200 and OK, or 503 and the names of those that are not, for a readiness probe.',
  aboutProperties: {
    monitor: '`until-ready` asks a plugin until it was ready once; `continuously` asks all of them each time.',
  },
  occurrences: 'once',
  line: line(optional('ADDRESS', listenAddress(), { default: ':8181' })),
  properties: since({ '1.0.0': null, '1.12.2': { monitor } }),
  unknownProperty: since({ '1.0.0': 'ignored', '1.14.4': 'refused' }),
})
