import { commandOf } from '../command.ts'
import { line, many, one, oneOfAnyCase, plugin } from '../schema.ts'
import type { Quirks } from '../setup.ts'

// Source: onevent/on.go onParse of coredns/caddy.
export default plugin('on', {
  source: 'onevent/on.go onParse of coredns/caddy',
  page: 'https://coredns.io/explugins/on/',
  about:
    'Runs a command when CoreDNS starts or ends, once for each line. CoreDNS waits for it, unless `&` is the last word. The command must be in the image, and the official one holds little but CoreDNS.',
  line: line(one('EVENT', oneOfAnyCase('startup', 'shutdown', 'certrenew')), many('COMMAND')),
  afterOccurrence: 'command',
})

export const quirks: Quirks = { afterOccurrence: { command: commandOf(1) } }
