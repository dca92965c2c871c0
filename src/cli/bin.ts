// The program behind `corefile`. A Node that is too old must be able to read this file and say so: nothing here is newer
// than Node 16 before the version is known. None of Node's modules is imported: that costs every start a millisecond or
// more each, and asking for one when it is needed costs next to nothing.

import { Chunks } from './chunks.ts'
import { endWith, processIo } from './process-io.ts'

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
  const code = await main(words, processIo())
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

/** The user's own directory for what can be made anew; null where there is none. */
function cacheDirectory(): string | null {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env
  return XDG_CACHE_HOME || LOCALAPPDATA || (HOME ? `${HOME}/.cache` : null)
}

endWith(run())
