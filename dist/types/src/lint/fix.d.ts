import type { Diagnostic, Safety } from './diagnostic.js';
import type { FixedFile, LintResult } from './result.js';
import { type LintOptions } from './run.js';
import type { InputFile } from './workspace.js';
/** What fixing came to: the files it would change, and what lint finds in the changed texts. */
export interface FixResult {
    readonly fixed: readonly FixedFile[];
    readonly result: LintResult;
}
/**
 * Applies the fixes of what lint finds, safe ones or all, again and again until none is left. Fixes that overlap wait for the next
 * round. A fix with which CoreDNS would refuse a Corefile that it did not refuse before is left out. So are those of the findings that
 * `left` chooses from a result; it is asked about each new one.
 */
export declare function fix(files: readonly InputFile[], options: LintOptions, safety: Safety, left?: (result: LintResult) => ReadonlySet<Diagnostic>): Promise<FixResult>;
/** Whether a finding would be mended by fixes of this safety. */
export declare function isFixable({ fix }: Diagnostic, safety: Safety): boolean;
