import type { Configuration } from './configuration.js';
import { type Environment } from './references.js';
/** What an import pattern leads to. `unknown`: the files may exist where CoreDNS runs, but were not given to us. */
export type ImportAnswer = {
    readonly kind: 'files';
    readonly files: readonly {
        readonly path: string;
        readonly text: string;
    }[];
    /** True where it is as good that there is none. */
    readonly mayBeNone?: boolean;
} | {
    readonly kind: 'directory' | 'wildcards' | 'bad-pattern' | 'unknown';
};
/** Finds the files of an import; `importer` is the path of the file that holds the line, empty for the Corefile itself. */
export type FindImport = (pattern: string, importer: string) => ImportAnswer;
/** What expansion depends on besides the text. */
export interface ExpandOptions {
    /** The release that reads it; the newest when missing. */
    readonly release?: string;
    /** Whether the release and build have a directive. */
    readonly isDirective: (name: string) => boolean;
    readonly environment?: Environment;
    readonly findImport?: FindImport;
    /** `fragment`: directives without a server block, as in a `*.override`; they come as one block without keys. */
    readonly as?: 'corefile' | 'fragment';
    /** `literal`: what looks like a placeholder is the word that CoreDNS would read; without it nobody knows what it will be. */
    readonly placeholders?: 'literal';
}
/**
 * Reads a Corefile as CoreDNS does up to the point where plugins are set up: imports, snippets and environment references are
 * replaced and repeated directives joined. Never throws. What was not given (a file, a variable, a placeholder's value) is told as
 * unknown and never guessed.
 */
export declare function expand(text: string, options: ExpandOptions): Configuration;
