// Bundled into the same file as bin.ts: a Node that is too old must be able to read it. Nothing is imported here either.

import type { Io } from './io.ts'

/** What commands know of this process. */
export function processIo(): Io {
  return {
    program: programName(),
    stdin: { read: readInput },
    stdout: output(1),
    stderr: output(2),
    cwd: process.cwd(),
    env: process.env,
    elapsed: () => process.uptime() * 1000,
  }
}

/** Sets the exit code that a run comes to; an error of its own is 3, with what is needed to report it. */
export function endWith(run: Promise<number>): void {
  run.then(
    (code) => {
      process.exitCode = code
    },
    (error) => {
      const reason = error instanceof Error ? error.stack : error
      process.stderr.write(`corefile stopped on an error of its own, please report it: ${reason}\n`)
      process.exitCode = 3
    },
  )
}

/** How people called it: kubectl runs `kubectl-corefile` for `kubectl corefile`. */
function programName(): string {
  return /(^|[\\/])kubectl-corefile[^\\/]*$/.test(process.argv[1] || '') ? 'kubectl corefile' : 'corefile'
}

/** All of standard input; through the stream, for a terminal or a non-blocking pipe cannot be read in one go. */
async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function output(fd: 1 | 2) {
  return {
    write: (text: string): void => writeAll(fd, text),
    isTerminal: (): boolean => isTerminal(fd),
    /** Width of the terminal in columns; undefined where there is none or it does not tell. */
    columns: (): number | undefined =>
      isTerminal(fd) ? (fd === 1 ? process.stdout : process.stderr).columns || undefined : undefined,
  }
}

/** Writes all of `text` before it returns, which saves the 2 ms that loading `process.stdout` costs. */
function writeAll(fd: number, text: string): void {
  const { writeSync } = process.getBuiltinModule('node:fs')
  const bytes = Buffer.from(text)
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The reader went away, as `head` does: what is left is not wanted.
      if (code === 'EPIPE') return
      // A pipe that somebody else made non-blocking is full: wait for its reader.
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

/** Only a character device can be a terminal: for pipes, files and /dev/null the terminal module, a sixth of a start, need not load. */
function isTerminal(fd: number): boolean {
  const { fstatSync, statSync } = process.getBuiltinModule('node:fs')
  try {
    const output = fstatSync(fd)
    if (!output.isCharacterDevice()) return false
    const nowhere = statSync('/dev/null', { throwIfNoEntry: false })
    if (nowhere !== undefined && nowhere.rdev === output.rdev) return false
    return process.getBuiltinModule('node:tty').isatty(fd)
  } catch {
    return false
  }
}
