import { any, line, origin, plugin } from '../schema.ts'

export default plugin('metadata', {
  source: 'plugin/metadata/setup.go metadataParse',
  about:
    'Collects what other plugins know of a query (the pod, the country, the upstream) for `log`, `view`, `template` and `rewrite`.',
  occurrences: 'once',
  line: line(any('ZONES', origin())),
  properties: {},
})
