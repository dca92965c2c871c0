import { integer, line, one, plugin, property } from '../schema.ts'

const number = line(one('NUMBER', integer({ min: 0 })))

// Source: plugin/https3/setup.go parseDOH3. Nobody looks at a second one.
export default plugin('https3', {
  source: 'plugin/https3/setup.go parseDOH3',
  about: 'Limits of the server for DNS over HTTP/3.',
  occurrences: 'first',
  properties: {
    max_streams: property({ line: number, repeat: 'refused', default: '256' }),
    max_connections: property({ since: '1.14.7', line: number, repeat: 'refused', default: '200' }),
  },
})
