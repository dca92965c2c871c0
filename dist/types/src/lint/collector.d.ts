import type { TokenList } from '../../grammar/tokens.js';
import type { CustomParts } from './custom-parts.js';
import { type Diagnostic, type ReleaseSpan, type Severity } from './diagnostic.js';
import type { Finding, Rule } from './rule.js';
import type { CorefileUnit } from './workspace.js';
/** A finding on its way to the result: merged over releases, with the line that comments are compared with. */
export interface Collected {
    /** As the release reported it that it does most harm to. */
    diagnostic: Diagnostic;
    /** The text that holds it: the Corefile or an imported file; null for a place around the Corefile. */
    readonly list: TokenList | null;
    /** 1-based line in `list`. */
    readonly line: number;
    readonly releases: Set<string>;
}
/** Where pages about rules live. */
export declare const RULE_PAGES = "https://github.com/corefile/corefile/blob/main/docs/rules/";
/**
 * Gathers what rules report about one Corefile: checks that a report is well formed, carries its places and edits to the file that
 * a person edits, and joins what several releases, or several imports of one snippet, report alike.
 */
export declare class Collector {
    #private;
    /** `parts` are imported by the unit and have places of their own in files. */
    constructor(unit: CorefileUnit, severityOf: (rule: Rule, severity: Severity) => Severity, parts?: CustomParts | null);
    get found(): Collected[];
    /** Takes a report. Throws an Error that names the rule when the report is malformed: that is a bug in the rule. */
    add(rule: Rule, release: string, finding: Finding): void;
}
/** The releases among those judged, as spans of neighbours; null when all are among them. */
export declare function spansOf(found: ReadonlySet<string>, judged: readonly string[]): ReleaseSpan[] | null;
