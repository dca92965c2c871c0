/** The value of an environment variable as far as it was given to us; undefined when it was not. */
export type Environment = (name: string) => string | undefined

/** A text with its environment references replaced, and the names of those whose value was not given and that stay as written. */
export interface Replaced {
  readonly text: string
  readonly unknown: readonly string[]
  /** True when a value brings its own reference again: CoreDNS would replace for ever. */
  readonly isEndless: boolean
}

/**
 * Replaces `{%NAME%}` and then `{$NAME}` as coredns/caddy caddyfile/parse.go:replaceEnvVars does: again and again until no
 * reference is left, so that a value may bring a reference of its own; `{$}` ends the search. A variable that was not given stays
 * as written, because CoreDNS may well have it. Replacement is bounded, so a value that refers to itself ends.
 */
export function replaceReferences(text: string, environment: Environment): Replaced {
  if (!text.includes('{$') && !text.includes('{%')) return { text, unknown: [], isEndless: false }
  const unknown = new Set<string>()
  const windows = replaceBetween(text, '{%', '%}', environment, unknown)
  const unix = windows === null ? null : replaceBetween(windows, '{$', '}', environment, unknown)
  return { text: unix ?? text, unknown: [...unknown], isEndless: unix === null }
}

/** More replacements than this, or a longer text, mean that a value brings its own reference again. */
const MOST_REPLACEMENTS = 1000
const LONGEST_VALUE = 1_000_000

/** The text with all references of one style replaced; null where that never ends. */
function replaceBetween(
  text: string,
  opening: string,
  closing: string,
  environment: Environment,
  unknown: Set<string>,
): string | null {
  let from = 0
  for (let round = 0; round < MOST_REPLACEMENTS; round++) {
    const start = text.indexOf(opening, from)
    if (start === -1) return text
    const end = text.indexOf(closing, start)
    if (end === -1 || end <= start + opening.length) return text
    const name = text.slice(start + opening.length, end)
    const value = environment(name)
    if (value === undefined) {
      unknown.add(name)
      from = end + closing.length
    } else {
      text = text.replaceAll(text.slice(start, end + closing.length), () => value)
      from = unknown.size === 0 ? 0 : from
    }
    if (text.length > LONGEST_VALUE) return null
  }
  return null
}
