import { type TextEdit } from '../text/edit.js';
import type { Range } from '../text/range.js';
import { type FormattedKind } from './structure.js';
/**
 * Why a text is left as it is. `broken`: CoreDNS stops reading at the range. `template`: what stands there is filled in by others, and
 * nobody knows which words it becomes. `fragile`: a change of white space would change what CoreDNS reads.
 */
export type Untouched = 'broken' | 'template' | 'fragile';
/** The edits that give a text its canonical layout, none where it has it; or why it is left alone, and the place to look at. */
export type Formatted = {
    readonly edits: readonly TextEdit[];
    readonly untouched: null;
} | {
    readonly edits: null;
    readonly untouched: Untouched;
    readonly range: Range;
};
/** What is known of a text besides its words. */
export interface FormatTextOptions {
    readonly kind: FormattedKind;
    /** True where the text is a file of its own and so ends with a line break; else it ends with one where it did before. */
    readonly isFile: boolean;
}
/**
 * Lays out the text of a Corefile: indentation by blocks in the steps that the text has itself (else four spaces), one empty line between
 * blocks, none at the start and end of a block, at most one elsewhere, one blank between words, none at the end of lines; entries of `hosts`
 * and comments behind lines stay in columns where they stand in columns. CoreDNS reads the same before and after, every comment stays
 * beside its words, and formatting the result again changes nothing. Never throws.
 */
export declare function formatText(text: string, { kind, isFile }: FormatTextOptions): Formatted;
