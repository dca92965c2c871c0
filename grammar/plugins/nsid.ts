import { any, line, plugin, since } from '../schema.ts'

// Source: plugin/nsid/setup.go nsidParse. The words are joined by a space; without any it is the name of the host.
export default plugin('nsid', {
  source: 'plugin/nsid/setup.go nsidParse',
  about: 'Says in answers which server gave them, to clients that ask for it (RFC 5001).',
  occurrences: since({ '1.0.0': 'first', '1.1.0': 'once' }),
  line: line(any('DATA')),
})
