import { plugin, strictLine } from '../schema.ts'

// Source: plugin/whoami/setup.go setup. Nobody looks at a second one.
export default plugin('whoami', { source: 'plugin/whoami/setup.go setup', occurrences: 'first', line: strictLine() })
