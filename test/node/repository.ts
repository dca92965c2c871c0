import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { directoryWith } from './directory.ts'

/** The variables of a git that knows no settings of the machine. */
export const gitVariables: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
}

/** A repository in a directory of its own, removed when the test is over. */
export class TestRepository {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** A new one with these files in its first commit, on branch `main`. */
  static with(files: Readonly<Record<string, string>>): TestRepository {
    const repository = new TestRepository(directoryWith({}))
    repository.git('init', '-q', '-b', 'main')
    repository.commit(files)
    return repository
  }

  /** What git says. */
  git(...words: string[]): string {
    return execFileSync('git', words, { cwd: this.path, env: gitVariables, encoding: 'utf8', stdio: 'pipe' }).trim()
  }

  /** Writes files into the work tree. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true })
      writeFileSync(join(this.path, name), text)
    }
  }

  /** Commits all of the work tree with these files, and tells the commit. */
  commit(files: Readonly<Record<string, string>> = {}): string {
    this.write(files)
    this.git('add', '-A')
    this.git('commit', '-q', '--allow-empty', '-m', 'a commit')
    return this.git('rev-parse', 'HEAD')
  }

  /** A clone of it. */
  clone(...options: string[]): TestRepository {
    const path = join(directoryWith({}), 'clone')
    execFileSync('git', ['clone', '-q', ...options, `file://${this.path}`, path], { env: gitVariables, stdio: 'pipe' })
    return new TestRepository(path)
  }
}
