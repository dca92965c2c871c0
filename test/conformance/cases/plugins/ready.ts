import type { Case } from '../../case.ts'
import { inPluginBlock, inServerBlock } from '../../in-server-block.ts'

export const cases: readonly Case[] = [
  ...inServerBlock('ready', {
    bare: 'ready',
    port: 'ready :8181',
    'port-alone': 'ready 8181',
    'two-words': 'ready :8181 x',
    twice: 'ready\nready',
    'empty-block': 'ready {\n}',
    'glued-braces': 'ready {}',
  }),
  ...inPluginBlock('ready', 'ready', {
    monitor: 'monitor until-ready',
    'monitor-continuously': 'monitor continuously',
    'monitor-other': 'monitor always',
    'monitor-nothing': 'monitor',
    'monitor-two': 'monitor until-ready x',
    'unknown-property': 'bogus',
    'unknown-property-words': 'bogus monitor always',
    'unknown-property-block': 'bogus {\n  x\n}',
  }),
]
