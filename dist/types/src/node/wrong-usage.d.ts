/** What a person asked for cannot be done as asked: a wrong option, configuration, or path. The message says what, and what would do. */
export declare class WrongUsage extends Error {
    readonly name = "WrongUsage";
}
/** Mistakes of one file, a line each, as one. */
export declare function wrongFile(mistakes: readonly string[]): WrongUsage;
