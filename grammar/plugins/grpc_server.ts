import { integer, line, one, plugin, property } from '../schema.ts'

const number = line(one('NUMBER', integer({ min: 0 })))

// Source: plugin/grpc_server/setup.go parseGRPCServer. Nobody looks at a second one.
export default plugin('grpc_server', {
  source: 'plugin/grpc_server/setup.go parseGRPCServer',
  about: 'Limits of the server for queries over gRPC.',
  occurrences: 'first',
  properties: {
    max_streams: property({ line: number, repeat: 'refused', default: '256' }),
    max_connections: property({ line: number, repeat: 'refused', default: '200' }),
  },
})
