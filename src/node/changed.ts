import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { mayHoldCorefile } from '../embed/signs.ts'
import { mayHoldClusterObjects } from '../lint/cluster/signs.ts'
import type { Rule } from '../lint/rule.ts'
import { lint } from '../lint/run.ts'
import { BaseTree } from './base-tree.ts'
import { configurationName, findConfiguration } from './configuration.ts'
import type { Commit, Repository } from './git.ts'
import { type KnownFindings, knownFindingsOf, type NameFile } from './known-findings.ts'
import { type LintFilesOptions, prepare } from './prepare.ts'
import { isPossibleName, isStructuredName } from './walk.ts'
import { isInside, withSlashes } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** Names files by their paths in a repository. */
export function namingInside(repository: Repository, cwd: string): NameFile {
  const from = realpathSync(cwd)
  return (path) => withSlashes(relative(repository.root, resolve(from, path)))
}

/** The files of a commit, while they are there. */
export interface FilesThen {
  /** What the paths of the command line mean; nothing for those that the commit does not have. */
  readonly paths: readonly string[]
  readonly options: LintFilesOptions
  /** The path in the repository, with `/`, of a file that lies there. */
  readonly nameOf: (path: string) => string
  /** Brings what an import pattern means, seen from the file that has it. */
  readonly bringImported: (pattern: string, importer: string) => void
}

/**
 * Lets somebody use the files of a commit for the same paths and options: files as they were, by the configuration of the work tree.
 * They are gone afterwards. Throws a WrongUsage for a path outside of the repository.
 */
export async function withFilesAt<Result>(
  commit: Commit,
  repository: Repository,
  paths: readonly string[],
  options: LintFilesOptions,
  use: (then: FilesThen) => Promise<Result>,
): Promise<Result> {
  const cwd = realpathSync(options.cwd ?? '.')
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'corefile-base-')))
  try {
    const tree = new BaseTree(repository, commit, directory)
    const then = await optionsThen(tree, repository, cwd, options)
    return await use({
      paths: paths.flatMap((path) => operandThen(path, tree, repository, cwd, options)),
      options: then,
      nameOf: (path) => tree.nameOf(resolve(tree.at(cwd), path)) ?? path,
      bringImported: (pattern, importer) => tree.bringImported(pattern, dirname(resolve(tree.at(cwd), importer))),
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** What lint finds in a commit for the same paths and options; imports as they were. Paths that the commit does not have are left out. */
export async function findingsAt(
  commit: Commit,
  repository: Repository,
  paths: readonly string[],
  options: LintFilesOptions,
  rules: readonly Rule[],
): Promise<readonly KnownFindings[]> {
  return withFilesAt(commit, repository, paths, options, async (then) => {
    const { files, options: prepared, textOf } = await prepare(then.paths, then.options, rules)
    const { findImport } = prepared
    const result = await lint(files, {
      ...prepared,
      ...(findImport === undefined
        ? {}
        : {
            findImport: (pattern, importer) => {
              then.bringImported(pattern, importer)
              return findImport(pattern, importer)
            },
          }),
    })
    return knownFindingsOf(result, textOf, then.nameOf)
  })
}

/** The options by which the commit is judged: directories are those of the tree. */
async function optionsThen(
  tree: BaseTree,
  repository: Repository,
  cwd: string,
  options: LintFilesOptions,
): Promise<LintFilesOptions> {
  const { config, root, stdin: _input, ...rest } = options
  mkdirSync(tree.at(cwd), { recursive: true })
  const configuration = config === undefined ? findConfiguration(cwd) : resolve(cwd, config)
  if (configuration !== null) {
    mkdirSync(dirname(tree.at(configuration)), { recursive: true })
    await copyFile(configuration, tree.at(configuration))
  }
  const server = root === undefined ? null : resolve(cwd, root)
  const isOurs = server !== null && isInside(server, repository.root)
  if (isOurs) {
    mkdirSync(tree.at(server), { recursive: true })
    tree.bring(withSlashes(relative(repository.root, server)), () => true)
  }
  return {
    ...rest,
    cwd: tree.at(cwd),
    ...(configuration === null ? {} : { config: tree.at(configuration) }),
    ...(server === null ? {} : { root: isOurs ? tree.at(server) : server }),
  }
}

/** Whether anything of a file in a directory is looked at: what else is there costs more to write than to leave out. */
function mayBeRead(path: string, text: string): boolean {
  return !isStructuredName(path) || mayHoldCorefile(text) || mayHoldClusterObjects(path, text)
}

/** What a path of the command line means in the tree, with its files brought there; nothing where the commit does not have it. */
function operandThen(
  path: string,
  tree: BaseTree,
  repository: Repository,
  cwd: string,
  { stdin }: LintFilesOptions,
): string[] {
  if (path === '-' && stdin?.path === undefined) {
    throw new WrongUsage('- has no earlier version: name its file with --stdin-filename')
  }
  const full = resolve(cwd, path === '-' ? (stdin?.path ?? '') : path)
  // A link that was named is one of the repository; its directory may be reached by links from elsewhere.
  const parent = existsSync(dirname(full)) ? realpathSync(dirname(full)) : dirname(full)
  const real = full === cwd ? full : join(parent, relative(dirname(full), full))
  if (!isInside(real, repository.root))
    throw new WrongUsage(`${path} lies outside of the git repository in ${repository.root}`)
  const name = withSlashes(relative(repository.root, real))
  const isWalked = path !== '-' && (statSync(real, { throwIfNoEntry: false })?.isDirectory() ?? false)
  const fits = (one: string) => isPossibleName(posix.basename(one)) && posix.basename(one) !== configurationName
  tree.bring(name, (one) => isWalked && fits(one), mayBeRead)
  return existsSync(tree.at(real)) ? [tree.at(real)] : []
}
