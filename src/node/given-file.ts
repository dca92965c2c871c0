import { resolve } from 'node:path'
import { type ReadFile, readText } from './files.ts'
import { WrongUsage } from './wrong-usage.ts'

/** A file that an option names; `path` counts from `cwd`. Throws a WrongUsage that names it as it was given where it cannot be read. */
export function readGiven(path: string, cwd: string): ReadFile {
  const read = readText(resolve(cwd, path))
  if ('error' in read) throw new WrongUsage(`cannot read ${path}: ${read.error}`)
  return read
}
