import type { Argument, Corefile, Node } from './tree.js';
/**
 * Gives back the text a tree was read from, character by character: every token with the blanks and comments in front of it, in
 * the order of the tree, then what follows the last one.
 */
export declare function print(tree: Corefile): string;
/** The children of a node in written order. */
export declare function children(node: Node): readonly Node[];
/** The tokens below a node in written order, without recursion: nesting may be as deep as a file is long. */
export declare function tokensOf(node: Node): Generator<Argument>;
