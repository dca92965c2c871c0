import { integer, line, one, plugin, property } from '../schema.ts'

const positive = line(one('NUMBER', integer({ min: 1 })))

// Source: plugin/quic/setup.go parseQuic. Nobody looks at a second one.
export default plugin('quic', {
  source: 'plugin/quic/setup.go parseQuic',
  about: 'Limits of the server for DNS over QUIC.',
  occurrences: 'first',
  properties: {
    max_streams: property({ line: positive, repeat: 'refused', default: '256' }),
    worker_pool_size: property({ line: positive, repeat: 'refused', default: '1024' }),
    max_connections: property({
      since: '1.15.0',
      line: line(one('NUMBER', integer({ min: 0 }))),
      repeat: 'refused',
      default: '200',
    }),
  },
})
