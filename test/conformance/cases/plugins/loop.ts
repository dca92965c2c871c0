import type { Case } from '../../case.ts'
import { inServerBlock } from '../../in-server-block.ts'

export const cases: readonly Case[] = inServerBlock('loop', {
  bare: 'loop',
  word: 'loop .',
  twice: 'loop\nloop',
  'empty-block': 'loop {\n}',
  'glued-braces': 'loop {}',
  block: 'loop {\n  bogus\n}',
})
