import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/** The directory at or above `directory` that holds `.git`, null when there is none. */
export function repositoryOf(directory: string): string | null {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return null
  }
}

/** The directory that a file may name others in: its repository, else the working directory where it lies in that, else its own directory. */
export function workTreeOf(file: string, cwd: string): string {
  const directory = dirname(resolve(cwd, file))
  return repositoryOf(directory) ?? (isInside(directory, resolve(cwd)) ? resolve(cwd) : directory)
}

/** Whether a path is `directory` or lies in it, by its name alone; both absolute. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** Whether what a path leads to, all links followed, lies in `directory`; false where it leads nowhere. */
export function leadsInside(path: string, directory: string): boolean {
  try {
    return isInside(realpathSync(path), realpathSync(directory))
  } catch {
    return false
  }
}

/** A path with `/`, as results name files. */
export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
