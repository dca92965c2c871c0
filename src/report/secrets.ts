import type { Range } from '../text/range.ts'

/** What stands where a secret was. */
export const mask = '***'

/** Shorter ones are only hidden at their places: in a sentence they could be any word. */
const shortestWord = 4

/** Hides the secrets of one file. */
export interface Secrets {
  /** Where secrets stand in the file, in order and apart. */
  readonly ranges: readonly Range[]
  /** A sentence about the file without the secrets it may quote. */
  inText(text: string): string
  /** A stretch of the file with `***` for each secret, and where an offset of the file is found in it. */
  inRange(range: Range): { readonly text: string; at(offset: number): number }
}

/**
 * Hides these stretches of a file wherever it is quoted; they may come in any order and several times. The same words are hidden
 * where nobody knows them for secrets, as behind a misspelt option.
 */
export function secretsOf(text: string, found: readonly Range[]): Secrets {
  const words = new Set(found.map(({ start, end }) => text.slice(start, end)).filter(isTelling))
  const ranges = joined([...found, ...elsewhere(text, words)])
  // The longest first: one secret may begin with another.
  const sorted = [...words].sort((a, b) => b.length - a.length)
  return {
    ranges,
    inText: (sentence) => sorted.reduce((shown, word) => shown.replaceAll(word, mask), sentence),
    inRange: (range) => hide(text, ranges, range),
  }
}

/** Where these words stand as whole words. Linear in the text however many words there are. */
function elsewhere(text: string, words: ReadonlySet<string>): Range[] {
  if (words.size === 0) return []
  const found = text.matchAll(/[^\s"'\\]+/g)
  return [...found]
    .filter(([word]) => words.has(word))
    .map(({ 0: { length }, index }) => ({ start: index, end: index + length }))
}

/** The stretches in order, those that overlap made one. */
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || range.start >= last.end) result.push(range)
    else if (range.end > last.end) result.splice(-1, 1, { start: last.start, end: range.end })
  }
  return result
}

function isTelling(word: string): boolean {
  return word.length >= shortestWord
}

function hide(text: string, ranges: readonly Range[], { start, end }: Range) {
  const hidden = ranges.filter((secret) => secret.start < end && start < secret.end)
  if (hidden.length === 0) return { text: text.slice(start, end), at: (offset: number) => offset - start }
  let shown = ''
  let done = start
  const places: { readonly from: number; readonly to: number; readonly shownAt: number }[] = []
  for (const secret of hidden) {
    const from = Math.max(secret.start, start)
    const to = Math.min(secret.end, end)
    shown += text.slice(done, from)
    places.push({ from, to, shownAt: shown.length })
    shown += mask
    done = to
  }
  shown += text.slice(done, end)
  const at = (offset: number): number => {
    let shift = -start
    for (const { from, to, shownAt } of places) {
      if (offset <= from) break
      if (offset < to) return shownAt
      shift = shownAt + mask.length - to
    }
    return offset + shift
  }
  return { text: shown, at }
}
