/**
 * corefile as a library, for browsers and servers alike: read a Corefile as CoreDNS reads it, lint it wherever it lives, and fix it.
 * Nothing here touches files, the network or the environment; what must be known from outside is passed in.
 */
import { type Build } from '../grammar/builds.js';
import type { PlatformName } from '../grammar/platforms/index.js';
import type { ExternalPlugins } from '../grammar/program-options.js';
import { type FormatResult } from './format/format-file.js';
import type { FixResult } from './lint/fix.js';
import type { LintResult } from './lint/result.js';
import type { LintOptions as EngineOptions } from './lint/run.js';
import type { InputFile } from './lint/workspace.js';
import type { ChangedFile } from './migrate/changed-file.js';
import type { Conflict, Item } from './migrate/plan.js';
import type { Cause } from './resolver/causes.js';
import type { Comparison } from './resolver/compare.js';
import type { Decision } from './resolver/decision.js';
import type { Reduced } from './resolver/probes.js';
import type { Restart } from './resolver/restart.js';
import type { Untried } from './resolver/untried.js';
import type { SourceProblem } from './sources/source.js';
export type { Build } from '../grammar/builds.js';
export type { PlatformName } from '../grammar/platforms/index.js';
export type { ArgumentDescription, ExternalPluginOptions, ExternalPlugins, GrammarDescription, LineDescription, PropertyDescription, } from '../grammar/program-options.js';
export type { FormatResult, UntouchedText } from './format/format-file.js';
export type { Diagnostic, Effect, Fix, Related, ReleaseSpan, Safety, Severity } from './lint/diagnostic.js';
export type { FixResult } from './lint/fix.js';
export type { CorefileResult, FileResult, FixedFile, LintResult, Summary, Suppressed, Target } from './lint/result.js';
export type { InputFile } from './lint/workspace.js';
export type { ChangedFile } from './migrate/changed-file.js';
export type { Conflict, Fidelity, Item, ItemSource } from './migrate/plan.js';
export type { Cause, Change, Side } from './resolver/causes.js';
export type { Comparison, DeclaredDifference, Difference, ExpectedDifference, Unproved, } from './resolver/compare.js';
export type { Decision, Step } from './resolver/decision.js';
export type { Outcome, ResourceRecord } from './resolver/outcome.js';
export type { Reduced } from './resolver/probes.js';
export type { Restart } from './resolver/restart.js';
export type { Untried } from './resolver/untried.js';
export type { SourceProblem } from './sources/source.js';
export { parse } from './syntax/parse.js';
export { print } from './syntax/print.js';
export type { Argument, Braces, Corefile, Directive, Import, ServerBlock, Snippet, SyntaxFault } from './syntax/tree.js';
export type { TextEdit } from './text/edit.js';
export { applyEdits } from './text/edit.js';
export type { Position } from './text/lines.js';
export { LineIndex } from './text/lines.js';
export type { FilePlace, Range } from './text/range.js';
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
    /** Whose Corefile imports a ConfigMap `coredns-custom`, where that Corefile is not among the files. */
    readonly platform?: PlatformName;
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
/** What `format` may be told of a text. */
export interface FormatOptions {
    /** The name of the file, which says what it is; `Corefile` when missing. */
    readonly path?: string;
    /** How to read it; by its name, and where that says nothing by its content, when missing. */
    readonly as?: InputFile['as'];
}
/**
 * Lays out a Corefile, or those in a manifest or Terraform file, as `corefile fmt` does: CoreDNS reads the same before and after, all
 * comments stay, and formatting the result again changes nothing. What cannot be laid out is left as it is and stands in `untouched`.
 * Never throws for any text.
 */
export declare function format(text: string, { path, as }?: FormatOptions): Promise<FormatResult>;
/** What `migrate` may be told; everything has a default. */
export interface MigrateOptions {
    /** The CoreDNS release of the result, written out (`1.12.0`); the newest when missing. */
    readonly coredns?: string;
    /** The file with the Corefile that it goes into, or with the DNS resource of OpenShift; a new Corefile when missing. */
    readonly into?: {
        readonly path: string;
        readonly text: string;
    };
    /** The release of OpenShift whose operator writes the Corefile, such as `4.18`; the newest when missing. */
    readonly openshift?: string;
    /** The cluster's domain where no source says it. */
    readonly clusterDomain?: string;
    /** Networks whose reverse names the cluster has, in place of all of them. */
    readonly reverseCidrs?: readonly string[];
    /** The dnsmasq release, such as `2.78`; that of the image, else 2.90, when missing. */
    readonly dnsmasqVersion?: string;
    /** Of a ConfigMap that kube-dns refuses: what it does today, or what was meant; a conflict when missing. */
    readonly reading?: 'running' | 'intended';
    /** Codes of conflicts that are decided. */
    readonly accept?: readonly string[];
    /** Whether aliases go out of their manifests where that is proved safe. */
    readonly removeAliases?: boolean;
}
/** What a migration came to. */
export interface MigrationResult {
    /** The whole Corefile, whatever it stands in. */
    readonly corefile: string;
    /** The files of the call that change, as they were and as they become. */
    readonly changed: readonly ChangedFile[];
    /** Every thing that the sources say, once, and what became of it. */
    readonly items: readonly Item[];
    /** What a person has to decide; `accept` takes one of the choices. */
    readonly conflicts: readonly Conflict[];
    /** Today's answers held against those of the result; null where there is no model of what answers today. */
    readonly comparison: Comparison | null;
    /** What is wrong with the sources, or not to be trusted. */
    readonly problems: readonly SourceProblem[];
    /** Whether it may be taken as it is: nothing is left to decide, all was read, and no answer differs that is not declared. */
    readonly isReady: boolean;
    /** Item by item for people, as Markdown, with the commands to roll out and back. */
    report(): string;
}
/**
 * Migrates what texts hold (kube-dns, dnsmasq, hostAliases, hosts files, resolv.conf, SkyDNS, settings of distributions) into a Corefile
 * that answers the same. Nothing is written. Throws a RangeError where `into` holds nothing to go into, or a release is not known.
 */
export declare function migrate(files: readonly {
    readonly path: string;
    readonly text: string;
}[], options?: MigrateOptions): Promise<MigrationResult>;
/** What `trace` and `compare` may be told of a text, besides what `lint` may. */
export interface AnswerOptions extends LintOptions {
    /** The name of the file, which says what it is; `Corefile` when missing. */
    readonly path?: string;
    /** The address that the client asks from, for `acl` and `view`; what depends on it is unknown when missing. */
    readonly client?: string;
    /** The text of a file where CoreDNS runs, such as a hosts or zone file; null where there is none, undefined where nobody knows. */
    readonly fileText?: (path: string) => string | null | undefined;
}
/**
 * Who answers a name, and how it came to that: the block, its plugins in run order, where the query stops and why. `text` is a Corefile
 * or whatever holds one, also a dnsmasq or kube-dns configuration. What lies elsewhere (an upstream, the cluster) stays a symbol. A text
 * that the release refuses answers as it would. Throws a RangeError where the text holds no server.
 */
export declare function trace(text: string, name: string, type?: string, options?: AnswerOptions): Promise<Decision>;
/** What comparing two texts came to. */
export interface AnswerComparison extends Comparison {
    /** The undeclared differences by cause, the largest first. */
    readonly causes: readonly Cause[];
    /** Whether a CoreDNS that runs takes the new text over by itself; null where one of the two is no CoreDNS. */
    readonly restart: Restart | null;
    /** What was not asked as there are very many names; null where everything was. */
    readonly reduced: Reduced | null;
    /** Patterns of one text alone that no question was found for. */
    readonly untried: readonly Untried[];
    /** What limits the comparison, such as that a release refuses a text: sentences without a full stop. */
    readonly notes: readonly string[];
}
/**
 * Which answers change from one text to another, asked with questions made of the names that both mention. Options of their own may be
 * given for the new text, such as its release. Throws as `trace` does.
 */
export declare function compare(old: string, later: string, options?: AnswerOptions, laterOptions?: AnswerOptions): Promise<AnswerComparison>;
