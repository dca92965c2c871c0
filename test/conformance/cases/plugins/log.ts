import type { Case } from '../../case.ts'
import { inPluginBlock, inServerBlock } from '../../in-server-block.ts'

export const cases: readonly Case[] = [
  ...inServerBlock('log', {
    bare: 'log',
    name: 'log example.org',
    'name-format': 'log . "{remote} {type}"',
    'names-format': 'log a.example b.example {combined}',
    'names-no-format': 'log a.example b.example c.example',
    'format-alone': 'log {common}',
    'odd-name': 'log a..b',
    twice: 'log a.example\nlog b.example',
    'empty-block': 'log {\n}',
    'glued-braces': 'log {}',
    'one-line-block': 'log { class error }',
    'name-block': 'log example.org {\n  class denial\n}',
  }),
  ...inPluginBlock('log', 'log', {
    class: 'class error',
    'class-all': 'class all',
    'class-two': 'class denial error',
    'class-second-wrong': 'class denial nxdomain',
    'class-wrong': 'class nxdomain',
    'class-capital': 'class Error',
    'class-nothing': 'class',
    'class-twice': 'class denial\nclass error',
    'unknown-property': 'bogus',
    'severity-for-class': 'error',
  }),
]
