import type { SyntaxProblem } from '../../grammar/parser.js';
import type { TokenList } from '../../grammar/tokens.js';
import type { Place, TokenView } from './token-view.js';
/** Why CoreDNS would stop reading: the syntax, an import, or a directive that the release does not have. */
export type ProblemKind = SyntaxProblem | 'unknown-directive' | 'empty-import' | 'import-not-found' | 'import-directory' | 'import-empty-file' | 'import-wildcards' | 'import-bad-pattern' | 'import-limit' | 'endless-reference' | 'snippet-redefined' | 'snippet-imports-itself' | 'snippet-without-brace';
/** A place where CoreDNS stops reading. The first one is the one it reports; what follows is what it would report next. */
export interface Problem {
    readonly kind: ProblemKind;
    readonly at: Place;
    /** What the place says, where that is not its own text: the directive's name, the import's pattern. */
    readonly subject: string;
}
/** Something that was not given to us and without which nobody can say how CoreDNS reads the place. */
export interface Unknown {
    readonly kind: 'variable' | 'placeholder' | 'import';
    readonly at: Place;
    /** The variable, the placeholder, or the pattern of the import. */
    readonly subject: string;
}
/** One address of a server block, as written and as CoreDNS reads it. */
export interface Key {
    readonly at: Place;
    /** References replaced, without the comma that joins it to the next address. */
    readonly value: string;
    /** False when a part of it is not known. */
    readonly known: boolean;
}
/** A directive as it stands in the block, one for each time it is written. */
export interface Occurrence {
    readonly name: string;
    /** The directive's tokens, its name first. */
    readonly tokens: TokenView;
    readonly block: ServerBlock;
    /** False when its name is not known. */
    readonly known: boolean;
}
/** A server block as CoreDNS sees it: imports, snippets and variables replaced. */
export interface ServerBlock {
    /** 0-based position among the blocks of the configuration. */
    readonly number: number;
    readonly keys: readonly Key[];
    /** The opening brace; null for a block without braces. */
    readonly open: Place | null;
    readonly close: Place | null;
    /** The directives in written order. */
    readonly occurrences: readonly Occurrence[];
    /** All occurrences of a directive joined, as caddy hands them to the plugin's setup (language: P8). */
    readonly directives: ReadonlyMap<string, TokenView>;
}
export interface SnippetDefinition {
    readonly name: string;
    readonly at: Place;
    /** The braces, to know what belongs to it. */
    readonly open: Place;
    readonly close: Place | null;
    uses: number;
}
/** An import that was followed. */
export interface ImportLine {
    readonly keyword: Place;
    readonly argument: Place;
    readonly pattern: string;
    readonly from: 'snippet' | 'files' | 'nothing';
    /** Paths of the files, empty for a snippet or a pattern that matches nothing. */
    readonly files: readonly string[];
}
/** What CoreDNS makes of a Corefile before any plugin is set up. */
export interface Configuration {
    readonly main: TokenList;
    readonly blocks: readonly ServerBlock[];
    readonly snippets: readonly SnippetDefinition[];
    readonly imports: readonly ImportLine[];
    readonly problems: readonly Problem[];
    readonly unknowns: readonly Unknown[];
    /** Indices of the tokens that are not known in full, for each list that has one. */
    readonly unknownTokens: ReadonlyMap<TokenList, ReadonlySet<number>>;
}
