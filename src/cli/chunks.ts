// Bundled into the same file as bin.ts: a Node that is too old must be able to read it. Nothing is imported here either.

type Chunk = { exports: unknown }
type Require = (name: string) => unknown
type Wrapper = (exports: unknown, require: Require, module: Chunk) => void

interface Compiled {
  readonly script: import('node:vm').Script
  readonly file: string
}

/**
 * Loads the chunks of the program, which are CommonJS modules that need nothing but each other and Node's own modules, with the code
 * that was compiled for them in an earlier run. Node's compile cache does the same for modules, but leaves out every function that is
 * compiled when it is first called, and so nearly all that a run needs.
 */
export class Chunks {
  readonly #directory: string
  readonly #cache: string | null
  readonly #loaded = new Map<string, Chunk>()
  /** Those whose code is not kept yet, or was compiled by another V8. */
  readonly #fresh: Compiled[] = []

  /** `cache` is a directory for the compiled code of exactly these chunks; null keeps none. */
  constructor(directory: string, cache: string | null) {
    this.#directory = directory
    this.#cache = cache
  }

  /** What a chunk exports, by its file name. */
  load(name: string): unknown {
    const known = this.#loaded.get(name)
    if (known !== undefined) return known.exports
    const chunk: Chunk = { exports: {} }
    this.#loaded.set(name, chunk)
    const wrapper = this.#compile(name).runInThisContext() as Wrapper
    wrapper(chunk.exports, (other) => this.#require(other), chunk)
    return chunk.exports
  }

  #require(name: string): unknown {
    return name.startsWith('./') ? this.load(name.slice(2)) : process.getBuiltinModule(name)
  }

  #compile(name: string): import('node:vm').Script {
    const { readFileSync } = process.getBuiltinModule('node:fs')
    const { Script } = process.getBuiltinModule('node:vm')
    const filename = `${this.#directory}/${name}`
    const source = `(function(exports,require,module){${readFileSync(filename, 'utf8')}\n})`
    if (this.#cache === null) return new Script(source, { filename })
    const file = `${this.#cache}/${name}.${process.version}-${process.arch}`
    let cachedData: Buffer | undefined
    try {
      cachedData = readFileSync(file)
    } catch {
      // It is the first run.
    }
    const script = new Script(source, cachedData === undefined ? { filename } : { filename, cachedData })
    if (cachedData === undefined || script.cachedDataRejected) this.#fresh.push({ script, file })
    return script
  }

  /** Keeps the code that was compiled up to now, for later runs. Whatever stands in the way, it only means that they start slower. */
  keep(): void {
    if (this.#cache === null || this.#fresh.length === 0) return
    const { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } = process.getBuiltinModule('node:fs')
    try {
      mkdirSync(this.#cache, { recursive: true, mode: 0o700 })
      for (const { script, file } of this.#fresh) {
        const temporary = `${file}.${process.pid}`
        const descriptor = openSync(temporary, 'wx', 0o600)
        writeSync(descriptor, script.createCachedData())
        fsyncSync(descriptor)
        closeSync(descriptor)
        renameSync(temporary, file)
      }
    } catch {
      // A cache directory that is full or not ours.
    }
  }
}
