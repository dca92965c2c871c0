import type { TextEdit } from '../text/edit.ts'
import { dominantLineEnding, sortEdits } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import { editBlockScalar } from './block-edits.ts'
import type { BlockHeader } from './block-scalar.ts'
import { readBlockScalar } from './block-scalar.ts'
import { editFlowScalar } from './flow-edits.ts'
import type { FlowStyle } from './flow-scalar.ts'
import { readFlowScalar } from './flow-scalar.ts'
import type { MappedText } from './offset-map.ts'

/** A text that stands in a file: the whole of it, or a value in it, at any depth. */
export interface InnerText {
  readonly text: string
  /** The range of the file that a range of the text came from. A unit that stands for several (an escape, folded line breaks) is taken whole; an empty range becomes the place where an insertion belongs. RangeError outside of the text. */
  toOuter(inner: Range): Range
  /** Edits of the file that make the text exactly `applyEdits(text, edits)` (where a chart makes the text: but for its layout) and leave every byte outside of it alone; null where the style of the value cannot say it. RangeError when the edits overlap or leave the text. */
  toOuterEdits(edits: readonly TextEdit[]): TextEdit[] | null
}

/** A text in which others stand. */
export interface HostText extends InnerText {
  /** How its lines end: what an edit writes for a line break. */
  lineEnding(): '\n' | '\r\n'
}

/** The file itself. */
export function fileText(text: string): HostText {
  return {
    text,
    toOuter: (inner) => inner,
    toOuterEdits: (edits) => [...edits],
    lineEnding: lazily(() => dominantLineEnding(text)),
  }
}

/** Where a scalar stands in the text around it, and in which style: what it takes to read it. */
export type ScalarPlace =
  | { readonly style: FlowStyle; readonly start: number; readonly end: number }
  | {
      readonly style: 'block'
      /** Offset of `|` or `>`. */
      readonly start: number
      /** The lines of content. */
      readonly lines: Range
      readonly header: BlockHeader
      /** The indentation that an indicator in the header counts from. */
      readonly parentIndent: number
      /** The indentation of the content where its first line does not show it, as in a template. */
      readonly indent?: number
    }

/** A scalar inside of `host`. `text` is its value where a parser has read it already; its map is built when first asked for. */
export function scalarText(host: HostText, place: ScalarPlace, text?: string): HostText {
  return mappedText(host, () => readScalar(host, place), text)
}

/** The stretch of `host` that stands there as it is. */
export function sliceText(host: HostText, { start, end }: Range): HostText {
  return {
    text: host.text.slice(start, end),
    toOuter(inner) {
      if (inner.end > end - start) throw new RangeError(`no offset ${inner.end}: the text has ${end - start} units`)
      return host.toOuter({ start: start + inner.start, end: start + inner.end })
    },
    toOuterEdits: (edits) =>
      host.toOuterEdits(
        sortEdits(edits, end - start).map((edit) => ({ ...edit, start: start + edit.start, end: start + edit.end })),
      ),
    lineEnding: () => host.lineEnding(),
  }
}

/** A value as it was read: its text with a map, and what its edits are in the text around it (null where it cannot be said there). */
export interface ReadValue {
  readonly mapped: MappedText
  readonly edit: (edits: readonly TextEdit[]) => TextEdit[] | null
}

/** A value inside of `host` that `read` reads when its map is first asked for; `text` where it is known already. */
export function mappedText(host: HostText, read: () => ReadValue, text?: string): HostText {
  const scalar = lazily(read)
  const value = text ?? scalar().mapped.text
  return {
    text: value,
    toOuter: (inner) => host.toOuter(scalar().mapped.map.toOuter(inner)),
    toOuterEdits(edits) {
      const ordered = sortEdits(edits, value.length)
      const inHost = scalar().edit(ordered.filter((edit) => edit.start < edit.end || edit.text !== ''))
      return inHost && host.toOuterEdits(inHost)
    },
    lineEnding: lazily(() => dominantLineEnding(value)),
  }
}

function readScalar(host: HostText, place: ScalarPlace): ReadValue {
  if (place.style === 'block') {
    const { lines, header, parentIndent, indent } = place
    const block = readBlockScalar(host.text, lines.start, lines.end, header, parentIndent, indent)
    return { mapped: block, edit: (edits: readonly TextEdit[]) => editBlockScalar(block, edits, host.lineEnding()) }
  }
  const { style } = place
  const mapped = readFlowScalar(host.text, place.start, place.end, style)
  return { mapped, edit: (edits: readonly TextEdit[]) => editFlowScalar(host.text, mapped, style, edits) }
}

function lazily<T>(compute: () => T): () => T {
  let value: { readonly of: T } | undefined
  return () => {
    value ??= { of: compute() }
    return value.of
  }
}
