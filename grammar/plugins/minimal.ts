import { plugin, strictLine } from '../schema.ts'

export default plugin('minimal', {
  source: 'plugin/minimal/setup.go setup',
  about: 'Leaves authority and additional records out of answers that do not need them.',
  occurrences: 'first',
  line: strictLine(),
})
