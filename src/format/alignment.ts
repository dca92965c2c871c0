import { displayWidth } from '../text/width.ts'
import { isIp } from '../values/ip.ts'
import type { Atoms } from './atoms.ts'
import { blanksBefore, type Cell } from './columns.ts'
import type { Layout } from './layout.ts'
import type { Structure } from './structure.ts'

/** Words of an entry of `hosts` that are laid out in columns. */
const mostCells = 16

/** Columns between tab stops where people lay out tables with tabs. */
const tabStops = 8

/**
 * Decides how many blanks stand before the words and comments of a line. It is one, except where people use columns: in the entries of
 * `hosts`, and before comments behind lines. What stands in one column stays in one.
 */
export class Alignment {
  readonly #atoms: Atoms
  readonly #structure: Structure
  readonly #layout: Layout
  readonly #step: string
  /** By atom: the blanks before it, where these are not one. */
  readonly #blanks = new Map<number, number>()
  /** By atom: the column at which it stands in the text, and its width. */
  readonly #columns: Uint32Array
  readonly #widths: Uint32Array

  /** `step` is one step of indentation. */
  constructor(atoms: Atoms, structure: Structure, layout: Layout, step: string) {
    this.#atoms = atoms
    this.#structure = structure
    this.#layout = layout
    this.#step = step
    this.#columns = new Uint32Array(atoms.count)
    this.#widths = new Uint32Array(atoms.count)
    this.#measure()
    this.#alignHosts()
    this.#alignComments()
  }

  /** Blanks before an atom that does not start a line. */
  blanks(atom: number): number {
    return this.#blanks.get(atom) ?? 1
  }

  #measure(): void {
    const atoms = this.#atoms
    const { text } = atoms.list
    let column = 0
    for (let atom = 0; atom < atoms.count; atom++) {
      const start = atoms.start(atom)
      const end = atoms.end(atom)
      const from = atoms.startsLine(atom) ? text.lastIndexOf('\n', start - 1) + 1 : atoms.end(atom - 1)
      if (atoms.startsLine(atom)) column = 0
      column = behindBlanks(text, from, start, column)
      // A tab in quotes counts as one column wherever it stands, for words move.
      const width = displayWidth(text.slice(start, end).replaceAll('\t', ' '))
      this.#columns[atom] = column
      this.#widths[atom] = width
      column += width
    }
  }

  #alignHosts(): void {
    const { count } = this.#atoms
    let rows: number[] = []
    for (let atom = 0; atom < count; atom++) {
      const breaks = this.#layout.breaks(atom)
      if (atom > 0 && breaks === 0) continue
      const isEntry = this.#isEntry(atom)
      if (breaks > 1 || !(isEntry || this.#isComment(atom))) {
        this.#alignEntries(rows)
        rows = []
      }
      if (isEntry) rows.push(atom)
    }
    this.#alignEntries(rows)
  }

  #isEntry(atom: number): boolean {
    const token = this.#atoms.token(atom)
    return token !== -1 && this.#structure.isInHosts(token) && isIp(this.#structure.list.value(token))
  }

  #isComment(atom: number): boolean {
    return this.#atoms.token(atom) === -1
  }

  /** Aligns the words of lines, each given by its first one. */
  #alignEntries(rows: readonly number[]): void {
    if (rows.length < 2) return
    const ends = rows.map((first) => this.#widths[first] ?? 0)
    for (let number = 1; number < mostCells; number++) {
      const cells = rows.map((first) => this.#word(first, number))
      if (cells.every((cell) => cell === undefined)) break
      for (const [row, blanks] of blanksBefore(cells, ends).entries()) {
        const cell = cells[row]
        if (cell === undefined) continue
        this.#setBlanks((rows[row] ?? 0) + number, blanks)
        ends[row] = (ends[row] ?? 0) + blanks + cell.width
      }
    }
  }

  /** Word `number` of the line that starts with an atom, undefined where there is none. */
  #word(first: number, number: number): Cell | undefined {
    for (let atom = first + 1; atom <= first + number; atom++) {
      if (atom >= this.#atoms.count || this.#layout.breaks(atom) > 0 || this.#isComment(atom)) return undefined
    }
    return this.#cell(first + number)
  }

  /** Aligns comments behind lines of one statement that stand in one column, whatever stands between these lines. */
  #alignComments(): void {
    const { count } = this.#atoms
    const groups = new Map<string, { comment: number; end: number }[]>()
    for (let first = 0, next = 0; first < count; first = next) {
      const token = this.#atoms.token(first)
      if (token !== -1 && this.#structure.startsStatement(token)) this.#alignGroups(groups)
      const steps = this.#layout.steps(first)
      let end = steps * behindBlanks(this.#step, 0, this.#step.length, 0) + (this.#widths[first] ?? 0)
      for (next = first + 1; next < count && this.#layout.breaks(next) === 0 && !this.#isComment(next); next++) {
        end += this.blanks(next) + (this.#widths[next] ?? 0)
      }
      if (next === count || this.#layout.breaks(next) > 0) continue
      // Lines that tabs indent differently stand in one column only where tabs are as wide as here.
      const group = `${this.#step === '\t' ? steps : 0} ${this.#columns[next]}`
      const rows = groups.get(group) ?? []
      groups.set(group, rows)
      rows.push({ comment: next++, end })
    }
    this.#alignGroups(groups)
  }

  #alignGroups(groups: Map<string, { comment: number; end: number }[]>): void {
    for (const rows of groups.values()) {
      const cells = rows.map(({ comment }) => this.#cell(comment))
      const ends = rows.map(({ end }) => end)
      for (const [row, blanks] of blanksBefore(cells, ends).entries()) this.#setBlanks(rows[row]?.comment ?? -1, blanks)
    }
    groups.clear()
  }

  #setBlanks(atom: number, blanks: number): void {
    if (blanks > 1) this.#blanks.set(atom, blanks)
  }

  #cell(atom: number): Cell {
    const column = this.#columns[atom] ?? 0
    const width = this.#widths[atom] ?? 0
    return { column, gap: column - (this.#columns[atom - 1] ?? 0) - (this.#widths[atom - 1] ?? 0), width }
  }
}

/** The column behind white space that starts at `column`. */
function behindBlanks(text: string, start: number, end: number, column: number): number {
  let at = column
  for (let offset = start; offset < end; offset++) at += text[offset] === '\t' ? tabStops - (at % tabStops) : 1
  return at
}
