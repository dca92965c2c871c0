import { everInTree } from '../../grammar/releases.ts'
import { TokenList } from '../../grammar/tokens.ts'
import { placeholdersIn } from '../expand/placeholders.ts'
import { applyEdits, dominantLineEnding, type TextEdit } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import { Alignment } from './alignment.ts'
import { Atoms } from './atoms.ts'
import { indentationOf } from './indentation.ts'
import { Layout } from './layout.ts'
import { readTheSame } from './same-reading.ts'
import { type FormattedKind, readStructure, type Structure } from './structure.ts'

/**
 * Why a text is left as it is. `broken`: CoreDNS stops reading at the range. `template`: what stands there is filled in by others, and
 * nobody knows which words it becomes. `fragile`: a change of white space would change what CoreDNS reads.
 */
export type Untouched = 'broken' | 'template' | 'fragile'

/** The edits that give a text its canonical layout, none where it has it; or why it is left alone, and the place to look at. */
export type Formatted =
  | { readonly edits: readonly TextEdit[]; readonly untouched: null }
  | { readonly edits: null; readonly untouched: Untouched; readonly range: Range }

/** What is known of a text besides its words. */
export interface FormatTextOptions {
  readonly kind: FormattedKind
  /** True where the text is a file of its own and so ends with a line break; else it ends with one where it did before. */
  readonly isFile: boolean
}

/**
 * Lays out the text of a Corefile: indentation by blocks in the steps that the text has itself (else four spaces), one empty line between
 * blocks, none at the start and end of a block, at most one elsewhere, one blank between words, none at the end of lines; entries of `hosts`
 * and comments behind lines stay in columns where they stand in columns. CoreDNS reads the same before and after, every comment stays
 * beside its words, and formatting the result again changes nothing. Never throws.
 */
export function formatText(text: string, { kind, isFile }: FormatTextOptions): Formatted {
  const list = new TokenList(text)
  const structure = structureOf(list, kind)
  const atoms = new Atoms(list)
  const fault = structure.fault ?? (atoms.lost === -1 ? null : { start: atoms.lost, end: text.length })
  const placeholders = placeholdersIn(text)
  const open = openPlaceholder(placeholders, atoms)
  if (open !== undefined) return leave('template', open)
  // What a template writes may mend it.
  if (fault !== null) return placeholders[0] === undefined ? leave('broken', fault) : leave('template', placeholders[0])
  if (atoms.count === 0) return { edits: [], untouched: null }

  const step = indentationOf(atoms, structure)
  const layout = new Layout(atoms, structure)
  const alignment = new Alignment(atoms, structure, layout, step)
  const lineBreak = dominantLineEnding(text)
  const edits: TextEdit[] = []
  for (let atom = 0; atom < atoms.count; atom++) {
    const breaks = layout.breaks(atom)
    const isLineStart = atom === 0 || breaks > 0
    const blanks = isLineStart ? step.repeat(layout.steps(atom)) : ' '.repeat(alignment.blanks(atom))
    addEdit(edits, text, {
      start: atoms.end(atom - 1),
      end: atoms.start(atom),
      text: lineBreak.repeat(breaks) + blanks,
    })
  }
  const rest = { start: atoms.end(atoms.count - 1), end: text.length }
  const endsLine = isFile || text.slice(rest.start).includes('\n')
  addEdit(edits, text, { ...rest, text: endsLine ? lineBreak : '' })
  if (edits.length > 0 && !readTheSame(structure, structureOf(new TokenList(applyEdits(text, edits)), kind))) {
    return leave('fragile', { start: atoms.start(0), end: atoms.end(0) })
  }
  return { edits, untouched: null }
}

/** A file that begins with a directive is there to be imported, whatever its name: its braces are those of plugins. */
function structureOf(list: TokenList, kind: FormattedKind): Structure {
  if (kind === 'corefile' && list.count > 0 && everInTree.has(list.value(0))) {
    const structure = readStructure(list, 'fragment')
    if (structure.fault === null) return structure
  }
  return readStructure(list, kind)
}

function leave(untouched: Untouched, range: Range): Formatted {
  return { edits: null, untouched, range }
}

/** The first placeholder that is not the whole or a part of one word, or in a comment. */
function openPlaceholder(placeholders: readonly Range[], atoms: Atoms): Range | undefined {
  let atom = 0
  return placeholders.find(({ start, end }) => {
    while (atom < atoms.count && atoms.end(atom) <= start) atom++
    return atoms.start(atom) > start || atoms.end(atom) < end
  })
}

/** Adds an edit of white space without what stays the same at its start and end. */
function addEdit(edits: TextEdit[], text: string, edit: TextEdit): void {
  let { start, end } = edit
  let from = 0
  let to = edit.text.length
  while (start < end && from < to && text[start] === edit.text[from]) {
    start++
    from++
  }
  while (end > start && to > from && text[end - 1] === edit.text[to - 1]) {
    end--
    to--
  }
  if (start < end || from < to) edits.push({ start, end, text: edit.text.slice(from, to) })
}
