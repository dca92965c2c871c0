import { line, listenAddress, one, oneOf, optional, plugin, property, since } from '../schema.ts'

const monitor = property({
  line: line(one('TYPE', oneOf('until-ready', 'continuously'))),
  default: 'until-ready',
})

// Source: plugin/ready/setup.go parse.
export default plugin('ready', {
  source: 'plugin/ready/setup.go parse',
  occurrences: 'once',
  line: line(optional('ADDRESS', listenAddress(), { default: ':8181' })),
  properties: since({ '1.0.0': null, '1.12.2': { monitor } }),
  unknownProperty: since({ '1.0.0': 'ignored', '1.14.4': 'refused' }),
})
