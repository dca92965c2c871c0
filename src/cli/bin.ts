// The program behind `corefile`. A Node that is too old must be able to read this file and say so: no static import of
// ours, and no syntax or built-in module newer than Node 16.
import { fstatSync, writeSync } from 'node:fs'
import nodeModule, { createRequire } from 'node:module'
import { join } from 'node:path'

const MINIMUM_MAJOR = 22
const MINIMUM_MINOR = 12
const EXIT_NOT_FINISHED = 3

const load = createRequire(import.meta.url)
const environment = process.env

/** Writes all of `text` before it returns, which saves the 2 ms that loading `process.stdout` costs. */
function writeAll(fd: number, text: string): void {
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

function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && load('node:tty').isatty(fd)
  } catch {
    return false
  }
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

/** Keeps the compiled code of the program for its next start, in the user's own cache directory and nowhere shared. */
function keepCompiledCode(): void {
  const home =
    environment.XDG_CACHE_HOME || environment.LOCALAPPDATA || (environment.HOME && join(environment.HOME, '.cache'))
  if (home) nodeModule.enableCompileCache(join(home, 'corefile', 'compiled'))
}

/** All of standard input; through the stream, for a terminal or a non-blocking pipe cannot be read in one go. */
async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function isOldNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major < MINIMUM_MAJOR || (major === MINIMUM_MAJOR && minor < MINIMUM_MINOR)
}

async function run(): Promise<number> {
  if (isOldNode()) {
    const needed = `${MINIMUM_MAJOR}.${MINIMUM_MINOR}`
    writeAll(2, `corefile needs Node ${needed} or newer, this is ${process.versions.node}\n`)
    return EXIT_NOT_FINISHED
  }
  keepCompiledCode()
  // Required and not imported: the loader of ES modules costs every start 3 ms.
  const { main }: typeof import('./main.ts') = load('./main.ts')
  return main(process.argv.slice(2), {
    stdin: { read: readInput, isTerminal: () => isTerminal(0) },
    stdout: output(1),
    stderr: output(2),
    cwd: process.cwd(),
    env: environment,
  })
}

run().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    const reason = error instanceof Error ? error.stack : error
    writeAll(2, `corefile stopped on an error of its own, please report it: ${reason}\n`)
    process.exitCode = EXIT_NOT_FINISHED
  },
)
