/** What a reader of words answers when Go refuses the word: the text of Go's error, as CoreDNS prints it. */
export interface Invalid {
    readonly error: string;
}
/** An `Invalid` with this error text. */
export declare function invalid(error: string): Invalid;
/** Whether a reader refused the word. */
export declare function isInvalid(value: unknown): value is Invalid;
