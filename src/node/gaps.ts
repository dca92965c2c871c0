import { counted } from '../report/words.ts'
import type { Prepared, WalkedDirectory } from './prepare.ts'

/** Of each file that was read, the Corefiles in it and what of it could not be looked at. */
export interface LookedAt {
  readonly files: readonly {
    readonly path: string
    readonly corefiles: readonly unknown[]
    readonly unchecked: readonly unknown[]
    readonly objects?: readonly unknown[]
  }[]
}

/** What could not be read, was not looked at, or holds nothing to check: a sentence each, which may quote names as they are. */
export function gapsOf(result: LookedAt, prepared: Prepared): string[] {
  return [
    ...prepared.unreadable.map(({ path, message }) => `cannot read ${path}: ${message}`),
    ...prepared.skipped.map(({ path, reason }) => `${path} was not checked: ${reason}`),
    ...unselected(prepared),
    ...emptyDirectories(result, prepared).map(nothingIn),
  ]
}

function unselected({ selection }: Prepared): string[] {
  const count = selection?.leftOut ?? 0
  return count === 0
    ? []
    : [`${counted(count, 'Corefile')} not checked: not in an object with label ${selection?.words}`]
}

/** The directories that held nothing to check. */
export function emptyDirectories(result: LookedAt, { directories }: Prepared): readonly WalkedDirectory[] {
  if (directories.length === 0) return []
  const checked = result.files.filter(
    ({ corefiles, unchecked, objects = [] }) => corefiles.length + unchecked.length + objects.length > 0,
  )
  return directories.filter(({ candidates }) => !checked.some(({ path }) => candidates.has(path)))
}

function nothingIn({ path, candidates }: WalkedDirectory): string {
  const looked =
    candidates.size === 0
      ? 'no file there is named like one, nor *.yaml, *.json or *.tf'
      : `looked at ${counted(candidates.size, 'file')}: Corefile, *.corefile, values in YAML, JSON and Terraform`
  const directory = path.endsWith('/') ? path : `${path}/`
  return `no Corefile found in ${directory} (${looked}); name a file with --as corefile to check it anyway`
}
