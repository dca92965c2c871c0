import { integer, line, one, plugin, property } from '../schema.ts'

// Source: plugin/https/setup.go parseDOH. Nobody looks at a second one.
export default plugin('https', {
  source: 'plugin/https/setup.go parseDOH',
  about: 'Limits of the server for DNS over HTTPS.',
  occurrences: 'first',
  properties: {
    max_connections: property({ line: line(one('NUMBER', integer({ min: 0 }))), repeat: 'refused', default: '200' }),
    max_streams: property({
      since: '1.15.0',
      line: line(one('NUMBER', integer({ min: 0, max: 4294967295 }))),
      repeat: 'refused',
      default: '250',
    }),
  },
})
