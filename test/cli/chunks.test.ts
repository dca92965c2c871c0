import { spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { Chunks } from '../../src/cli/chunks.ts'
import { directoryWith } from '../node/directory.ts'

const files = {
  'program.cjs': `
    const { basename } = require('node:path')
    const other = require('./other.cjs')
    exports.greet = (name) => basename('/a/' + name) + other.mark() + require('./other.cjs').loads`,
  'other.cjs': `
    globalThis.loadsOfOther = (globalThis.loadsOfOther ?? 0) + 1
    exports.loads = globalThis.loadsOfOther
    exports.program = require('./program.cjs')
    exports.mark = () => '!'`,
}

interface Greeter {
  greet(name: string): string
}

function greeting(directory: string, cache: string | null): { chunks: Chunks; text: string } {
  Object.assign(globalThis, { loadsOfOther: 0 })
  const chunks = new Chunks(directory, cache)
  return { chunks, text: (chunks.load('program.cjs') as Greeter).greet('Anna') }
}

/** The same in a process of its own, whose V8 has not seen the chunks yet. */
function greetingElsewhere(directory: string, cache: string): string {
  const source = pathToFileURL(join(import.meta.dirname, '../../src/cli/chunks.ts')).href
  const script = `import { Chunks } from '${source}'
    const chunks = new Chunks(...process.argv.slice(1))
    process.stdout.write(chunks.load('program.cjs').greet('Anna'))
    chunks.keep()`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, directory, cache], {
    encoding: 'utf8',
  })
  return stdout
}

/** Every file of a directory with the time of its last change. */
function changes(directory: string): Record<string, number> {
  return Object.fromEntries(readdirSync(directory).map((name) => [name, statSync(join(directory, name)).mtimeMs]))
}

describe('the chunks of the program', () => {
  it('load each other once, in a circle too, and the modules of Node', () => {
    expect(greeting(directoryWith(files), null).text).toBe('Anna!1')
  })

  it('leave no trace without a cache', () => {
    const directory = directoryWith(files)
    greeting(directory, null).chunks.keep()
    expect(readdirSync(directory).sort()).toEqual(['other.cjs', 'program.cjs'])
  })

  it('keep what ran, for themselves alone, and use it the next time', () => {
    const directory = directoryWith(files)
    const cache = join(directory, 'cache', 'deep')
    const first = greeting(directory, cache)
    first.chunks.keep()
    const names = readdirSync(cache).sort()
    expect(names.map((name) => name.split('.v')[0])).toEqual(['other.cjs', 'program.cjs'])
    for (const name of names) {
      expect(statSync(join(cache, name)).mode & 0o077).toBe(0)
      utimesSync(join(cache, name), 1, 1)
    }
    const kept = changes(cache)
    expect(greetingElsewhere(directory, cache)).toBe(first.text)
    expect(changes(cache)).toEqual(kept)
  })

  it('keep functions that are compiled when they are called', () => {
    const directory = directoryWith({ 'a.cjs': `exports.run = () => { ${'exports.x = [exports.x];'.repeat(200)} }` })
    const size = (cache: string) => readFileSync(join(cache, readdirSync(cache)[0] ?? '')).length
    const idle = new Chunks(directory, join(directory, 'idle'))
    idle.load('a.cjs')
    idle.keep()
    const busy = new Chunks(directory, join(directory, 'busy'))
    ;(busy.load('a.cjs') as { run(): void }).run()
    busy.keep()
    expect(size(join(directory, 'busy'))).toBeGreaterThan(size(join(directory, 'idle')) + 1000)
  })

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['of another Node', (bytes: Buffer) => Buffer.concat([Buffer.alloc(16), bytes.subarray(16)])],
    ['empty', () => Buffer.alloc(0)],
  ])('compile anew what is kept and %s', (_, damage) => {
    const directory = directoryWith(files)
    const cache = join(directory, 'cache')
    greeting(directory, cache).chunks.keep()
    for (const name of readdirSync(cache)) {
      const path = join(cache, name)
      writeFileSync(path, damage(readFileSync(path)))
      utimesSync(path, 1, 1)
    }
    expect(greetingElsewhere(directory, cache)).toBe('Anna!1')
    expect(Object.values(changes(cache)).filter((time) => time < 2000)).toEqual([])
  })

  it('do without a cache that cannot be written', () => {
    const directory = directoryWith({ ...files, cache: 'a file' })
    const { chunks, text } = greeting(directory, join(directory, 'cache'))
    chunks.keep()
    expect(text).toBe('Anna!1')
    chmodSync(directory, 0o500)
    const unwritable = greeting(directory, join(directory, 'new'))
    unwritable.chunks.keep()
    chmodSync(directory, 0o700)
    expect(unwritable.text).toBe('Anna!1')
  })
})
