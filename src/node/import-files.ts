import { existsSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, join, posix, resolve } from 'node:path'
import type { FindImport, ImportAnswer } from '../expand/expand.ts'
import { globExpression, hasGlobMeta } from '../values/glob.ts'
import { isInvalid } from '../values/invalid.ts'
import { readText } from './files.ts'
import { leadsInside, withSlashes, workTreeOf } from './work-tree.ts'

/** Finds the files that Corefiles import, and knows the texts it gave. */
export interface ImportedFiles {
  readonly find: FindImport
  /** Whether a path exists where CoreDNS runs; undefined without the directory that stands for that. */
  readonly exists: (path: string) => boolean | undefined
  /** The text of a file that was imported, by its path in results. */
  readonly textOf: (path: string) => string | undefined
}

/**
 * Imports from the disk. Paths that are relative to their importer are read in its work tree only, all links followed. Absolute ones
 * are paths of the machine that runs CoreDNS: they are read below `root`, the directory that stands for the root of that machine, and
 * never without it. What is not found in the work tree may exist beside the Corefile where it is deployed; what is not found below
 * `root` does not exist.
 */
export function importedFiles(cwd: string, root: string | null): ImportedFiles {
  const texts = new Map<string, string>()
  const server = root === null ? null : resolve(cwd, root)
  const find: FindImport = (pattern, importer) => {
    if (pattern.includes('\0')) return { kind: 'unknown' }
    if (isServerPath(pattern)) {
      if (server === null) return isMalformed(pattern) ? { kind: 'bad-pattern' } : { kind: 'unknown' }
      return readAll(glob(server, pattern), server, (path) => posix.join(withSlashes(root ?? ''), path), texts, none)
    }
    if (importer === '' || importer === '-') return { kind: 'unknown' }
    const from = posix.dirname(withSlashes(importer))
    const directory = resolve(cwd, from)
    const isOnServer = server !== null && leadsInside(directory, server)
    const boundary = isOnServer ? server : workTreeOf(directory, cwd)
    return readAll(
      glob(directory, pattern),
      boundary,
      (path) => posix.join(from, path),
      texts,
      isOnServer ? none : { kind: 'unknown' },
    )
  }
  const exists = (path: string): boolean | undefined => {
    if (server === null || !isServerPath(path)) return undefined
    const real = join(server, path)
    if (!existsSync(real)) return false
    return leadsInside(real, server) ? true : undefined
  }
  return { find, exists, textOf: (path) => texts.get(path) }
}

/** Nothing is there. */
const none: ImportAnswer = { kind: 'files', files: [] }

/** CoreDNS runs on Linux nearly always: `/` makes a path absolute wherever we run. */
function isServerPath(path: string): boolean {
  return path.startsWith('/') || isAbsolute(path)
}

function readAll(
  found: readonly FoundPath[] | 'bad-pattern',
  boundary: string,
  shownAs: (path: string) => string,
  texts: Map<string, string>,
  missing: ImportAnswer,
): ImportAnswer {
  if (found === 'bad-pattern') return { kind: 'bad-pattern' }
  if (found.length === 0) return missing
  const files: { path: string; text: string }[] = []
  for (const { path, full } of found) {
    // What a link or `..` leads to outside of the work tree is not ours to read, nor to tell whether it is there.
    if (!leadsInside(full, boundary)) return { kind: 'unknown' }
    const stats = statSync(full)
    if (stats.isDirectory()) return { kind: 'directory' }
    if (!stats.isFile()) return { kind: 'unknown' }
    const read = readText(full)
    if ('error' in read) return { kind: 'unknown' }
    const shown = shownAs(path)
    texts.set(shown, read.text)
    files.push({ path: shown, text: read.text })
  }
  return { kind: 'files', files }
}

interface FoundPath {
  /** As the pattern has it, with its wildcards replaced. */
  readonly path: string
  readonly full: string
}

/** The existing paths that a pattern means, in the order of Go's filepath.Glob: sorted within each directory, names with a leading dot among them. */
function glob(directory: string, pattern: string): FoundPath[] | 'bad-pattern' {
  let found: FoundPath[] = [{ path: '', full: directory }]
  for (const [index, part] of pattern.split('/').entries()) {
    if (part === '') {
      if (index === 0) found = [{ path: '/', full: directory }]
      continue
    }
    const name = (path: string, own: string) => (path === '' || path === '/' ? path + own : `${path}/${own}`)
    if (!hasGlobMeta(part)) {
      found = found
        .map(({ path, full }) => ({ path: name(path, part), full: join(full, part) }))
        .filter(({ full }) => existsSync(full))
      continue
    }
    const expression = globExpression(part)
    if (isInvalid(expression)) return 'bad-pattern'
    found = found.flatMap(({ path, full }) =>
      entriesOf(full)
        .filter((entry) => expression.test(entry))
        .map((entry) => ({ path: name(path, entry), full: join(full, entry) })),
    )
  }
  return found
}

function isMalformed(pattern: string): boolean {
  return pattern.split('/').some((part) => hasGlobMeta(part) && isInvalid(globExpression(part)))
}

/** The names in a directory in the order of their bytes; none where it cannot be read. */
function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  } catch {
    return []
  }
}
