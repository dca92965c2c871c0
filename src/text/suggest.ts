/** Words longer than this are no misspelling of anything; keeps hostile texts cheap. */
const longestWord = 100

/**
 * The candidate that somebody probably meant by `word`, for "did you mean ...?"; null when none is near. Case does not matter, and about
 * one letter in three may be missing, too many, wrong, or swapped with its neighbour. Of equally near ones the first is taken. Without a
 * slip of the finger the only one that begins with the whole of `word`, as `hosts-missing` for `hosts-missing-fallthrough`, comes first.
 */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > longestWord) return null
  const written = word.toLowerCase()
  const begun = new Set<string>()
  let nearest: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    if (isBeginningOf(written, candidate.toLowerCase())) begun.add(candidate)
    const longer = Math.max(word.length, candidate.length)
    const most = Math.min(Math.floor(longer / 3), least - 1)
    if (longer - Math.min(word.length, candidate.length) > most) continue
    const steps = editDistance(written, candidate.toLowerCase())
    if (steps > most) continue
    nearest = candidate
    least = steps
    if (steps === 0) break
  }
  const [only = null] = begun
  return begun.size === 1 && least > 1 ? only : nearest
}

/** Whether `written` is one or more of the parts of `candidate` that hyphens and underscores join, from the first on. */
function isBeginningOf(written: string, candidate: string): boolean {
  return written.length > 3 && candidate.startsWith(written) && /^[-_]/.test(candidate.slice(written.length))
}

/** `: did you mean "forward"?` to put behind a message about `word`; empty when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = suggest(word, candidates)
  return meant === null ? '' : `: did you mean "${meant}"?`
}

/** Whether the two differ by one slip of the finger: one letter missing, too many or wrong, or two swapped. */
export function isTypoOf(word: string, meant: string): boolean {
  return word.length <= longestWord && editDistance(word, meant) === 1
}

/** Fewest units to insert, delete, replace or swap with their neighbour to make `b` of `a`; no unit is touched twice. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let steps = Math.min(cell(last, j) + 1, cell(current, j - 1) + 1, cell(last, j - 1) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) steps = Math.min(steps, cell(beforeLast, j - 2) + 1)
      current.push(steps)
    }
    beforeLast = last
    last = current
  }
  return cell(last, b.length)
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? 0
}
