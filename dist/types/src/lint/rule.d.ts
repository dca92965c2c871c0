import type { Build } from '../../grammar/builds.js';
import type { Program } from '../../grammar/program.js';
import type { TokenList } from '../../grammar/tokens.js';
import type { Configuration } from '../expand/configuration.js';
import type { Place } from '../expand/token-view.js';
import type { TextEdit } from '../text/edit.js';
import type { FilePlace, Range } from '../text/range.js';
import type { Reason, Verdict } from '../verdict/reason.js';
import type { ServersView } from '../verdict/servers-view.js';
import type { Effect, Safety, Severity } from './diagnostic.js';
import type { Suppression } from './suppressions.js';
import type { CorefileUnit, Workspace } from './workspace.js';
/** One token, the tokens from one through another, an exact range of a list's text, a range of the file around the Corefile, or a place in any file of the run. */
export type Spot = Place | {
    readonly from: Place;
    readonly to: Place;
} | {
    readonly list: TokenList;
    readonly range: Range;
} | {
    readonly outer: Range;
} | FilePlace;
/** A fix in edits of the text that holds the spot; the engine carries them to the outer file or drops the fix. */
export interface ProposedFix {
    readonly title: string;
    readonly safety: Safety;
    readonly edits: readonly TextEdit[];
    /** The list whose text the edits are for; the one of the finding's spot when missing. */
    readonly list?: TokenList;
}
/** What a rule reports. */
export interface Finding {
    readonly at: Spot;
    readonly message: string;
    /** The rule's own when missing. */
    readonly severity?: Severity;
    /** The rule's first when missing. */
    readonly effect?: Effect;
    readonly related?: readonly {
        readonly at: Spot;
        readonly message: string;
    }[];
    readonly help?: string;
    readonly fix?: ProposedFix | null;
}
/** What a rule sees: one Corefile, judged by one release, among all documents of the run. */
export interface RuleContext {
    readonly corefile: CorefileUnit;
    /** The release judged. */
    readonly release: string;
    readonly build: Build;
    /** What that build makes of the release. */
    readonly program: Program;
    /** True when the release judged is this one or newer. */
    since(release: string): boolean;
    readonly servers: ServersView;
    readonly verdict: Verdict;
    /** The verdict's reasons that this rule puts into words; each reason belongs to one rule. */
    readonly reasons: readonly Reason[];
    /** The comments that ask not to show findings; only in the phase `suppressions`. */
    readonly suppressions: readonly JudgedSuppression[];
    /** The ids of all rules, for suggestions. */
    readonly ruleIds: readonly string[];
    readonly settings: RuleSettings;
    readonly workspace: Workspace;
    report(finding: Finding): void;
}
/** A comment that asks not to show findings, and which of its rules found nothing there although they looked. */
export interface JudgedSuppression extends Suppression {
    readonly at: Spot;
    readonly idle: readonly string[];
}
/** What the configuration says that rules ask for. */
export interface RuleSettings {
    readonly clusterDomain: string | null;
    readonly clusterDnsIp: readonly string[];
}
/** A rule: what it is, and how it finds. One file each, named like its id. */
export interface Rule {
    /** Kebab-case; names the bad pattern. */
    readonly id: string;
    /** By blast radius; a finding may differ. */
    readonly severity: Severity;
    /** What its findings may be. */
    readonly effects: readonly Effect[];
    /** `pedantic` rules are off until asked for. */
    readonly group: 'default' | 'pedantic';
    /** `all`, or the releases it is about: `since` and, exclusive, `until`. */
    readonly releases: 'all' | {
        readonly since?: string;
        readonly until?: string;
    };
    /** The gravest fix it offers, null when it offers none. */
    readonly fix: Safety | null;
    /** Which reasons of a verdict it puts into words; only for rules whose findings may be `refused`. */
    readonly explains?: (reason: Reason, context: ExplainContext) => boolean;
    /** It takes the reasons that no other rule puts into words. */
    readonly catchAll: boolean;
    /** `suppressions`: it runs behind all others and sees which comments were of use. */
    readonly phase: 'corefile' | 'suppressions';
    /** Where it looks: whole Corefiles, `*.override` fragments, or both (default: both for refusals, else Corefiles). */
    readonly fragments: boolean;
    check(context: RuleContext): void;
    /** Looks once at the run as a whole: at objects that no Corefile leads to. */
    checkRun?(context: RunContext): void;
}
/** What a rule sees that looks at the run as a whole. */
export interface RunContext {
    readonly workspace: Workspace;
    /** What the configuration says for a file. */
    settingsFor(path: string): RuleSettings;
    /** Says that an object was looked at, which then counts as checked. */
    look(at: {
        readonly path: string;
        readonly name: string;
    }): void;
    report(finding: RunFinding): void;
}
/** What a rule reports of the run as a whole: places are in files, and nothing is mended. */
export interface RunFinding extends Omit<Finding, 'at' | 'related' | 'fix'> {
    readonly at: FilePlace;
    readonly related?: readonly {
        readonly at: FilePlace;
        readonly message: string;
    }[];
}
/** What decides which rule a reason belongs to. */
export interface ExplainContext {
    readonly configuration: Configuration;
    readonly release: string;
    readonly program: Program;
}
/** Texts about a rule that load only when somebody reads them: its page, `explain`, SARIF, and the examples that are its first tests. */
export interface RuleText {
    readonly summary: string;
    /** Two or three sentences that a cluster operator understands. */
    readonly why: string;
    /** Upstream issues, as `owner/repo#N`, and sources. */
    readonly links: readonly string[];
    readonly examples: readonly RuleExample[];
}
export interface RuleExample {
    readonly bad: string;
    /** The text mended; where the rule has a fix, what the fix makes of `bad`. Null where nothing good is that simple. */
    readonly good: string | null;
    /** The name of the file that the texts are, where they hold more than a Corefile: `coredns.yaml`. */
    readonly path?: string;
    /** The release to judge by; the newest when missing. */
    readonly release?: string;
    /** Files at hand for imports. */
    readonly files?: Readonly<Record<string, string>>;
    /** Variables where CoreDNS runs; others are not known. */
    readonly environment?: Readonly<Record<string, string>>;
    /** Other rules that rightly find something in `bad`. */
    readonly also?: readonly string[];
}
/** What an example is judged by, as ` (CoreDNS 1.11.1, ZONE is empty)`; empty where that is nothing special. */
export declare function conditionsOf({ release, environment }: RuleExample): string;
/** The differences that make a rule; everything else has a default. */
export type RuleDescription = Pick<Rule, 'id' | 'severity' | 'effects'> & Partial<Rule>;
/** Describes a rule: in the default group, about all releases, without a fix, for Corefiles and fragments if it explains refusals. */
export declare function defineRule(description: RuleDescription): Rule;
