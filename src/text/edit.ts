import type { Range } from './range.ts'

/** Put `text` in the place of the units from `start` to `end`; an insertion when both are the same. */
export interface TextEdit extends Range {
  readonly text: string
}

/**
 * The text after all edits, whose offsets mean the text before any of them; their order does not matter, except that
 * insertions at the same place stay in the order given. Linear in the text and, when they come sorted, in the edits.
 * RangeError when an edit leaves the text or two overlap.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let done = 0
  for (const edit of sortEdits(edits, text.length)) {
    parts.push(text.slice(done, edit.start), edit.text)
    done = edit.end
  }
  parts.push(text.slice(done))
  return parts.join('')
}

/**
 * The edits by position, insertions before the replacement that starts at the same place, otherwise in the order given.
 * RangeError when one runs backwards or leaves a text of `length` units, or two overlap.
 */
export function sortEdits(edits: readonly TextEdit[], length = Number.POSITIVE_INFINITY): readonly TextEdit[] {
  const ordered = edits.every((edit, index) => isOrdered(edits[index - 1], edit)) ? edits : edits.toSorted(compareEdits)
  let done = 0
  for (const { start, end } of ordered) {
    if (!(start >= 0 && start <= end && end <= length)) {
      throw new RangeError(`no edit from ${start} to ${end}: the text has ${length} units`)
    }
    if (start < done) throw new RangeError(`edits overlap at ${start}`)
    done = end
  }
  return ordered
}

function isOrdered(before: TextEdit | undefined, edit: TextEdit): boolean {
  return !before || compareEdits(before, edit) <= 0
}

function compareEdits(a: TextEdit, b: TextEdit): number {
  if (a.start !== b.start) return a.start - b.start
  return Number(a.end > a.start) - Number(b.end > b.start)
}

/**
 * True when two edits by different authors cannot both be made: they share a unit, one inserts inside of what the other
 * replaces, or both insert at the same place (their order would be a guess). Edits that only touch do not overlap.
 */
export function editsOverlap(a: Range, b: Range): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start
  return a.start < b.end && b.start < a.end
}

/**
 * Edits by several authors (fixes), taken whole or not at all: who comes first is served first, and whoever overlaps
 * with what was taken is refused and has to wait for the next round. Cheap when authors come in the order of the text.
 */
export class EditSet {
  readonly #edits: TextEdit[] = []

  /** All edits taken so far, sorted, without overlaps. */
  get edits(): readonly TextEdit[] {
    return this.#edits
  }

  /** Takes all edits of one author, or none (and says false) when one of them overlaps with those taken. RangeError when the author's own edits overlap. */
  add(edits: readonly TextEdit[]): boolean {
    const own = sortEdits(edits)
    const places = own.map((edit) => this.#placeOf(edit))
    for (const [index, edit] of own.entries()) {
      const place = places[index] ?? 0
      const before = this.#edits[place - 1]
      const after = this.#edits[place]
      if ((before && editsOverlap(before, edit)) || (after && editsOverlap(after, edit))) return false
    }
    this.#merge(own, places)
    return true
  }

  /** Puts sorted edits to their places, in one go behind the first place: a single author may have a million. */
  #merge(own: readonly TextEdit[], places: readonly number[]): void {
    const first = places[0] ?? this.#edits.length
    const behind = this.#edits.splice(first)
    let next = 0
    for (const [index, edit] of own.entries()) {
      const before = (places[index] ?? first) - first
      while (next < before) this.#edits.push(behind[next++] as TextEdit)
      this.#edits.push(edit)
    }
    while (next < behind.length) this.#edits.push(behind[next++] as TextEdit)
  }

  /** Index of the first edit taken that belongs behind `edit`. */
  #placeOf(edit: TextEdit): number {
    let low = 0
    let high = this.#edits.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const taken = this.#edits[middle]
      if (taken && compareEdits(taken, edit) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** The line break that most lines of the text end with; `\n` when there is none or as many of each. */
export function dominantLineEnding(text: string): '\n' | '\r\n' {
  let lines = 0
  let pairs = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines++
    if (text.charCodeAt(at - 1) === 13) pairs++
  }
  return pairs * 2 > lines ? '\r\n' : '\n'
}
