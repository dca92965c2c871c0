import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of shared material beside the checkout: real files that tests may read and that never come into the project. */
export const sharedFolder = join(import.meta.dirname, '../../shared')

/** Whether the shared material is there; tests that need it are skipped where it is not. */
export const hasShared = existsSync(join(sharedFolder, 'corpus'))

/** Why a test was skipped, for its title. */
export const needsShared = hasShared ? '' : ' (skipped: the shared corpus is not beside this checkout)'

/** The texts of a folder of the shared corpus by name, sorted; none where it is missing. */
export function corpusFiles(folder: string): { name: string; text: string }[] {
  if (!hasShared) return []
  const directory = join(sharedFolder, 'corpus', folder)
  return readdirSync(directory)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(directory, name), 'utf8') }))
}

/** A shared file; empty where it is missing. */
export function sharedText(path: string): string {
  return hasShared ? readFileSync(join(sharedFolder, path), 'utf8') : ''
}

/** The lines of a shared file of JSON lines; none where it is missing. */
export function sharedLines<T>(path: string): T[] {
  if (!hasShared) return []
  return readFileSync(join(sharedFolder, path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
