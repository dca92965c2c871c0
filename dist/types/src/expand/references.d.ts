/** The value of an environment variable as far as it was given to us; undefined when it was not. */
export type Environment = (name: string) => string | undefined;
/** A text with its environment references replaced, and the names of those whose value was not given and that stay as written. */
export interface Replaced {
    readonly text: string;
    readonly unknown: readonly string[];
    /** True when a value brings its own reference again: CoreDNS would replace for ever. */
    readonly isEndless: boolean;
}
/**
 * Replaces `{%NAME%}` and then `{$NAME}` as coredns/caddy caddyfile/parse.go:replaceEnvVars does: again and again until no
 * reference is left, so that a value may bring a reference of its own; `{$}` ends the search. A variable that was not given stays
 * as written, because CoreDNS may well have it. Replacement is bounded, so a value that refers to itself ends.
 */
export declare function replaceReferences(text: string, environment: Environment): Replaced;
