import { line, many, one, plugin, property } from '../schema.ts'

export default plugin('view', {
  source: 'plugin/view/setup.go parse',
  occurrences: 'once',
  line: line(one('NAME')),
  properties: { expr: property({ line: line(many('EXPRESSION')), repeat: 'adds' }) },
})
