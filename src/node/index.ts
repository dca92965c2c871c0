/**
 * The library for programs on Node: lints files from the disk as `corefile lint` does.
 *
 *     import { lintFiles } from 'corefile/node'
 *
 *     const { files, summary } = await lintFiles(['deploy/'], { coredns: '1.12' })
 *     for (const { path, findings } of files) console.log(path, findings.map((finding) => finding.message))
 */
import { fix } from '../lint/fix.ts'
import type { FixedFile, LintResult } from '../lint/result.ts'
import { lint } from '../lint/run.ts'
import { rules } from '../rules/index.ts'
import { type LintFilesOptions, prepare } from './prepare.ts'

export type * from '../lint/diagnostic.ts'
export type * from '../lint/result.ts'
export type { LintFilesOptions } from './prepare.ts'
export { WrongUsage } from './wrong-usage.ts'

/**
 * Lints files and directories. Files that cannot be read are in `unreadable` and do not stop the others. Throws a WrongUsage where an
 * option or the configuration file is wrong.
 */
export async function lintFiles(paths: readonly string[], options: LintFilesOptions = {}): Promise<LintResult> {
  const { files, options: prepared, unreadable } = await prepare(paths, options, rules)
  return { ...(await lint(files, prepared)), unreadable }
}

/**
 * What `corefile lint --fix` (`safe`) or `--fix-unsafe` (`unsafe`) would make of the files, and what lint finds in the result. Nothing
 * is written. Throws as `lintFiles` does.
 */
export async function fixFiles(
  paths: readonly string[],
  safety: 'safe' | 'unsafe',
  options: LintFilesOptions = {},
): Promise<{ readonly fixed: readonly FixedFile[]; readonly result: LintResult }> {
  const { files, options: prepared, unreadable } = await prepare(paths, options, rules)
  const { fixed, result } = await fix(files, prepared, safety)
  return { fixed, result: { ...result, unreadable } }
}
