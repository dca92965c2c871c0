import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, parse, posix, relative, resolve } from 'node:path'
import { globExpression, hasGlobMeta } from '../values/glob.ts'
import { isInvalid } from '../values/invalid.ts'
import { type Commit, partialHint, type Repository, type TreeEntry } from './git.ts'
import { isInside, withSlashes } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** Files are read from git in portions of about this many bytes. */
const bytesAtOnce = 2 ** 25

/** Larger files are no configuration, and longer than a string can be. */
const largestFile = 2 ** 28

/**
 * The files of a commit in a directory of their own, as far as somebody asks for them: the whole path of the repository is made anew
 * below `directory`. A file that the work tree has under another name now lies there under that one.
 */
export class BaseTree {
  readonly #repository: Repository
  readonly #directory: string
  readonly #entries = new Map<string, TreeEntry>()
  /** The names in each directory of the commit, subdirectories among them. */
  readonly #names = new Map<string, Set<string>>()
  readonly #written = new Set<string>()

  constructor(repository: Repository, commit: Commit, directory: string) {
    this.#repository = repository
    this.#directory = directory
    const renames = repository.renames(commit.id)
    for (const [path, entry] of repository.tree(commit.id)) {
      const now = renames.get(path) ?? path
      this.#entries.set(now, entry)
      this.#note(now)
    }
    // Whoever looks for the end of the repository finds it here.
    mkdirSync(join(this.at(repository.root), '.git'), { recursive: true })
  }

  /** Where an absolute path of this machine lies in the tree. */
  at(path: string): string {
    const full = resolve(path)
    return join(this.#directory, relative(parse(full).root, full))
  }

  /** The path in the repository, with `/`, of one that lies in the tree; null for any other. */
  nameOf(path: string): string | null {
    const root = this.at(this.#repository.root)
    return isInside(path, root) ? withSlashes(relative(root, path)) : null
  }

  /**
   * Brings the file at a path (in the repository, with `/`), or those below it whose names fit and, as far as `mayMatter` can tell, their
   * contents; links bring what they lead to.
   */
  bring(path: string, fits: (name: string) => boolean, mayMatter?: (name: string, text: string) => boolean): void {
    const below = path === '' || path === '.' ? '' : `${path}/`
    this.#write([...this.#entries.keys()].filter((one) => one === path))
    this.#write(
      [...this.#entries.keys()].filter((one) => one.startsWith(below) && fits(one)),
      mayMatter,
    )
  }

  /** Brings what an import pattern means, seen from a directory of the tree. */
  bringImported(pattern: string, directory: string): void {
    const from = this.nameOf(directory)
    if (from === null || pattern.startsWith('/')) return
    const parts = posix.join(from, pattern).split('/')
    if (parts[0] === '..') return
    let found = ['']
    for (const part of parts.filter((one) => one !== '.' && one !== '')) {
      const expression = hasGlobMeta(part) ? globExpression(part) : null
      if (isInvalid(expression)) return
      const matching = (names: ReadonlySet<string>) =>
        expression === null ? [part].filter((one) => names.has(one)) : [...names].filter((one) => expression.test(one))
      found = found.flatMap((parent) =>
        matching(this.#names.get(parent) ?? new Set()).map((name) => (parent === '' ? name : `${parent}/${name}`)),
      )
    }
    for (const path of found) {
      if (this.#names.has(path)) mkdirSync(join(this.at(this.#repository.root), path), { recursive: true })
    }
    this.#write(found.filter((path) => this.#entries.has(path)))
  }

  #note(path: string): void {
    let name = path
    for (let parent = posix.dirname(path); ; parent = posix.dirname(parent)) {
      const key = parent === '.' ? '' : parent
      const names = this.#names.get(key)
      const own = posix.basename(name)
      if (names?.has(own)) return
      if (names === undefined) this.#names.set(key, new Set([own]))
      else names.add(own)
      if (key === '') return
      name = parent
    }
  }

  #write(paths: readonly string[], mayMatter: (name: string, text: string) => boolean = () => true): void {
    const left = paths.filter((path) => !this.#written.has(path))
    const sizes = this.#sizesOf(left)
    while (left.length > 0) {
      const portion: { readonly path: string; readonly entry: TreeEntry }[] = []
      let bytes = 0
      while (left.length > 0 && bytes < bytesAtOnce) {
        const path = left.pop() as string
        const entry = this.#entries.get(path)
        const size = sizes.get(entry?.id ?? '') ?? this.#sizesOf([path]).get(entry?.id ?? '')
        this.#written.add(path)
        if (entry === undefined || size === undefined || size > largestFile) continue
        bytes += size
        portion.push({ path, entry })
      }
      if (portion.length === 0) continue
      const contents = this.#repository.contents(portion.map(({ entry }) => entry.id))
      for (const [index, { path, entry }] of portion.entries()) {
        const content = contents[index] ?? Buffer.alloc(0)
        if (entry.kind === 'file' && !mayMatter(path, content.toString())) {
          // It may be imported still.
          this.#written.delete(path)
          continue
        }
        const target = entry.kind === 'link' ? this.#targetOf(path, content.toString()) : null
        if (target !== null && !this.#written.has(target)) left.push(target)
        this.#writeOne(path, entry, content, target !== null)
      }
    }
  }

  /** The sizes of files by their objects. Throws a WrongUsage where one is missing that the work tree has: others are left out of both. */
  #sizesOf(paths: readonly string[]): ReadonlyMap<string, number> {
    const ids = paths.flatMap((path) => this.#entries.get(path)?.id ?? [])
    const sizes = ids.length === 0 ? new Map<string, number>() : this.#repository.sizes(ids)
    const missing = paths.find((path) => {
      const id = this.#entries.get(path)?.id
      return id !== undefined && !sizes.has(id) && existsSync(join(this.#repository.root, path))
    })
    if (missing !== undefined) throw new WrongUsage(partialHint)
    return sizes
  }

  /** What a link leads to within the repository; null for what lies outside of it. */
  #targetOf(path: string, words: string): string | null {
    const target = posix.join(posix.dirname(path), words)
    return posix.isAbsolute(words) || !this.#entries.has(target) ? null : target
  }

  #writeOne(path: string, { kind }: TreeEntry, content: Buffer, leadsSomewhere: boolean): void {
    const full = join(this.at(this.#repository.root), path)
    mkdirSync(dirname(full), { recursive: true })
    if (kind === 'file') writeFileSync(full, content)
    else if (leadsSomewhere && !existsSync(full)) symlinkSync(content.toString(), full)
  }
}
