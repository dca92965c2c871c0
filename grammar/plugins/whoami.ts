import { plugin, strictLine } from '../schema.ts'

// Source: plugin/whoami/setup.go setup. Nobody looks at a second one.
export default plugin('whoami', {
  source: 'plugin/whoami/setup.go setup',
  about: 'Answers with the address and port of the client. It is what CoreDNS does without a Corefile.',
  occurrences: 'first',
  line: strictLine(),
})
