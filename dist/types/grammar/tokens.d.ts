/** What a token is to the parser: a brace or `import` is structure only as a whole token (coredns/caddy caddyfile/parse.go). */
export type TokenKind = 'word' | 'open' | 'close' | 'import';
/** True for the code units Go's `unicode.IsSpace` accepts; all of them lie in the basic plane. */
export declare function isSpace(code: number): boolean;
/**
 * The tokens of one text in typed arrays: offsets in UTF-16 units, 1-based lines, no object per token.
 * A text of a million lines costs 13 bytes a token until somebody asks for one.
 */
export declare class TokenList {
    #private;
    readonly text: string;
    /** The name CoreDNS knows the text by: empty for the Corefile itself, the path for an imported file. */
    readonly file: string;
    constructor(text: string, file?: string);
    /** Number of tokens. */
    get count(): number;
    /** Offset of the token's first character, the quote included. */
    start(index: number): number;
    /** Offset behind the token's last character, the closing quote included, a comment glued to it not. */
    end(index: number): number;
    /** 1-based line on which the token starts, counted as CoreDNS counts: by `\n` alone. */
    line(index: number): number;
    kind(index: number): TokenKind;
    /** The characters as written, quotes and escapes included. */
    raw(index: number): string;
    /** The text CoreDNS sees: without quotes, `\"` unescaped, carriage returns outside quotes dropped; references not yet replaced. */
    value(index: number): string;
    /** True when the token is written in quotes. */
    isQuoted(index: number): boolean;
    /** True when the token's opening quote has no partner, so that it runs to the end of the text. */
    isUnterminated(index: number): boolean;
    /** True when a `#` glued to the token begins a comment there. */
    isCut(index: number): boolean;
    /** True when the token may hold an environment reference (`{$NAME}` or `{%NAME%}`). */
    hasReference(index: number): boolean;
    /** Number of newlines inside the token (Dispenser.numLineBreaks). */
    lineBreaks(index: number): number;
    /** Index of the brace that closes the opening brace at `index`, or -1. */
    closing(index: number): number;
    /** Index of the brace that the closing brace at `index` closes, or -1. */
    opening(index: number): number;
    /** True when no token in `[from, to)` is the word `import` or holds an environment reference. */
    isPlain(from: number, to: number): boolean;
    /** True when the tokens at `index` and `index + 1` stand on one line (Dispenser.NextArg). */
    sameLine(index: number): boolean;
    /** Index of the first token that starts at or behind `offset`; `count` when there is none. */
    indexAt(offset: number): number;
}
/** Counts `\n`, the only line break CoreDNS knows. */
export declare function countNewlines(text: string): number;
