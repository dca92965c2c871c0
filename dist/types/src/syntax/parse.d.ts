import type { Corefile } from './tree.js';
/**
 * Reads a text as CoreDNS reads a Corefile, without following imports. Never throws; a broken text gives a tree of what could be
 * read and the errors, the first of which is where CoreDNS stops.
 */
export declare function parse(text: string): Corefile;
/** The name when the addresses define a snippet: exactly one, in parentheses (parse.go:isSnippet); else null. */
export declare function snippetName(keys: readonly string[]): string | null;
