import type { TokenList } from '../../grammar/tokens.js';
import type { EmbeddedComment } from '../embed/embedded.js';
import type { Range } from '../text/range.js';
import type { Collected } from './collector.js';
/** A comment that asks not to show some findings. */
export interface Suppression {
    readonly rules: readonly string[];
    /** What stands behind `--`. */
    readonly reason: string;
    /** The comment, in the text of the Corefile or, for one above a YAML key, of the outer file. */
    readonly range: Range;
    readonly outer: boolean;
    /** 1-based line of the Corefile it is about, null for all of it. */
    readonly line: number | null;
    /** Why the comment cannot be understood, null when it can. */
    readonly malformed: string | null;
}
/**
 * Reads the comments `# corefile-ignore RULE, RULE -- reason` and `# corefile-ignore-file RULE -- reason` of a Corefile, and those
 * of the file around it that stand above its key, which are about the whole of it.
 */
export declare function suppressionsOf(list: TokenList, around: readonly EmbeddedComment[]): Suppression[];
/** The comments by what they hide, so that findings and comments may both be many. */
export declare class Hiding {
    #private;
    constructor(comments: readonly {
        readonly list: TokenList;
        readonly suppression: Suppression;
    }[]);
    /** The first comment that asks not to show a finding, before all others one about its line; undefined where there is none. */
    hide({ diagnostic, list, line }: Collected): Suppression | undefined;
    /** Whether a finding of the rule was hidden that a comment in the text asks not to show. */
    hasHidden(rule: string, list: TokenList, { line }: Suppression): boolean;
}
