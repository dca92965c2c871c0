import type { Atoms } from './atoms.ts'
import type { Structure } from './structure.ts'

/** No line is indented further: blocks may be nested as deeply as a text is long. */
const mostSteps = 32

/**
 * Decides which atoms stand on one line, and how far a line is indented. Line breaks between words come and go only beside the braces of
 * server blocks and snippets, which no plugin sees.
 */
export class Layout {
  readonly #atoms: Atoms
  readonly #structure: Structure
  /** By atom: line breaks before it. */
  readonly #breaks: number[] = []

  constructor(atoms: Atoms, structure: Structure) {
    this.#atoms = atoms
    this.#structure = structure
    for (let atom = 0; atom < atoms.count; atom++) this.#breaks.push(this.#breaksBefore(atom))
    this.#separateStatements()
  }

  /** Line breaks before an atom: none, one, or two for an empty line. */
  breaks(atom: number): number {
    return this.#breaks[atom] ?? 0
  }

  /** Steps of indentation before an atom that starts a line. */
  steps(atom: number): number {
    return Math.min(this.#depth(atom), mostSteps)
  }

  #breaksBefore(atom: number): number {
    if (atom === 0) return 0
    const newlines = this.#atoms.newlines(atom)
    const token = this.#atoms.token(atom)
    if (newlines === 0) return this.#isApart(atom, token) ? 1 : 0
    if (this.#belongsToLineBefore(atom, token)) return 0
    return newlines > 1 && !this.#isTight(atom, token) ? 2 : 1
  }

  /** Whether a word that stands behind a brace of a server block or snippet, or before one, belongs on a line of its own. */
  #isApart(atom: number, token: number): boolean {
    const before = this.#atoms.token(atom - 1)
    if (token === -1 || before === -1) return false
    const structure = this.#structure
    const { list } = structure
    if (structure.isBraceOfBlock(before) && structure.opens(before)) return !structure.closes(token)
    if (structure.isBraceOfBlock(token) && structure.closes(token)) return true
    // Only at the start of a line `import` is one.
    const isImport = list.kind(token) === 'import' || list.hasReference(token)
    return structure.startsStatement(token) && structure.isBraceOfBlock(before) && !isImport
  }

  /** Whether it is the opening brace of a server block or snippet, with nothing but white space between it and the last address. */
  #belongsToLineBefore(atom: number, token: number): boolean {
    const before = this.#atoms.token(atom - 1)
    const structure = this.#structure
    if (token === -1 || before === -1 || structure.startsStatement(token)) return false
    return structure.isBraceOfBlock(token) && structure.opens(token)
  }

  /** Whether no empty line may stand before an atom: at the start and at the end of a block, and among addresses. */
  #isTight(atom: number, token: number): boolean {
    const structure = this.#structure
    if (token !== -1) {
      if (structure.closes(token) || (structure.isKey(token) && !structure.startsStatement(token))) return true
      if (structure.opens(token) && !structure.startsStatement(token)) return true
    }
    // A comment on the line of the brace is a part of that line.
    const isBehindComment = this.#atoms.token(atom - 1) === -1 && !this.#atoms.startsLine(atom - 1)
    const before = this.#atoms.token(isBehindComment ? atom - 2 : atom - 1)
    return before !== -1 && structure.opens(before)
  }

  /** Puts one empty line between blocks, before the comments of the second one, unless there is one among these. */
  #separateStatements(): void {
    const structure = this.#structure
    let isBlock = false
    let last = -1
    for (let atom = 0; atom < this.#atoms.count; atom++) {
      const token = this.#atoms.token(atom)
      if (token === -1) continue
      if (structure.startsStatement(token)) {
        const wasBlock = isBlock
        isBlock = structure.list.kind(token) !== 'import'
        if (last !== -1 && (isBlock || wasBlock)) this.#separate(last, atom)
      }
      last = atom
    }
  }

  #separate(last: number, next: number): void {
    let first = next
    for (let atom = next; atom > last; atom--) {
      if (this.breaks(atom) > 1) return
      if (this.breaks(atom) > 0) first = atom
    }
    if (this.breaks(first) > 0) this.#breaks[first] = 2
  }

  #depth(atom: number): number {
    const structure = this.#structure
    const token = this.#atoms.token(atom)
    if (token === -1) return this.#depthOfComment(atom)
    let depth = structure.depth(token)
    // `} }` closes two blocks and stands where the outer one begins.
    for (let next = atom; this.#isClosing(next) && (next === atom || this.breaks(next) === 0); next++) {
      depth = structure.depth(this.#atoms.token(next))
    }
    return depth
  }

  #isClosing(atom: number): boolean {
    const token = this.#atoms.token(atom)
    return token !== -1 && this.#structure.closes(token)
  }

  /** A comment stands where what is around it does; around a block without braces that is seen from one side only. */
  #depthOfComment(atom: number): number {
    const structure = this.#structure
    const previous = this.#atoms.tokenBefore(atom)
    const next = previous + 1
    const behind = previous === -1 ? 0 : structure.depth(previous) + Number(structure.opens(previous))
    const ahead = next >= structure.list.count ? 0 : structure.depth(next) + Number(structure.closes(next))
    return Math.max(behind, ahead)
  }
}
