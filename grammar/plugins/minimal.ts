import { plugin, strictLine } from '../schema.ts'

export default plugin('minimal', {
  source: 'plugin/minimal/setup.go setup',
  occurrences: 'first',
  line: strictLine(),
})
