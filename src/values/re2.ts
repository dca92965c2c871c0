import { RE2JS } from 're2js'
import type { Invalid } from './invalid.ts'
import { isInvalid } from './invalid.ts'
import { parseRegexp } from './regexp.ts'
import { regexpTree } from './regexp-tree.ts'

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
  const part = neededPart(expression)
  return {
    names: read.names,
    matches: (text) => text.includes(part) && compiled.matcher(text).find(),
    find(text) {
      if (!text.includes(part)) return null
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return null
      return Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? undefined)
    },
  }
}

/** The longest text that is in all that an expression matches, as far as that is easily told: most names fail on it, long before the engine starts. */
function neededPart(expression: string): string {
  const tree = regexpTree(expression)
  const [nodes = [], ...others] = tree?.choices ?? []
  if (tree === null || tree.ignoresCase || others.length > 0) return ''
  let longest = ''
  let run = ''
  let next = -1
  for (const node of nodes) {
    if (node.kind !== 'character' || node.isOptional) {
      next = -1
      continue
    }
    // A repetition of something without characters, or a character that is two units long.
    if (/[*+?{]|[^\x20-\x7e]/.test(expression[node.at] ?? '')) return ''
    // What is repeated does not stand beside what follows.
    run = node.at === next ? run + node.value : node.value
    next = node.at + (expression[node.at] === '\\' ? 2 : 1)
    if (run.length > longest.length) longest = run
  }
  return longest
}
