import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { judgeAll } from './judge.ts'

/** Answers as its questions say: `hang` is a timeout and the end, `die` the end without an answer. */
const program = `#!/usr/bin/env node
const lines = require('node:readline').createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const { id, text } = JSON.parse(line)
  if (text === 'fail') {
    require('node:fs').writeSync(2, 'judge: no disk\\n')
    process.exit(2)
  }
  if (text === 'die') {
    require('node:fs').writeSync(2, 'a line of log\\npanic: out of luck\\ngoroutine 1\\n')
    process.exit(2)
  }
  const answer = text === 'hang' ? { id, accepted: false, class: 'timeout' } : { id, accepted: true }
  require('node:fs').writeSync(1, JSON.stringify(answer) + '\\n')
  if (text === 'hang') process.exit(3)
})
`

const directory = mkdtempSync(join(tmpdir(), 'judge-'))
const judge = join(directory, 'judge')
writeFileSync(judge, program)
chmodSync(judge, 0o755)
afterAll(() => rmSync(directory, { recursive: true }))

async function ask(...texts: string[]): Promise<string[]> {
  const answers = await judgeAll(
    judge,
    texts.map((text, i) => ({ id: `${i}`, text })),
  )
  expect(answers.map(({ id }) => id)).toEqual(texts.map((_, i) => `${i}`))
  return answers.map((answer) => (answer.accepted ? 'ok' : `${answer.class} ${answer.message ?? ''}`.trim()))
}

describe('a judge', () => {
  it('answers every question', async () => {
    expect(await ask('a', 'b', 'c')).toEqual(['ok', 'ok', 'ok'])
  })

  it('is started again after a timeout', async () => {
    expect(await ask('a', 'hang', 'hang', 'b')).toEqual(['ok', 'timeout', 'timeout', 'ok'])
  })

  it('is started again when a question ended it', async () => {
    const ended = 'panic the process ended: panic: out of luck'
    expect(await ask('die', 'a', 'die', 'die', 'b', 'die')).toEqual([ended, 'ok', ended, ended, 'ok', ended])
  })

  it('may end with its last answer', async () => {
    expect(await ask('a', 'hang')).toEqual(['ok', 'timeout'])
  })

  it('that does not work is an error', async () => {
    await expect(ask('a', 'fail')).rejects.toThrow('judge: no disk')
  })

  it('that cannot be started is an error', async () => {
    await expect(judgeAll(join(directory, 'none'), [{ id: 'a', text: '' }])).rejects.toThrow(/ENOENT/)
  })
})
