import type { ValueKind } from './schema.js';
/** What is wrong, told apart as far as rules word it differently. */
export type ReasonKind = 
/** Too few or too many words. */
'argument-count' | 'unknown-property'
/** A plugin or property a second time where one is allowed. */
 | 'once' | 'once-property'
/** A word that is not of the kind it must be. */
 | 'invalid-value'
/** Of the right kind, outside its limits. */
 | 'out-of-range'
/** A duration without unit, or a duration where a number is due. */
 | 'duration-unit' | 'missing-property'
/** Two things that exclude each other. */
 | 'conflict'
/** The plugin needs something that the block does not have. */
 | 'needs'
/** The release knows the name and says only that it is gone. */
 | 'removed'
/** CoreDNS crashes or hangs instead of refusing. */
 | 'panic' | 'timeout';
/** One word of a plugin's tokens. */
export interface Word {
    /** Its number in the plugin's tokens. */
    readonly number: number;
    /** As CoreDNS reads it. */
    readonly value: string;
    /** False where a variable or placeholder in it is not known; such a word is never judged. */
    readonly known: boolean;
}
/** What a reason says beyond its kind; every text is shown to people. */
export interface ReasonDetail {
    readonly at?: Word;
    readonly property?: string;
    /** Completes "expected ...": `a duration such as 10s`. */
    readonly expected?: string;
    /** CoreDNS's own words, or ours in its place. */
    readonly message?: string;
}
/**
 * A plugin's tokens as its setup function sees them: the Dispenser of coredns/caddy and what a quirk needs besides. Words are read
 * in order; `refuse` ends the set-up as Go's `return err` does, `report` notes a fault and goes on.
 */
export interface Setup {
    readonly release: string;
    /** True when the release judged is this one or newer. */
    since(release: string): boolean;
    /** The current word; before the first `next` and behind the end a word with an empty value. */
    readonly word: Word;
    next(): boolean;
    nextArg(): boolean;
    nextLine(): boolean;
    nextBlock(): boolean;
    remainingArgs(): Word[];
    /** `remainingArgs` for whom does not need the words: makes no object for any of them. */
    skipArgs(): void;
    /**
     * Reads the line of the property that the current word names, as the grammar's data says, and answers its words; null for a word
     * that names no property of the release, with nothing read.
     */
    readProperty(): readonly Word[] | null;
    /** Steps back by one word (`c.cursor--`). */
    back(): void;
    /** The zones of the server block as CoreDNS normalises them; null where a key is not known. */
    readonly zones: readonly string[] | null;
    /** The transport of each of them, by the scheme of the key: `dns`, `tls`, `https`. */
    readonly transports: readonly string[] | null;
    /** What the plugin `root` of the block says; empty when it is not there, null when it is not known. */
    readonly root: string | null;
    /** Whether the server block has a directive. */
    hasPlugin(name: string): boolean;
    /** Whether a path exists where CoreDNS runs; undefined when nobody said. */
    fileExists(path: string): boolean | undefined;
    /** The text of a file where CoreDNS runs, its path from `root` if that is said; null for a directory, undefined when nobody said. */
    fileText(path: string, from?: 'root'): string | null | undefined;
    /** The value of an environment variable where CoreDNS runs, empty when it is not set; undefined when nobody said. */
    variable(name: string): string | undefined;
    /** Whether a network interface exists where CoreDNS runs; undefined when nobody said. */
    interfaceExists(name: string): boolean | undefined;
    /** Reads a word as a kind; reports what is wrong and answers whether it fits. A word that is not known fits. */
    check(kind: ValueKind, word: Word, property?: string): boolean;
    report(kind: ReasonKind, detail?: ReasonDetail): void;
    refuse(kind: ReasonKind, detail?: ReasonDetail): never;
    /** Notes what must be true outside of the Corefile for it to start: "file /etc/coredns/db.example exists". */
    assume(what: string): void;
    /** Notes why nobody can say whether it starts: "192.0.2.53 must answer for dns.example.org while CoreDNS starts". */
    leaveOpen(why: string): void;
}
/** A function that reads tokens where data cannot say how. */
export type Quirk = (setup: Setup) => void;
/** Reads the line of a property, whose name is the current word; answers its words for those who look at the whole occurrence. */
export type LineQuirk = (setup: Setup) => readonly Word[] | void;
/**
 * Reads a line of the block whose first word, the current one, is no property. `properties` are those of this occurrence up to here,
 * `before` the earlier occurrences. Words that it answers make the line one of `properties`.
 */
export type OtherLineQuirk = (setup: Setup, properties: ReadOccurrence['properties'], before: readonly ReadOccurrence[]) => readonly Word[] | void;
/** Words of the occurrence that the data has read, for a quirk that runs behind it. */
export interface ReadOccurrence {
    /** The directive's own word. */
    readonly name: Word;
    readonly args: readonly Word[];
    /** Each property line in order. */
    readonly properties: readonly {
        readonly name: Word;
        readonly args: readonly Word[];
    }[];
}
/** A condition across the properties of one occurrence. */
export type OccurrenceQuirk = (setup: Setup, occurrence: ReadOccurrence) => void;
/** A condition across all occurrences. */
export type PluginQuirk = (setup: Setup, occurrences: readonly ReadOccurrence[]) => void;
/** Decides about one word; null when it fits, else what is wrong with it in CoreDNS's words. */
export type WordTest = (word: string, release: string) => string | null;
/** The functions that a plugin's data refers to by name. */
export interface Quirks {
    readonly setups?: Readonly<Record<string, Quirk>>;
    readonly lines?: Readonly<Record<string, LineQuirk>>;
    readonly otherLines?: Readonly<Record<string, OtherLineQuirk>>;
    readonly afterOccurrence?: Readonly<Record<string, OccurrenceQuirk>>;
    readonly afterAll?: Readonly<Record<string, PluginQuirk>>;
    readonly words?: Readonly<Record<string, WordTest>>;
}
