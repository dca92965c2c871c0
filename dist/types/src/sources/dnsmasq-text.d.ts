import type { InnerText } from '../embed/inner-text.js';
import type { Range } from '../text/range.js';
import type { Placed } from './source.js';
/**
 * The text of an option or a part of it, and where each of its units stands. In a file, characters in quotes are protected:
 * they do not separate anything, and are no digits, until `unveiled`.
 */
export declare class OptionText {
    #private;
    /** The text without protection. */
    readonly value: string;
    private constructor();
    /** A stretch of a text as it is. */
    static copied(source: InnerText, { start, end }: Range): OptionText;
    /** A text whose units stand one by one from `base` on, some of them written otherwise. */
    static written(value: string, source: InnerText, base: number): OptionText;
    /** Units that each came from somewhere in the text, and which of them are protected. `at` is where it stands when it is empty. */
    static collected(source: InnerText, at: number, units: readonly {
        readonly unit: string;
        readonly start: number;
        readonly end: number;
        readonly isQuoted?: boolean;
    }[]): OptionText;
    get length(): number;
    /** The text as it is compared and counted before the protection is off. */
    get seen(): string;
    /** Where it stands in the outermost file. */
    get range(): Range;
    get placed(): Placed;
    slice(start: number, end?: number): OptionText;
    /** The same without protection. */
    get unveiled(): OptionText;
    /** Without blanks at either end. */
    get trimmed(): OptionText;
    /** option.c `split_chr`: the text before the first such character and that behind it, blanks around it gone; nothing behind when it is not there. */
    split(separator: string): [before: OptionText, behind: OptionText | undefined];
    /** All parts between separators, as `split` makes them one after the other; one pass. */
    parts(separator: string): OptionText[];
}
