import { type Build } from './builds.js';
import type { DeclaredPlugins } from './program.js';
import { type Argument, type Line, type PluginGrammar, type Property, type Versioned } from './schema.js';
/** An argument as a person describes it: by default one word of any kind. */
export type ArgumentDescription = Partial<Argument> & Pick<Argument, 'name'>;
/** A line as a person describes it: by default without words, and more words are refused. */
export type LineDescription = Partial<Omit<Line, 'args'>> & {
    readonly args?: readonly ArgumentDescription[];
};
/** A property as a person describes it: by default a word alone, known to all releases. */
export type PropertyDescription = Omit<Property, 'line'> & {
    readonly line?: Versioned<LineDescription>;
};
/**
 * What an external plugin accepts, as a person describes it: `PluginGrammar` with defaults, so that the data of any plugin of CoreDNS
 * (`corefile explain --all --format json`) is one as it stands. Releases are those of CoreDNS. Quirks are those of the plugin `name`.
 */
export type GrammarDescription = Partial<Omit<PluginGrammar, 'line' | 'properties'>> & {
    readonly line?: Versioned<LineDescription>;
    readonly properties?: Versioned<Readonly<Record<string, PropertyDescription>> | null>;
};
/** What a person says of an external plugin. */
export interface ExternalPluginOptions {
    /** The plugin right behind it in the run order. */
    readonly before?: string;
    /** The plugin right in front of it in the run order. Without either it runs last. */
    readonly after?: string;
    /** Whether it answers names from data or an upstream of its own. */
    readonly answers?: boolean;
    readonly grammar?: GrammarDescription;
}
/** External plugins: names alone, or what is known of each. */
export type ExternalPlugins = readonly string[] | Readonly<Record<string, ExternalPluginOptions | null>>;
/** What a person says of their program. Its shape has been checked against `programSchema`. */
export interface ProgramOptions {
    readonly build?: Build;
    readonly externalPlugins?: ExternalPlugins;
}
/** Something that the shape allows and that cannot be: what, and where, by keys and indices. */
export interface ProgramMistake {
    readonly at: readonly (string | number)[];
    /** It is about the last key of `at`, not about the value behind it. */
    readonly isAboutKey: boolean;
    readonly message: string;
}
/** The external plugins that options declare, and what is wrong with the options. `inherited`: plugins that were declared before. */
export declare function readProgramOptions({ build, externalPlugins }: ProgramOptions, inherited: DeclaredPlugins | undefined): {
    readonly declared: DeclaredPlugins | undefined;
    readonly mistakes: readonly ProgramMistake[];
};
