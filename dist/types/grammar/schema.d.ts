import type { Release } from '../src/values/release.js';
export type { Release };
/** A value that differs by release: the entry with the newest `since` that is not newer than the release counts. */
export type Versioned<T> = T | VersionedEntries<T>;
export interface VersionedEntries<T> {
    readonly versions: readonly {
        readonly since: Release;
        readonly value: T;
    }[];
}
/** What a word has to be. The reader of each kind is the function that CoreDNS calls for it (src/verdict/kinds.ts). */
export type ValueKind = 
/** Any word at all. */
{
    readonly kind: 'text';
} | {
    readonly kind: 'integer';
    readonly min?: number;
    readonly max?: number;
    readonly bits?: 8 | 16 | 32 | 64;
    readonly unsigned?: true;
} | {
    readonly kind: 'float';
    readonly min?: number;
    readonly max?: number;
    readonly bits?: 32;
} | {
    readonly kind: 'boolean';
}
/** Go's time.ParseDuration; limits as Go writes them, such as `1s`. */
 | {
    readonly kind: 'duration';
    readonly min?: string;
    readonly max?: string;
    readonly orSeconds?: true;
    readonly positive?: true;
} | {
    readonly kind: 'one-of';
    readonly values: readonly string[];
    readonly ignoreCase?: true;
}
/** A zone that CoreDNS must be able to normalise. */
 | {
    readonly kind: 'zone';
}
/** A zone of a list of which unreadable ones are dropped in silence (plugin.OriginsFromArgsOrServerBlock). */
 | {
    readonly kind: 'origin';
} | {
    readonly kind: 'domain';
} | {
    readonly kind: 'ip';
} | {
    readonly kind: 'cidr';
} | {
    readonly kind: 'ip-or-cidr';
}
/** `host:port` as a listener needs it (net.SplitHostPort); `port` alone is not enough. */
 | {
    readonly kind: 'listen-address';
}
/** An upstream: address, scheme, or a file like resolv.conf (parse.HostPortOrFile). */
 | {
    readonly kind: 'upstream';
    readonly schemes?: readonly string[];
}
/** An address without a file (parse.HostPort); `orStar` also takes `*`. */
 | {
    readonly kind: 'host-port';
    readonly defaultPort: string;
    readonly orStar?: true;
}
/**
 * `rooted`: a relative path begins where the plugin `root` says. `orEmpty`: an empty word stands for no file. `orDirectory`: a
 * directory is a file without a line. `holds`: what must be in it, where its text is known.
 */
 | {
    readonly kind: 'file';
    readonly missing?: 'refused' | 'warning';
    readonly rooted?: true;
    readonly orEmpty?: true;
    readonly orDirectory?: true;
    readonly holds?: 'certificate' | 'private-key';
} | {
    readonly kind: 'directory';
    readonly missing?: 'refused' | 'warning';
    readonly rooted?: true;
} | {
    readonly kind: 'url';
} | {
    readonly kind: 'regexp';
    readonly longest?: number;
} | {
    readonly kind: 'go-template';
} | {
    readonly kind: 'percentage';
    readonly min: number;
    readonly max: number;
} | {
    readonly kind: 'query-type';
} | {
    readonly kind: 'query-class';
} | {
    readonly kind: 'rcode';
}
/** What no other kind says: a test named here and defined beside the plugin with `wordTests`. */
 | {
    readonly kind: 'test';
    readonly name: string;
    readonly expected: string;
};
/** One word, or a run of words, behind a directive or property. */
export interface Argument {
    readonly name: string;
    readonly value: ValueKind;
    /** `one` must be there, `optional` may be, `many` is one or more, `any` is none or more. */
    readonly count: 'one' | 'optional' | 'many' | 'any';
    /** Most words of `many` and `any`. */
    readonly max?: number;
    /** An optional argument that is taken only if the word is of its kind; otherwise the word belongs to the next argument. */
    readonly ifFits?: true;
    readonly since?: Release;
    readonly until?: Release;
    /** Shown as `***` wherever we print it. */
    readonly secret?: true;
    readonly default?: string;
}
/**
 * The arguments of a line and what happens to words too many. `refused`: RemainingArgs and a count. `ignored`: RemainingArgs, and
 * nobody looks at the rest. `left`: NextArg takes its words and what is left is read as the next property or occurrence. `strict`:
 * NextArg takes its words and one more, even a brace, is refused.
 */
export interface Line {
    readonly args: readonly Argument[];
    readonly surplus: 'refused' | 'ignored' | 'left' | 'strict';
    /** How many of the first words are read with NextArg, which takes a brace for a word, before RemainingArgs reads the others. */
    readonly bracesInFirst?: number;
    /** The only numbers of words that CoreDNS takes, where `args` alone does not say. */
    readonly counts?: readonly number[];
}
export interface Property {
    /** First release that knows it; all where it is missing. */
    readonly since?: Release;
    /** First release that does not know it any more. */
    readonly until?: Release;
    /** From this release on it is accepted and does nothing. */
    readonly ignored?: Release;
    readonly deprecated?: Release;
    /** What to write instead of a removed, ignored or deprecated property, in backquotes where it is code; empty when it did nothing in the end and can go. */
    readonly instead?: string;
    readonly line: Versioned<Line>;
    /** `refused`: a second one is an error. `adds`: all count. `last`: the last one wins (default). */
    readonly repeat?: 'refused' | 'adds' | 'last';
    /** A quirk that reads the line itself instead of `line`. */
    readonly quirk?: string;
    readonly default?: string;
}
/** How many occurrences in one server block a plugin's setup reads. */
export type Occurrences = 
/** All, each on its own. */
'each'
/** A second one is refused (plugin.ErrOnce or the plugin's own words). */
 | 'once'
/** Only the first; nobody looks at the rest. */
 | 'first'
/** All, and each replaces what the one before said. */
 | 'last';
/** What a plugin accepts, release by release; read from its setup.go. */
export interface PluginGrammar {
    readonly name: string;
    /** The upstream function that reads it: `plugin/forward/setup.go parseForward`. */
    readonly source: string;
    readonly page: string;
    /** What it does, in a sentence or three for people who meet it; null where nobody has said it yet. */
    readonly about: string | null;
    /** The same of its properties, by name; not of all. */
    readonly aboutProperties: Readonly<Record<string, string>>;
    readonly occurrences: Versioned<Occurrences>;
    /** Whether a word in the place of the plugin's name, as behind a brace that closes its block, is passed over. */
    readonly skipsOtherWords: boolean;
    readonly line: Versioned<Line>;
    /** Null: the setup never looks for a block, so a brace is a word like any other. */
    readonly properties: Versioned<Readonly<Record<string, Property>> | null>;
    /** What an unknown property does. */
    readonly unknownProperty: Versioned<'refused' | 'ignored'>;
    /** A quirk that reads a line of the block whose first word is no property; it stands instead of `unknownProperty`. */
    readonly otherLine: string | null;
    /** A quirk that reads the whole of the plugin's tokens instead of the data above. */
    readonly setup: Versioned<string | null>;
    /** A quirk that runs behind each occurrence that the data above has read, for conditions across properties. */
    readonly afterOccurrence: string | null;
    /** A quirk that runs once behind all occurrences. */
    readonly afterAll: string | null;
    readonly deprecated: Release | null;
    /** What to write instead where the plugin is removed or deprecated. */
    readonly instead: string | null;
}
/** The value that counts for a release. Throws a RangeError when the first entry is newer than the release. */
export declare function valueFor<T>(versioned: Versioned<T>, isSince: (release: Release) => boolean): T;
/** Whether a value differs by release; a property that happens to be called `versions` is no list. */
export declare function isVersioned<T>(versioned: Versioned<T>): versioned is VersionedEntries<T>;
/** The name and what makes the difference; everything else has a default. */
export type PluginDescription = Partial<Omit<PluginGrammar, 'name'>> & Pick<PluginGrammar, 'source'>;
/** Describes a plugin: by default it is read once for each occurrence, takes no words and refuses unknown properties. */
export declare function plugin(name: string, description: PluginDescription): PluginGrammar;
/** A value that changes with releases, oldest first: `since({ '1.0.0': 'each', '1.1.0': 'once' })`. */
export declare function since<T>(values: Readonly<Record<Release, T>>): VersionedEntries<T>;
/** A line of words; more of them are refused. */
export declare function line(...args: readonly Argument[]): Line;
/** A line whose surplus words nobody looks at. */
export declare function lineIgnoringRest(...args: readonly Argument[]): Line;
/** A line whose first `count` words may be braces (NextArg), and the others not. */
export declare function lineTakingBraces(count: number, ...args: readonly Argument[]): Line;
/** A line read word by word (NextArg): surplus words are read as the next property. */
export declare function lineLeavingRest(...args: readonly Argument[]): Line;
/** A line read word by word that refuses one more word, an opening brace too. */
export declare function strictLine(...args: readonly Argument[]): Line;
type ArgumentOptions = Omit<Argument, 'name' | 'value' | 'count'>;
/** Exactly one word. */
export declare function one(name: string, value?: ValueKind, options?: ArgumentOptions): Argument;
/** One word or none. */
export declare function optional(name: string, value?: ValueKind, options?: ArgumentOptions): Argument;
/** One word or more. */
export declare function many(name: string, value?: ValueKind, options?: ArgumentOptions): Argument;
/** Any number of words. */
export declare function any(name: string, value?: ValueKind, options?: ArgumentOptions): Argument;
/** A property with a line of its own. */
export declare function property(description?: Partial<Property>): Property;
export declare const text: () => ValueKind;
export declare const integer: (limits?: {
    min?: number;
    max?: number;
    bits?: 8 | 16 | 32 | 64;
    unsigned?: true;
}) => ValueKind;
export declare const float: (limits?: {
    min?: number;
    max?: number;
    bits?: 32;
}) => ValueKind;
export declare const boolean: () => ValueKind;
export declare const duration: (limits?: {
    min?: string;
    max?: string;
    orSeconds?: true;
    positive?: true;
}) => ValueKind;
export declare const oneOf: (...values: readonly string[]) => ValueKind;
export declare const oneOfAnyCase: (...values: readonly string[]) => ValueKind;
export declare const zone: () => ValueKind;
export declare const origin: () => ValueKind;
export declare const domain: () => ValueKind;
export declare const ip: () => ValueKind;
export declare const cidr: () => ValueKind;
export declare const ipOrCidr: () => ValueKind;
export declare const listenAddress: () => ValueKind;
export declare const upstream: (...schemes: readonly string[]) => ValueKind;
export declare const hostPort: (defaultPort: string) => ValueKind;
/** `*` or an address: where a zone may go to. */
export declare const hostPortOrStar: (defaultPort: string) => ValueKind;
export declare const file: (missing?: 'refused' | 'warning') => ValueKind;
/** A file whose relative path begins where the plugin `root` says. */
export declare const rootedFile: (missing?: 'refused' | 'warning') => ValueKind;
export declare const directory: (missing?: 'refused' | 'warning') => ValueKind;
/** A directory whose relative path begins where the plugin `root` says. */
export declare const rootedDirectory: (missing?: 'refused' | 'warning') => ValueKind;
export declare const url: () => ValueKind;
export declare const regexp: (longest?: number) => ValueKind;
export declare const goTemplate: () => ValueKind;
export declare const percentage: (min: number, max: number) => ValueKind;
export declare const queryType: () => ValueKind;
export declare const queryClass: () => ValueKind;
export declare const rcode: () => ValueKind;
/** A word that a test beside the plugin decides about; `expected` completes "expected ...". */
export declare const tested: (name: string, expected: string) => ValueKind;
/** `fallthrough [ZONES...]`, as every plugin that can pass a query on reads it (plugin/pkg/fall SetZonesFromArgs). */
export declare const fallthrough: (since?: Release) => Property;
/**
 * The words behind a `tls` property (plugin/pkg/tls NewTLSConfigFromArgs): a certificate authority, a certificate and its key, or
 * certificate, key and authority. `rootedFile()` where the plugin looks for them below `root`.
 */
export declare const tlsFiles: (path?: ValueKind) => readonly Argument[];
/** A file with such a thing in PEM format (crypto/tls LoadX509KeyPair, x509 AppendCertsFromPEM). */
export declare function holding(path: ValueKind, holds: 'certificate' | 'private-key'): ValueKind;
/** A file, or a directory in its place, which is read as a file without a line. */
export declare function orDirectory(path: ValueKind): ValueKind;
/** A file, or an empty word for none, as a certificate authority may be (plugin/pkg/tls loadRoots). */
export declare function orEmpty(path: ValueKind): ValueKind;
