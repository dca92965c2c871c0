import { LineIndex, type Position } from './lines.ts'
import type { FilePlace } from './range.ts'

/** Lines and columns of several texts by their paths. A text is looked up at the first question about it, once. */
export class FileLines {
  readonly #textOf: (path: string) => string | undefined
  readonly #indices = new Map<string, LineIndex | null>()

  /** `textOf` gives undefined for a path whose text nobody has. */
  constructor(textOf: (path: string) => string | undefined) {
    this.#textOf = textOf
  }

  /** The lines of one text; null where nobody has it. */
  of(path: string): LineIndex | null {
    let index = this.#indices.get(path)
    if (index === undefined) {
      const text = this.#textOf(path)
      index = text === undefined ? null : new LineIndex(text)
      this.#indices.set(path, index)
    }
    return index
  }

  /** Where a place starts; the start of the file where nobody has its text. */
  positionOf({ path, range }: FilePlace): Position {
    return this.of(path)?.positionAt(range.start) ?? { line: 1, column: 1 }
  }

  /** `PATH:LINE` of a place; the path alone where nobody has its text. */
  nameOf(place: FilePlace): string {
    const index = this.of(place.path)
    return index === null ? place.path : `${place.path}:${index.positionAt(place.range.start).line}`
  }
}
