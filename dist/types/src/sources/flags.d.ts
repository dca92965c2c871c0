import type { Range } from '../text/range.js';
import type { CommandWord } from './command-line.js';
import type { Placed } from './source.js';
/** A flag of a Go program: `--name=value`, `--name value`, `-name`, or an environment variable that stands for one. */
export interface Flag {
    /** As the program calls it, without dashes; underscores are hyphens where the program does not tell them apart. */
    readonly name: string;
    readonly written: string;
    /** The flag with its value. */
    readonly range: Range;
    readonly value: Placed | undefined;
    /** False for a flag that the program does not have, and for a word that is none. */
    readonly isKnown: boolean;
    /** What the value is made of and is not known. */
    readonly unresolved: readonly string[];
}
/** The flags of a program: those with a value, and switches, which take one behind `=` only. */
export interface FlagTable {
    readonly values: ReadonlySet<string>;
    readonly switches: ReadonlySet<string>;
}
/** A table of the names between blanks, and what programs of Kubernetes have besides. */
export declare function flagTable(values: string, switches: string): FlagTable;
/**
 * The flags of a command line up to `--`, with one or two dashes as Go's flag package takes both; and the words behind it. A
 * word that belongs to no flag is there as one that is not known.
 */
export declare function readFlags(words: readonly CommandWord[], table: FlagTable): {
    readonly flags: readonly Flag[];
    readonly rest: readonly CommandWord[] | undefined;
};
/** The value of a flag; of several the last. Undefined where it is not known. */
export declare function flagValue(flags: readonly Flag[], name: string): Placed | undefined;
/** Whether a switch is on. */
export declare function isFlagOn(flags: readonly Flag[], name: string): boolean;
/** The parts of a value between commas, blanks around them gone, with their places. */
export declare function partsOf(words: readonly CommandWord[], value: Placed | undefined): readonly Placed[];
