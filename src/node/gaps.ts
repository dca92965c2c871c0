import type { LintResult } from '../lint/result.ts'
import { counted } from '../report/words.ts'
import type { Prepared, WalkedDirectory } from './prepare.ts'

/** What could not be read, was not looked at, or holds nothing to check: a sentence each, which may quote names as they are. */
export function gapsOf(result: LintResult, prepared: Prepared): string[] {
  return [
    ...prepared.unreadable.map(({ path, message }) => `cannot read ${path}: ${message}`),
    ...prepared.skipped.map(({ path, reason }) => `${path} was not checked: ${reason}`),
    ...emptyDirectories(result, prepared).map(nothingIn),
  ]
}

/** The directories that held nothing to check. */
export function emptyDirectories(result: LintResult, { directories }: Prepared): readonly WalkedDirectory[] {
  if (directories.length === 0) return []
  const checked = result.files.filter(({ corefiles, unchecked }) => corefiles.length + unchecked.length > 0)
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
