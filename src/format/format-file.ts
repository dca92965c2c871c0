import { placeholdersIn } from '../expand/placeholders.ts'
import { applyEdits, EditSet, type TextEdit } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import { type FormatTextOptions, formatText, type Untouched } from './format-text.ts'

/** A text for CoreDNS in a file: all of it, or a value in it. */
export interface TextInFile {
  /** For people: the path, or `kube-system/coredns Corefile`. */
  readonly name: string
  readonly text: string
  /** Where it stands in the file. */
  readonly range: Range
  /** True for directives that stand in a server block of another file. */
  readonly isFragment: boolean
  /** How it was found in the file, null for a whole file. */
  readonly embedded: { readonly found: 'parsed' | 'recovered' | 'rendered' } | null
  toOuter(range: Range): Range
  /** Null where the file cannot express the edits. */
  toOuterEdits(edits: readonly TextEdit[]): readonly TextEdit[] | null
}

/** A text that was left as it is. */
export interface UntouchedText {
  readonly name: string
  /** Why; `embedding`: the style of the value that holds it cannot express the layout; `file`: the file around it is broken. */
  readonly reason: Untouched | 'embedding' | 'file'
  /** One sentence without a full stop. */
  readonly message: string
  /** The place in the file to look at. */
  readonly range: Range
}

/** A file in its canonical layout. */
export interface FormatResult {
  /** The file with its texts laid out; equal to what it was where nothing is to change. */
  readonly text: string
  /** What makes the one of the other, in order. */
  readonly edits: readonly TextEdit[]
  /** How many texts for CoreDNS the file holds. */
  readonly corefiles: number
  readonly untouched: readonly UntouchedText[]
}

const messages: Readonly<Record<UntouchedText['reason'], string>> = {
  broken: 'left as it is: CoreDNS stops reading here (corefile lint says why)',
  template: 'left as it is: a template fills in what stands here, and nobody knows which words that gives',
  fragile: 'left as it is: with other white space CoreDNS would read something else',
  embedding: 'left as it is: the style of this value cannot hold the layout; a block, written with |, can',
  file: 'left as it is: the file around it is broken, and nobody knows where it ends',
}

/**
 * Lays out every text for CoreDNS in a file and leaves every byte around them alone; `find` finds these texts in a version of the file.
 * What cannot be laid out is left as it is, with the reason. Never throws for any text.
 */
export async function formatFile(
  text: string,
  find: (text: string) => Promise<readonly TextInFile[]>,
): Promise<FormatResult> {
  // What a chart renders is laid out by the chart.
  const texts = (await find(text)).filter(({ embedded }) => embedded?.found !== 'rendered')
  const isTemplate = placeholdersIn(text).length > 0
  const set = new EditSet()
  const wanted: string[] = []
  const untouched: UntouchedText[] = []
  for (const one of texts) {
    const { edits, left } = outerEdits(one, isTemplate)
    wanted.push(edits === null ? one.text : edits.result)
    if (left !== null) untouched.push(left)
    // An alias of YAML shows the same value twice.
    if (edits !== null) set.add(edits.outer)
  }
  const { edits } = set
  const after = applyEdits(text, edits)
  const isWhole = texts.every(({ embedded }) => embedded === null)
  if (edits.length === 0 || isWhole || (await holds(after, wanted, find))) {
    return { text: after, edits, corefiles: texts.length, untouched }
  }
  const all = texts.map(({ name, range }) => leave(name, 'embedding', range))
  return { text, edits: [], corefiles: texts.length, untouched: all }
}

function outerEdits(
  one: TextInFile,
  isTemplate: boolean,
): {
  edits: { readonly outer: readonly TextEdit[]; readonly result: string } | null
  left: UntouchedText | null
} {
  if (one.embedded?.found === 'recovered' && !isTemplate) {
    return { edits: null, left: leave(one.name, 'file', one.range) }
  }
  const options: FormatTextOptions = { kind: one.isFragment ? 'fragment' : 'corefile', isFile: one.embedded === null }
  const formatted = formatText(one.text, options)
  if (formatted.edits === null) {
    return { edits: null, left: leave(one.name, formatted.untouched, one.toOuter(formatted.range)) }
  }
  const outer = one.toOuterEdits(formatted.edits)
  if (outer === null) return { edits: null, left: leave(one.name, 'embedding', one.range) }
  return { edits: { outer, result: applyEdits(one.text, formatted.edits) }, left: null }
}

/** Whether a file holds exactly these texts. */
async function holds(
  file: string,
  wanted: readonly string[],
  find: (text: string) => Promise<readonly TextInFile[]>,
): Promise<boolean> {
  const found = (await find(file)).filter(({ embedded }) => embedded?.found !== 'rendered')
  return found.length === wanted.length && found.every(({ text }, at) => text === wanted[at])
}

function leave(name: string, reason: UntouchedText['reason'], range: Range): UntouchedText {
  return { name, reason, message: messages[reason], range }
}
