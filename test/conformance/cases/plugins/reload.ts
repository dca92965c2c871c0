import type { Case } from '../../case.ts'
import { inServerBlock } from '../../in-server-block.ts'

export const cases: readonly Case[] = inServerBlock('reload', {
  bare: 'reload',
  interval: 'reload 10s',
  'interval-2s': 'reload 2s',
  'interval-below-2s': 'reload 1999ms',
  'interval-number': 'reload 10',
  'interval-zero': 'reload 0',
  'interval-negative': 'reload -10s',
  'interval-word': 'reload off',
  jitter: 'reload 10s 5s',
  'jitter-1s': 'reload 10s 1s',
  'jitter-below-1s': 'reload 10s 999ms',
  'jitter-zero': 'reload 10s 0s',
  'jitter-zero-alone': 'reload 10s 0',
  'jitter-negative': 'reload 10s -1s',
  'jitter-number': 'reload 10s 5',
  'jitter-longer': 'reload 10s 1h',
  'three-words': 'reload 10s 5s 1s',
  twice: 'reload 10s\nreload 1s',
  'empty-block': 'reload {\n}',
  block: 'reload 10s {\n  bogus\n}',
  'glued-braces': 'reload {}',
})
