import type { Program } from '../../grammar/program.js';
import type { PluginGrammar } from '../../grammar/schema.js';
import type { Configuration, Key, Occurrence, ServerBlock } from '../expand/configuration.js';
import type { Place, TokenView } from '../expand/token-view.js';
import { type Served } from './servers.js';
/** One word of a directive, where it is written, and whether all of it is known. */
export interface WordView {
    readonly place: Place;
    /** As CoreDNS reads it. */
    readonly value: string;
    readonly known: boolean;
}
/** One line inside a directive's braces. */
export interface PropertyView {
    readonly name: WordView;
    readonly args: readonly WordView[];
}
/** A directive as written once: its words, and the lines inside its braces. */
export declare class OccurrenceView {
    #private;
    readonly plugin: string;
    readonly block: BlockView;
    /** The directive's tokens, its name first. */
    readonly tokens: TokenView;
    constructor(servers: ServersView, block: BlockView, occurrence: Occurrence);
    /** What the plugin accepts; null where nobody described it, or the program does not have it. */
    get grammar(): PluginGrammar | null;
    /** The directive's name. */
    get name(): WordView;
    /** The words behind the name up to the end of the line or the opening brace. */
    get args(): readonly WordView[];
    /** The brace that opens the directive's block, on the directive's own line; null where there is none. */
    get open(): Place | null;
    /** The brace that closes it: the last token, where that is a brace. */
    get close(): Place | null;
    /** The lines inside the braces in order, read as they are asked for: a hosts block may have a million. */
    lines(): Iterable<PropertyView>;
    /** All lines that begin with a word. */
    properties(name: string): PropertyView[];
    /** The first line that begins with a word, or null. */
    property(name: string): PropertyView | null;
    /** Whether a line begins with the word. */
    has(name: string): boolean;
    /** The zones it serves: those of the words, or the block's where there are none (plugin.OriginsFromArgsOrServerBlock). */
    zones(words: readonly WordView[]): readonly string[];
    /** The word at a number of `tokens`. */
    word(number: number): WordView;
}
/** A server block with its plugins in the order in which they run. */
export declare class BlockView {
    #private;
    readonly block: ServerBlock;
    /** Zone, port, transport and addresses of each of its addresses; keys that are not known are missing. */
    readonly served: readonly Served[];
    constructor(servers: ServersView, block: ServerBlock, served: readonly Served[]);
    get keys(): readonly Key[];
    /** The zones as plugins see them, fully qualified and in lower case. */
    get zones(): readonly string[];
    /** Whether the block serves every name. */
    get servesRoot(): boolean;
    /** Whether a zone lies in one that the block serves, or the other way round: whether a query for it can come here. */
    meets(zone: string): boolean;
    /** The occurrences of every plugin by name, in run order. */
    get plugins(): ReadonlyMap<string, readonly OccurrenceView[]>;
    /** The occurrences of one plugin in written order, none where the block lacks it. */
    occurrences(name: string): readonly OccurrenceView[];
    has(name: string): boolean;
    /** The plugins that answer names, in the order in which they are asked. */
    get answerers(): readonly OccurrenceView[];
    /** The plugins that answer names and run behind `name`, in run order. */
    answerersBehind(name: string): readonly OccurrenceView[];
}
/** The server blocks of a Corefile as a release sees them, in words that rules use. */
export declare class ServersView {
    #private;
    readonly configuration: Configuration;
    readonly program: Program;
    readonly blocks: readonly BlockView[];
    constructor(configuration: Configuration, served: readonly Served[], program: Program);
    get release(): string;
    /** Whether a template engine has yet to fill in parts: which of two lines will be there, and where blocks end, nobody knows. */
    get isTemplate(): boolean;
    /** Whether a block has the plugin. */
    has(plugin: string): boolean;
    /** All occurrences of a plugin, block by block. */
    plugins(name: string): readonly OccurrenceView[];
    /** The occurrence of a plugin whose name stands at a place. */
    occurrenceAt(plugin: string, { list, index, site }: Place): OccurrenceView | undefined;
    /** Whether all of a token's text is known: no variable or placeholder in it that nobody gave. */
    isKnown({ list, index }: Place): boolean;
}
