import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'

/** What a run of the program came to. */
export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** How a run differs from the usual: pipes all around, an empty environment, nothing to read. */
export interface Surroundings {
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly terminal?: boolean
  readonly columns?: number
  readonly program?: string
  /** Milliseconds since the start; always the same few when missing. */
  readonly elapsed?: () => number
}

/** Runs the program in a directory, without a process of its own. */
export async function run(cwd: string, words: readonly string[], surroundings: Surroundings = {}): Promise<Run> {
  const { stdin = '', env = {}, terminal = false, columns, program = 'corefile', elapsed = () => 7 } = surroundings
  const written = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text
    },
    isTerminal: () => terminal,
    columns: () => columns,
  })
  const io: Io = {
    program,
    stdin: { read: async () => Buffer.from(stdin) },
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd,
    env,
    elapsed,
  }
  const code = await main(words, io)
  return { code, ...written }
}
