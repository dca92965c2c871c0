import type { SyntaxProblem } from '../../grammar/parser.js';
import type { TokenList } from '../../grammar/tokens.js';
import type { Range } from '../text/range.js';
/** One word, quoted text or brace as written. */
export interface Argument {
    readonly kind: 'argument';
    /** Index in the tree's token list. */
    readonly index: number;
    readonly range: Range;
    /** As written, quotes and escapes included. */
    readonly raw: string;
    /** As CoreDNS reads it, environment references not replaced. */
    readonly value: string;
    readonly quoted: boolean;
}
/** `{ ... }` behind a directive or property; what is inside is read when somebody asks. */
export interface Braces {
    readonly kind: 'braces';
    readonly range: Range;
    readonly open: Argument;
    /** Null when the file ends first. */
    readonly close: Argument | null;
    readonly items: readonly (Directive | Import)[];
}
/** A directive of a server block, or a property inside a directive's braces: to the syntax they are the same. */
export interface Directive {
    readonly kind: 'directive';
    readonly range: Range;
    readonly name: Argument;
    /** Everything behind the name, in written order; CoreDNS allows several braces on a line. */
    readonly parts: readonly (Argument | Braces)[];
}
/** `import PATTERN`; more or fewer arguments than one are a problem. */
export interface Import {
    readonly kind: 'import';
    readonly range: Range;
    readonly keyword: Argument;
    readonly args: readonly Argument[];
}
/** Addresses and the directives that serve them; the braces may be missing (language: P3). */
export interface ServerBlock {
    readonly kind: 'server-block';
    readonly range: Range;
    /** The addresses, with the comma that may stand at their end; an import may bring further ones behind a comma. */
    readonly keys: readonly (Argument | Import)[];
    readonly open: Argument | null;
    readonly close: Argument | null;
    readonly items: readonly (Directive | Import)[];
}
/** `(name) { ... }`. */
export interface Snippet {
    readonly kind: 'snippet';
    readonly range: Range;
    readonly name: string;
    readonly key: Argument;
    readonly open: Argument;
    readonly close: Argument | null;
    readonly items: readonly (Directive | Import)[];
}
/** A place in the file where CoreDNS would stop reading. */
export interface SyntaxFault {
    readonly problem: SyntaxProblem;
    readonly range: Range;
}
/** The tree of one file. Every token stands in it exactly once, so printing it gives back the file. */
export interface Corefile {
    readonly kind: 'corefile';
    readonly text: string;
    readonly list: TokenList;
    readonly items: readonly (ServerBlock | Snippet | Import)[];
    readonly errors: readonly SyntaxFault[];
}
export type Node = Corefile | ServerBlock | Snippet | Import | Directive | Braces | Argument;
