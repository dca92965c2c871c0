import type { FixedFile, LintResult } from '../lint/result.js';
import { type LintFilesOptions } from './prepare.js';
export type * from '../lint/diagnostic.js';
export type * from '../lint/result.js';
export type { LintFilesOptions } from './prepare.js';
export { WrongUsage } from './wrong-usage.js';
/**
 * Lints files and directories. Files that cannot be read are in `unreadable` and do not stop the others. Throws a WrongUsage where an
 * option or the configuration file is wrong.
 */
export declare function lintFiles(paths: readonly string[], options?: LintFilesOptions): Promise<LintResult>;
/**
 * What `corefile lint --fix` (`safe`) or `--fix-unsafe` (`unsafe`) would make of the files, and what lint finds in the result. Nothing
 * is written. Throws as `lintFiles` does.
 */
export declare function fixFiles(paths: readonly string[], safety: 'safe' | 'unsafe', options?: LintFilesOptions): Promise<{
    readonly fixed: readonly FixedFile[];
    readonly result: LintResult;
}>;
