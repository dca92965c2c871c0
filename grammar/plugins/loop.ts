import { plugin, strictLine } from '../schema.ts'

// Source: plugin/loop/setup.go parse. What it finds, it finds after the start.
export default plugin('loop', {
  source: 'plugin/loop/setup.go parse',
  occurrences: 'once',
  line: strictLine(),
})
