import type { Case } from '../../case.ts'
import { inPluginBlock, inServerBlock } from '../../in-server-block.ts'

export const cases: readonly Case[] = [
  ...inServerBlock('health', {
    bare: 'health',
    port: 'health :8080',
    address: 'health 127.0.0.1:8080',
    ipv6: 'health [::1]:8080',
    name: 'health localhost:8080',
    'port-alone': 'health 8080',
    'address-alone': 'health 127.0.0.1',
    'empty-port': 'health 127.0.0.1:',
    'word-port': 'health :http',
    'ipv6-without-brackets': 'health ::1:8080',
    'two-words': 'health :8080 :8081',
    twice: 'health :8080\nhealth :8081',
    'empty-block': 'health {\n}',
    'glued-braces': 'health {}',
    'one-line-block': 'health { lameduck 5s }',
    'second-wrong': 'health\nhealth 8080',
  }),
  ...inPluginBlock('health', 'health :8080', {
    lameduck: 'lameduck 5s',
    'lameduck-number': 'lameduck 5',
    'lameduck-zero': 'lameduck 0',
    'lameduck-negative': 'lameduck -5s',
    'lameduck-nothing': 'lameduck',
    'lameduck-two': 'lameduck 5s 5s',
    'lameduck-twice': 'lameduck 5s\nlameduck 6s',
    'unknown-property': 'bogus',
  }),
]
