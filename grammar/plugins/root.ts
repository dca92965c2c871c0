import { directory, lineLeavingRest, one, plugin } from '../schema.ts'

// Source: plugin/root/root.go setup. A path that does not exist is a warning.
export default plugin('root', {
  source: 'plugin/root/root.go setup',
  occurrences: 'last',
  line: lineLeavingRest(one('PATH', directory('warning'))),
})
