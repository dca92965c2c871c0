import type { Atoms } from './atoms.ts'
import type { Structure } from './structure.ts'

const standard = '    '
const onlyTabs = /^\t+$/
const fewSpaces = /^ {1,8}$/

/**
 * One step of indentation as the text has it: what most lines of its outermost blocks have before them, beyond what their block has
 * itself; four spaces where no line says so.
 */
export function indentationOf(atoms: Atoms, structure: Structure): string {
  const { text } = atoms.list
  const counts = new Map<string, number>()
  let around = ''
  for (let atom = 0; atom < atoms.count; atom++) {
    const token = atoms.token(atom)
    if (token === -1 || !atoms.startsLine(atom) || structure.closes(token)) continue
    const depth = structure.depth(token)
    if (depth > 1) continue
    const start = atoms.start(atom)
    const blanks = text.slice(Math.max(text.lastIndexOf('\n', start - 1) + 1, atoms.origin), start)
    if (depth === 0) around = blanks
    else if (blanks.startsWith(around)) {
      const step = blanks.slice(around.length)
      if (onlyTabs.test(step)) count(counts, '\t')
      else if (fewSpaces.test(step)) count(counts, step)
    }
  }
  let most = standard
  for (const [step, number] of counts) if (number > (counts.get(most) ?? 0)) most = step
  return most
}

function count(counts: Map<string, number>, step: string): void {
  counts.set(step, (counts.get(step) ?? 0) + 1)
}
