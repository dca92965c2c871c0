import { RE2JS } from 're2js'
import type { Invalid } from './invalid.ts'
import { isInvalid } from './invalid.ts'
import { parseRegexp } from './regexp.ts'
import { neededParts } from './regexp-parts.ts'

/** Where an expression matches: the texts of its groups, group 0 being all of the match; undefined for a group that took no part. */
export type Groups = readonly (string | undefined)[]

/** A compiled expression of Go's regexp. */
export interface Regexp {
  /** The names of the groups from group 1 on, empty for one without a name. */
  readonly names: readonly string[]
  /** Whether it matches somewhere in the text (`MatchString`). */
  matches(text: string): boolean
  /** The leftmost match (`FindStringSubmatch`), or null. */
  find(text: string): Groups | null
}

/** Go's `regexp.Compile`, with Go's error text where it refuses the expression. Matching takes time linear in the text. */
export function compileRegexp(expression: string): Regexp | Invalid {
  const read = parseRegexp(expression)
  if (isInvalid(read)) return read
  const compiled = RE2JS.compile(expression)
  // Most names fail on a text that is needed, long before the engine starts.
  const { inside, ends } = neededParts(expression)
  const mayMatch = (text: string) => text.includes(inside) && ends.some((end) => text.endsWith(end))
  return {
    names: read.names,
    matches: (text) => mayMatch(text) && compiled.matcher(text).find(),
    find(text) {
      if (!mayMatch(text)) return null
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return null
      return Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? undefined)
    },
  }
}
