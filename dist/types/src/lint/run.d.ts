import type { Build } from '../../grammar/builds.js';
import { type PlatformName } from '../../grammar/platforms/index.js';
import type { DeclaredPlugins } from '../../grammar/program.js';
import type { FindImport } from '../expand/expand.js';
import type { Environment } from '../expand/references.js';
import type { Severity } from './diagnostic.js';
import type { FileResult, LintResult, Summary } from './result.js';
import type { Rule, RuleSettings } from './rule.js';
import type { CorefileUnit, InputFile, Workspace } from './workspace.js';
/** What a Corefile is judged by. */
export interface TargetOptions {
    /** The releases to judge, oldest first; at least one. */
    readonly releases: readonly string[];
    /** `flag`, `config`, `image PATH:LINE`, `add-on PATH:LINE`, or `assumed`: then what the files of the run say comes before it. */
    readonly releasesFrom: string;
    readonly build: Build;
    /** True where somebody named the build; else the image in the same run may say which it is. */
    readonly isBuildChosen?: boolean;
    /** Plugins that the user's own build has; none when missing. */
    readonly externalPlugins?: DeclaredPlugins;
    /** Whose Corefile a `coredns-custom` goes into where that is not in the run. */
    readonly platform?: PlatformName;
    /** A severity or `off` by rule id; a pedantic rule that is named here is on. */
    readonly severities: Readonly<Record<string, Severity | 'off'>>;
    /** Turns the pedantic group on. */
    readonly pedantic: boolean;
    readonly settings: RuleSettings;
}
export interface LintOptions extends TargetOptions {
    /** The rules to run; `lint` knows none of its own. */
    readonly rules: readonly Rule[];
    /** What differs for one file, by its path. */
    readonly overrides?: (path: string) => Partial<TargetOptions>;
    readonly environment?: Environment;
    readonly findImport?: FindImport;
    /** Whether a path exists where CoreDNS runs; undefined when nobody said. */
    readonly fileExists?: (path: string) => boolean | undefined;
    /** Files of the run that hold no Corefile and may hold the objects around one: a Deployment, a Service, a kustomization. */
    readonly around?: readonly InputFile[];
    /** Which Corefiles to check; all when missing. */
    readonly selects?: (unit: CorefileUnit, workspace: Workspace) => boolean;
    /** Told before each Corefile, and at the end, how many are done, of how many. */
    readonly onProgress?: (done: number, total: number) => void;
}
/**
 * Finds the Corefiles in the files, judges each by its releases and runs the rules. The result is in the order of the files and does
 * not depend on anything but the arguments. Throws only where a rule is broken.
 */
export declare function lint(files: readonly InputFile[], options: LintOptions): Promise<LintResult>;
/** The counts of these files. */
export declare function summarize(files: readonly FileResult[]): Summary;
