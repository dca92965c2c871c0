import { plugin, strictLine } from '../schema.ts'

// Source: plugin/debug/debug.go setup.
export default plugin('debug', {
  source: 'plugin/debug/debug.go setup',
  about:
    'Lets a panic end the process and logs more, for the whole process. It is for finding faults, not for service.',
  line: strictLine(),
})
