import type { InnerText } from '../embed/inner-text.js';
import { OptionText } from './dnsmasq-text.js';
/** A word of a command line: what the program gets, and where it stands. */
export interface CommandWord {
    readonly text: OptionText;
    /** Names of variables in it that nobody gave a value; they stand in the text as written. */
    readonly unresolved: readonly string[];
}
/** The values of variables that are known. */
export type Environment = ReadonlyMap<string, string>;
/** A word of `command` or `args` of a container, in which the kubelet replaces `$(NAME)`; `$$(NAME)` is `$(NAME)` itself. */
export declare function containerWord(source: InnerText, environment: Environment): CommandWord;
/** A simple command of a shell: the program, its words, and assignments before it, redirections left out. */
export interface ShellCommand {
    readonly words: readonly CommandWord[];
}
/**
 * The simple commands of a shell text, each with its words: quotes and backslashes taken off, `$NAME` and `${NAME}` replaced
 * where known. `isClear` is false where something of it is beyond that (substitutions, redirections from here-documents).
 */
export declare function shellCommands(source: InnerText, environment: Environment): {
    readonly commands: readonly ShellCommand[];
    readonly isClear: boolean;
};
