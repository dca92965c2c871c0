import { any, line, optional, plugin, since } from '../schema.ts'

// Source: plugin/chaos/setup.go parse. Nobody looks at a second one; a block is refused from 1.14.4 on.
export default plugin('chaos', {
  source: 'plugin/chaos/setup.go parse',
  about: 'Answers version.bind, id.server and the like, queries for TXT in the class CH.',
  occurrences: 'first',
  line: line(optional('VERSION'), any('AUTHORS')),
  properties: since({ '1.0.0': null, '1.14.4': {} }),
})
