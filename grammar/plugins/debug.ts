import { plugin, strictLine } from '../schema.ts'

// Source: plugin/debug/debug.go setup.
export default plugin('debug', { source: 'plugin/debug/debug.go setup', line: strictLine() })
