// The program behind `corefile`. A Node that is too old must be able to read this file and say so: nothing here is newer
// than Node 16 before the version is known. Nothing is imported: a module costs every start a millisecond or more when it
// is imported, and next to nothing when it is required; `npm run build` turns `./main.ts` into a file to require.

const MINIMUM_MAJOR = 22
const MINIMUM_MINOR = 12
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
  keepCompiledCode()
  const load = process.getBuiltinModule('node:module').createRequire(import.meta.url)
  const { main }: typeof import('./main.ts') = load('./main.ts')
  return main(process.argv.slice(2), {
    program: programName(),
    stdin: { read: readInput },
    stdout: output(1),
    stderr: output(2),
    cwd: process.cwd(),
    env: process.env,
    elapsed: () => performance.now(),
  })
}

/** How people called it: kubectl runs `kubectl-corefile` for `kubectl corefile`. */
function programName(): string {
  return /(^|[\\/])kubectl-corefile[^\\/]*$/.test(process.argv[1] || '') ? 'kubectl corefile' : 'corefile'
}

/** Keeps the compiled code of the program for its next start, in the user's own cache directory and nowhere shared. */
function keepCompiledCode(): void {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env
  const directory = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && `${HOME}/.cache`)
  if (directory) process.getBuiltinModule('node:module').enableCompileCache(`${directory}/corefile/compiled`)
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

/** Only a character device can be a terminal: for pipes and files the terminal module need not load. */
function isTerminal(fd: number): boolean {
  try {
    const { fstatSync } = process.getBuiltinModule('node:fs')
    return fstatSync(fd).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(fd)
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
