import type { Range } from '../text/range.ts'

/** Templates in templates in strings are followed no deeper. */
const deepest = 40

/** Where the string whose opening quote stands at `at` ends: behind its closing quote, or where its line does when it has none; at most `limit`. */
export function endOfQuoted(source: string, at: number, limit: number, depth = 0): number {
  let next = at + 1
  while (next < limit) {
    const unit = source[next]
    if (unit === '"') return next + 1
    if (unit === '\n') return next
    if (unit === '\\') next += 2
    else next = behindUnit(source, next, limit, depth)
  }
  return limit
}

/** What stands between two offsets of a string or heredoc: `${...}` and `%{...}`, in order. */
export function templatesIn(source: string, { start, end }: Range): Range[] {
  const found: Range[] = []
  const special = /[$%]\{/g
  special.lastIndex = start
  // What comes behind is not searched.
  const until = source.slice(0, end + 1)
  for (let match = special.exec(until); match && match.index < end; match = special.exec(until)) {
    const isEscaped = match.index > start && source[match.index - 1] === match[0][0]
    if (isEscaped) continue
    const behind = endOfTemplate(source, match.index + 2, end, 0)
    found.push({ start: match.index, end: behind })
    special.lastIndex = behind
  }
  return found
}

/** Behind the unit at `at`, or the whole template or escape that begins there. */
function behindUnit(source: string, at: number, limit: number, depth: number): number {
  const unit = source[at]
  if (unit !== '$' && unit !== '%') return at + 1
  if (source[at + 1] === unit && source[at + 2] === '{') return at + 3
  return source[at + 1] === '{' ? endOfTemplate(source, at + 2, limit, depth) : at + 1
}

/** Behind the brace that closes a template whose content begins at `at`. */
function endOfTemplate(source: string, at: number, limit: number, depth: number): number {
  if (depth > deepest) return limit
  let open = 1
  let next = at
  while (next < limit) {
    const unit = source[next]
    if (unit === '"') {
      next = endOfQuoted(source, next, limit, depth + 1)
      continue
    }
    if (unit === '{') open++
    if (unit === '}' && --open === 0) return next + 1
    next++
  }
  return limit
}
