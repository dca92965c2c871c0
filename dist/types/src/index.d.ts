/**
 * corefile as a library, for browsers and servers alike: read a Corefile as CoreDNS reads it, lint it wherever it lives, and fix it.
 * Nothing here touches files, the network or the environment; what must be known from outside is passed in.
 */
import { type Build } from '../grammar/builds.js';
import type { ExternalPlugins } from '../grammar/program-options.js';
import type { FixResult } from './lint/fix.js';
import type { LintResult } from './lint/result.js';
import type { LintOptions as EngineOptions } from './lint/run.js';
import type { InputFile } from './lint/workspace.js';
export type { Build } from '../grammar/builds.js';
export type { ArgumentDescription, ExternalPluginOptions, ExternalPlugins, GrammarDescription, LineDescription, PropertyDescription, } from '../grammar/program-options.js';
export type { Diagnostic, Effect, Fix, Related, ReleaseSpan, Safety, Severity } from './lint/diagnostic.js';
export type { FixResult } from './lint/fix.js';
export type { CorefileResult, FileResult, FixedFile, LintResult, Summary, Suppressed, Target } from './lint/result.js';
export type { InputFile } from './lint/workspace.js';
export { parse } from './syntax/parse.js';
export { print } from './syntax/print.js';
export type { Argument, Braces, Corefile, Directive, Import, ServerBlock, Snippet, SyntaxFault } from './syntax/tree.js';
export type { TextEdit } from './text/edit.js';
export { applyEdits } from './text/edit.js';
export type { Position } from './text/lines.js';
export { LineIndex } from './text/lines.js';
export type { Range } from './text/range.js';
/** What `lint` and `fix` may be told; everything has a default. */
export interface LintOptions {
    /** CoreDNS releases to judge by, oldest first, each written out (`1.12.0`); the one inside of `build`, else the newest, when missing. */
    readonly coredns?: readonly string[];
    /** The program: `official`, `node-cache` with or without its image tag, or the plugins of your own in run order, as in plugin.cfg. */
    readonly build?: Build;
    /** A severity or `off` by rule id. */
    readonly rules?: EngineOptions['severities'];
    /** Turns the rules on that are a matter of taste. */
    readonly pedantic?: boolean;
    readonly clusterDomain?: string;
    readonly clusterDnsIp?: readonly string[];
    /** Plugins that your own build of CoreDNS has besides its own: names, or names with where they run and what they accept. */
    readonly externalPlugins?: ExternalPlugins;
    /** Environment variables that CoreDNS will see; others are not known. */
    readonly environment?: EngineOptions['environment'];
    /** Finds the files of an `import`; without it they are not known. */
    readonly findImport?: EngineOptions['findImport'];
    /** Whether a path exists where CoreDNS runs; undefined when you do not know. */
    readonly fileExists?: EngineOptions['fileExists'];
}
/**
 * Finds the Corefiles in the files (whole files, or values of ConfigMaps) and what is wrong with them, in the order of the files. Throws a
 * RangeError that lists every mistake in `build` and `externalPlugins`.
 */
export declare function lint(files: readonly InputFile[], options?: LintOptions): Promise<LintResult>;
/**
 * Applies the fixes of what `lint` finds until none is left: those that keep every answer (`safe`), or all (`unsafe`). Files come back
 * as texts; nothing is written. Throws as `lint` does.
 */
export declare function fix(files: readonly InputFile[], options?: LintOptions, safety?: 'safe' | 'unsafe'): Promise<FixResult>;
