// The program behind `corefile`. A Node that is too old must be able to read this file and say so: nothing here is newer
// than Node 16 before the version is known. None of Node's modules is imported: that costs every start a millisecond or
// more each, and asking for one when it is needed costs next to nothing.

import { Chunks } from './chunks.ts'

/** Names what was built: `npm run build` puts a text here, and the chunks that it names beside this file. */
declare const BUILD: string

const MINIMUM_MAJOR = 22
const MINIMUM_MINOR = 12
/** The exit codes up to this one come behind a full run. */
const EXIT_FINDINGS = 1
const EXIT_NOT_FINISHED = 3

function isOldNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major < MINIMUM_MAJOR || (major === MINIMUM_MAJOR && minor < MINIMUM_MINOR)
}

async function run(): Promise<number> {
  if (isOldNode()) {
    const needed = `${MINIMUM_MAJOR}.${MINIMUM_MINOR}`
    process.stderr.write(`corefile needs Node ${needed} or newer, this is ${process.versions.node}\n`)
    return EXIT_NOT_FINISHED
  }
  const words = process.argv.slice(2)
  const { main, keep } = load()
  const code = await main(words, {
    program: programName(),
    stdin: { read: readInput },
    stdout: output(1),
    stderr: output(2),
    cwd: process.cwd(),
    env: process.env,
    elapsed: () => process.uptime() * 1000,
  })
  // Only what ran is compiled; most people come to lint.
  if (words[0] === 'lint' && code <= EXIT_FINDINGS) keep()
  return code
}

interface Program {
  readonly main: typeof import('./main.ts').main
  /** Keeps the compiled code for the next start. */
  keep(): void
}

function load(): Program {
  if (typeof BUILD === 'undefined') {
    const require = process.getBuiltinModule('node:module').createRequire(import.meta.url)
    return { ...require('./main.ts'), keep: () => undefined }
  }
  const cache = cacheDirectory()
  const chunks = new Chunks(`${import.meta.dirname}/chunks/cli`, cache && `${cache}/corefile/${BUILD}`)
  return { ...(chunks.load('program.cjs') as Program), keep: () => chunks.keep() }
}

/** How people called it: kubectl runs `kubectl-corefile` for `kubectl corefile`. */
function programName(): string {
  return /(^|[\\/])kubectl-corefile[^\\/]*$/.test(process.argv[1] || '') ? 'kubectl corefile' : 'corefile'
}

/** The user's own directory for what can be made anew; null where there is none. */
function cacheDirectory(): string | null {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env
  return XDG_CACHE_HOME || LOCALAPPDATA || (HOME ? `${HOME}/.cache` : null)
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

run().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    const reason = error instanceof Error ? error.stack : error
    process.stderr.write(`corefile stopped on an error of its own, please report it: ${reason}\n`)
    process.exitCode = EXIT_NOT_FINISHED
  },
)
