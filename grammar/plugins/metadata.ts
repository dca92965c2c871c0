import { any, line, origin, plugin } from '../schema.ts'

export default plugin('metadata', {
  source: 'plugin/metadata/setup.go metadataParse',
  occurrences: 'once',
  line: line(any('ZONES', origin())),
  properties: {},
})
