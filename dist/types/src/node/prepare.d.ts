import type { Severity } from '../lint/diagnostic.js';
import type { Unreadable } from '../lint/result.js';
import type { Rule } from '../lint/rule.js';
import type { LintOptions } from '../lint/run.js';
import type { InputFile } from '../lint/workspace.js';
import type { LabelSelection } from './label-selection.js';
/** How to lint files, as a person says it. */
export interface LintFilesOptions {
    /** The directory that relative paths begin at; the working directory of the process when missing. */
    readonly cwd?: string;
    /** CoreDNS releases, such as `1.12` or `>=1.9 <1.12`; those of the configuration, else the newest, when missing. */
    readonly coredns?: string;
    /** A Kubernetes release, in place of `coredns`. */
    readonly kubernetes?: string;
    /** The configuration file; the nearest `.corefile.yaml` when missing. */
    readonly config?: string;
    /** A severity or `off` by rule id; beats the configuration. */
    readonly severities?: Readonly<Record<string, Severity | 'off'>>;
    /** Turns the pedantic rules on. */
    readonly pedantic?: boolean;
    /** How to read the files that are named; by their names and contents when missing. */
    readonly as?: 'corefile' | 'configmap';
    /** Labels by their keys: only Corefiles in objects of Kubernetes that have all of them are checked; all when missing. */
    readonly labels?: Readonly<Record<string, string>>;
    /** The environment variables of CoreDNS; those of this process are never used. */
    readonly environment?: Readonly<Record<string, string>>;
    /** A directory that stands for the root of the machine that runs CoreDNS: absolute paths are read below it. */
    readonly root?: string;
    /** What `-` among the paths means, and the name to report it by (`-` when missing). */
    readonly stdin?: {
        readonly bytes: Uint8Array;
        readonly path?: string;
    };
    /** Told while files of directories are read how many there are so far (then `total` is null), then how many Corefiles are done. */
    readonly onProgress?: (done: number, total: number | null) => void;
}
/** A directory that was walked, and what was looked at there. */
export interface WalkedDirectory {
    readonly path: string;
    /** The files that may hold a Corefile by their names. */
    readonly candidates: ReadonlySet<string>;
}
/** All that lint needs, read from the disk. */
export interface Prepared {
    readonly files: readonly InputFile[];
    readonly options: LintOptions;
    readonly unreadable: readonly Unreadable[];
    /** Files that are not UTF-8 and so must not be written. */
    readonly unwritable: ReadonlySet<string>;
    readonly directories: readonly WalkedDirectory[];
    /** Files that were named and are not checked, with the reason. */
    readonly skipped: readonly {
        readonly path: string;
        readonly reason: string;
    }[];
    readonly releaseNote: string | null;
    /** Which Corefiles are checked by their labels; null for all. */
    readonly selection: LabelSelection | null;
    /** The text of a file that is imported or was read for the objects in it, by its path. */
    readonly textOf: (path: string) => string | undefined;
}
/**
 * Reads files, directories and `-`, and the configuration that counts. What cannot be read is noted and does not stop the others.
 * Throws a WrongUsage where an option or the configuration is wrong.
 */
export declare function prepare(paths: readonly string[], options: LintFilesOptions, rules: readonly Rule[]): Promise<Prepared>;
