import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/** The directory at or above `directory` that holds `.git`, null when there is none. */
export function repositoryOf(directory: string): string | null {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return null
  }
}

/** What files in a directory may name: its repository, else the working directory where it lies in that, else itself. */
export function workTreeOf(directory: string, cwd: string): string {
  const full = resolve(cwd, directory)
  return repositoryOf(full) ?? (isInside(full, resolve(cwd)) ? resolve(cwd) : full)
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
