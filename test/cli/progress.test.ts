import { describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { ProgressLine } from '../../src/cli/progress.ts'

/** A line that is told where a run is at each of some times (milliseconds), and what it wrote. */
function shown(times: readonly number[], terminal = true, env: Io['env'] = {}): string[] {
  const written: string[] = []
  let now = 0
  const output = { write: (text: string) => written.push(text), isTerminal: () => terminal, columns: () => undefined }
  const stdin = { read: async () => new Uint8Array() }
  const line = new ProgressLine({
    program: 'x',
    stdin,
    stdout: output,
    stderr: output,
    cwd: '/',
    env,
    elapsed: () => now,
  })
  for (now of times) line.tell(now, 12_345)
  line.tell(now + 1, null)
  line.clear()
  line.clear()
  return written
}

const erased = '\r\u001b[2K'

describe('the line that says how far a run is', () => {
  it('comes when a run takes long, not at every step, and goes away', () => {
    expect(shown([10, 200, 499])).toEqual([])
    expect(shown([600, 650, 1200])).toEqual([
      `${erased}checked 600 of 12,345 Corefiles`,
      `${erased}checked 1,200 of 12,345 Corefiles`,
      erased,
    ])
  })

  it('is for terminals that can erase it', () => {
    expect(shown([600, 1200], false)).toEqual([])
    expect(shown([600, 1200], true, { TERM: 'dumb' })).toEqual([])
  })
})
