/** A word of a line: where it stood in the text, and how wide it is. */
export interface Cell {
  /** 0-based column at which it stood. */
  readonly column: number
  /** Columns of white space that were before it. */
  readonly gap: number
  readonly width: number
}

/** No column begins farther to the right: one long word must not push all others out of sight. */
const farthestColumn = 200

/**
 * Blanks before a cell of each row that may stand in one column: as many as bring them there where two of them stood in one column
 * already and blanks were spent on it, else one. `ends` are the columns at which the text before the cells will end, and of whatever
 * `cells` has undefined there is no cell. What is laid out once stays as it is.
 */
export function blanksBefore(cells: readonly (Cell | undefined)[], ends: readonly number[]): number[] {
  let target = 0
  if (isColumn(cells)) {
    for (const [row, cell] of cells.entries()) if (cell) target = Math.max(target, (ends[row] ?? 0) + 1)
  }
  if (target > farthestColumn) target = 0
  return cells.map((cell, row) => (cell ? Math.max(target - (ends[row] ?? 0), 1) : 0))
}

function isColumn(cells: readonly (Cell | undefined)[]): boolean {
  const rows = new Map<number, { count: number; isPadded: boolean }>()
  for (const cell of cells) {
    if (cell === undefined) continue
    const known = rows.get(cell.column)
    const isPadded = cell.gap > 1 || known?.isPadded === true
    const count = (known?.count ?? 0) + 1
    if (count > 1 && isPadded) return true
    rows.set(cell.column, { count, isPadded })
  }
  return false
}
