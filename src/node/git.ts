import { spawnSync } from 'node:child_process'
import { WrongUsage } from './wrong-usage.ts'

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>

/** A commit, and what people call it. */
export interface Commit {
  /** The full name of the object. */
  readonly id: string
  readonly name: string
}

/** A file or link of a commit. */
export interface TreeEntry {
  readonly kind: 'file' | 'link'
  readonly id: string
}

const secondsAllowed = 120
const bytesAllowed = 2 ** 29

/** What one run of git came to. */
interface Ran {
  readonly code: number
  readonly bytes: Buffer
  readonly message: string
}

/**
 * A repository, read through git: by its program, without a shell, without hooks, filters or the network, and never written to. Every
 * method throws a WrongUsage where git cannot do it, with what to do.
 */
export class Repository {
  /** The directory of the work tree, absolute. */
  readonly root: string
  readonly #env: Variables

  private constructor(root: string, env: Variables) {
    this.root = root
    this.#env = env
  }

  /** The repository that a directory lies in. */
  static at(directory: string, env: Variables): Repository {
    const { code, bytes, message } = run(directory, ['rev-parse', '--show-toplevel'], env)
    const root = bytes.toString().replace(/\r?\n$/, '')
    if (code === 0 && root !== '') return new Repository(root, env)
    if (message.includes('dubious ownership')) {
      throw new WrongUsage(
        `git does not read this repository, for it belongs to another user: git config --global --add safe.directory ${directory}`,
      )
    }
    throw new WrongUsage(`${directory} is not in the work tree of a git repository: what changed is not known`)
  }

  /** The commit that a revision means: a branch, a tag, a commit. */
  commit(revision: string): Commit {
    const id = this.#idOf(revision)
    if (id !== null) return { id, name: id.startsWith(revision) ? revision.slice(0, 7) : named(revision, id) }
    if (revision === 'HEAD') throw new WrongUsage('there is no commit yet: without --changed everything is checked')
    throw new WrongUsage(`git knows no commit "${revision}"${this.#isShallow() ? `: ${shallowHint}` : ''}`)
  }

  /**
   * Where the work tree began to differ from what everybody has: the merge base of HEAD and the default branch of `origin`; without
   * such a remote that of HEAD and the local `main` or `master`; without these HEAD.
   */
  defaultBase(): Commit {
    const head = this.commit('HEAD')
    const ref = this.#defaultBranch()
    if (ref === null) return head
    const shown = ref.replace(/^refs\/(?:remotes|heads)\//, '')
    const id = this.mergeBase(ref)
    if (id === null) {
      const hint = this.#isShallow() ? shallowHint : 'name a base'
      throw new WrongUsage(`HEAD and ${shown} have no commit in common: ${hint}`)
    }
    return { id, name: id === head.id ? named('HEAD', id) : `${id.slice(0, 7)} (merge base with ${shown})` }
  }

  /** The newest commit that HEAD and another one come from; null where this clone has none. */
  mergeBase(revision: string): string | null {
    const { code, bytes } = this.#run(['merge-base', revision, 'HEAD'])
    const id = bytes.toString().trim()
    return code === 0 && id !== '' ? id : null
  }

  /** The parents of a commit that this clone has, in order. */
  parents(revision: string): readonly string[] {
    const { code, bytes } = this.#run(['rev-list', '--parents', '-n', '1', revision, '--'])
    return code === 0 ? bytes.toString().trim().split(' ').slice(1) : []
  }

  /** Whether this clone has a commit. */
  has(revision: string): boolean {
    return this.#idOf(revision) !== null
  }

  /** The files and links of a commit by their paths from the root; submodules are left out. */
  tree(commit: string): Map<string, TreeEntry> {
    const entries = new Map<string, TreeEntry>()
    for (const record of this.#text(['ls-tree', '-r', '-z', '--full-tree', commit]).split('\0')) {
      const [, mode = '', id = '', path = ''] = /^(\d+) blob (\w+)\t([\s\S]+)$/.exec(record) ?? []
      if (id !== '') entries.set(path, { kind: mode === '120000' ? 'link' : 'file', id })
    }
    return entries
  }

  /** The new path of each file of a commit that the work tree has under another one, as far as git follows it. */
  renames(commit: string): ReadonlyMap<string, string> {
    const args = [
      'diff',
      '--no-ext-diff',
      '--no-textconv',
      '-z',
      '-M',
      '--diff-filter=R',
      '--name-status',
      commit,
      '--',
    ]
    const words = this.#text(args, this.root).split('\0')
    const renames = new Map<string, string>()
    for (let at = 0; at + 2 < words.length; at += 3) renames.set(words[at + 1] ?? '', words[at + 2] ?? '')
    return renames
  }

  /** The paths at which the work tree differs from a commit, those that git does not know among them, without what it ignores. */
  changes(commit: string): ReadonlySet<string> {
    const tracked = this.#text([
      'diff',
      '--no-ext-diff',
      '--no-textconv',
      '-z',
      '--no-renames',
      '--name-only',
      commit,
      '--',
    ])
    const untracked = this.#text(['ls-files', '-z', '--others', '--exclude-standard'])
    return new Set([...tracked.split('\0'), ...untracked.split('\0')].filter((path) => path !== ''))
  }

  /** How many bytes objects have, by their names; those that this clone does not have are missing, as in a partial clone. */
  sizes(ids: readonly string[]): ReadonlyMap<string, number> {
    const { bytes } = this.#run(['cat-file', '--batch-check=%(objectname) %(objectsize)'], `${ids.join('\n')}\n`)
    const rows = bytes
      .toString()
      .split('\n')
      .flatMap((line) => {
        const [, id = '', size] = /^(\w+) (\d+)$/.exec(line) ?? []
        return size === undefined ? [] : [[id, Number(size)] as const]
      })
    return new Map(rows)
  }

  /** The bytes of objects that this clone has, in their order. */
  contents(ids: readonly string[]): readonly Buffer[] {
    const { code, bytes, message } = this.#run(['cat-file', '--batch'], `${ids.join('\n')}\n`)
    if (code !== 0) throw new WrongUsage(`git cannot read a commit: ${message}`)
    let at = 0
    return ids.map(() => {
      const end = bytes.indexOf(10, at)
      const size = Number(bytes.toString('latin1', at, Math.max(at, end)).split(' ')[2])
      if (end < 0 || Number.isNaN(size)) throw new WrongUsage('git cannot read a commit: an object is gone')
      at = end + size + 2
      return bytes.subarray(end + 1, at - 1)
    })
  }

  #defaultBranch(): string | null {
    const told = this.#run(['symbolic-ref', '-q', 'refs/remotes/origin/HEAD'])
    const ref = told.bytes.toString().trim()
    if (told.code === 0 && this.#idOf(ref) !== null) return ref
    const refs = this.#text(['for-each-ref', '--format=%(refname)', 'refs/remotes/origin', 'refs/heads']).split('\n')
    const find = (where: string) =>
      ['main', 'master'].map((name) => `refs/${where}/${name}`).find((one) => refs.includes(one))
    const remote = find('remotes/origin')
    if (remote !== undefined) return remote
    if (refs.some((one) => one.startsWith('refs/remotes/origin/')) || this.#isShallow()) {
      throw new WrongUsage(
        `this clone does not have the default branch of origin: name a base, as --changed=origin/BRANCH, or fetch that branch`,
      )
    }
    return find('heads') ?? null
  }

  #idOf(revision: string): string | null {
    // It would be an option.
    if (revision.startsWith('-')) return null
    const { code, bytes } = this.#run(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
    return code === 0 ? bytes.toString().trim() : null
  }

  #isShallow(): boolean {
    return this.#run(['rev-parse', '--is-shallow-repository']).bytes.toString().trim() === 'true'
  }

  #text(args: readonly string[], cwd = this.root): string {
    const { code, bytes, message } = run(cwd, args, this.#env)
    if (code !== 0) {
      const isPartial = /lazy fetch|promisor/i.test(message)
      throw new WrongUsage(isPartial ? partialHint : `git ${args[0]} failed: ${message}`)
    }
    return bytes.toString()
  }

  #run(args: readonly string[], input?: string): Ran {
    return run(this.root, args, this.#env, input)
  }
}

const shallowHint =
  'this clone is shallow; git fetch --unshallow (in a workflow, fetch-depth: 0 for actions/checkout) brings what is missing'

/** What to say where a clone does not have what it should. */
export const partialHint =
  'this clone is partial and does not have the files as they were: git fetch --refetch --no-filter brings them'

function named(revision: string, id: string): string {
  return `${revision} (${id.slice(0, 7)})`
}

function run(cwd: string, args: readonly string[], env: Variables, input?: string): Ran {
  const settings = ['core.fsmonitor=false', 'core.quotePath=false', 'core.hooksPath=/dev/null'].flatMap((one) => [
    '-c',
    one,
  ])
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-optional-locks', ...settings, ...args], {
    cwd,
    env: {
      ...withoutPlaces(env),
      LC_ALL: 'C',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
    },
    input: input ?? '',
    maxBuffer: bytesAllowed,
    timeout: secondsAllowed * 1000,
    windowsHide: true,
  })
  if (error !== undefined) throw new WrongUsage(failureOf(error))
  const [message = ''] = stderr.toString().trim().split('\n')
  return { code: status ?? 1, bytes: stdout, message: message.replace(/^(?:fatal|error): /, '') }
}

/** A hook is told of its repository in variables that mean something else in another directory; git finds it by the directory. */
function withoutPlaces(env: Variables): Variables {
  const { GIT_DIR: _directory, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, GIT_PREFIX: _prefix, ...rest } = env
  return rest
}

function failureOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'what changed is told by git, which is not installed'
  if (error.code === 'ETIMEDOUT') return `git did not answer within ${secondsAllowed} seconds`
  if (error.code === 'ENOBUFS') return 'git told more than can be held'
  return `cannot run git: ${error.message}`
}
