import type { MappedText } from './offset-map.ts'
import { MappedTextBuilder } from './offset-map.ts'

/** What the header of a block scalar says: `|` or `>`, what happens to the line breaks at its end, and whether it gives the indentation as a number. */
export interface BlockHeader {
  readonly style: 'literal' | 'folded'
  readonly chomping: 'clip' | 'strip' | 'keep'
  /** Columns beyond those of the parent, 0 when the first line decides. */
  readonly indicator: number
}

/** A block scalar as it was read. */
export interface BlockScalar extends MappedText {
  readonly header: BlockHeader
  /** Blanks that stand before every line and are not content. */
  readonly indent: number
  /** Where its lines stand in the outer text: from the start of the first to behind the line break of the last, or the end of the text. */
  readonly start: number
  readonly end: number
  /** What its last line ends with: a line feed, or where the outer text ends before one, nothing or a carriage return (which does not count as content). */
  readonly ending: '\n' | '\r' | ''
}

/** Reads `|`, `>2-` and so on. */
export function readBlockHeader(header: string): BlockHeader {
  return {
    style: header[0] === '>' ? 'folded' : 'literal',
    chomping: header.includes('-') ? 'strip' : header.includes('+') ? 'keep' : 'clip',
    indicator: Number(/[1-9]/.exec(header)?.[0] ?? 0),
  }
}

/**
 * The value of the block scalar whose lines stand in `source` from `start` to `end`, with its map. It is what the yaml
 * package reads. `parentIndent` is the indentation that an indicator in the header counts from; `knownIndent`, where given,
 * is that of the content whatever the header and the first line say. Lines that are indented less than they should be, as
 * in a template, are content without any indentation.
 */
export function readBlockScalar(
  source: string,
  start: number,
  end: number,
  header: BlockHeader,
  parentIndent: number,
  knownIndent?: number,
): BlockScalar {
  const lines = new BlockLines(source, start, end)
  const builder = new MappedTextBuilder(source, start)
  const indent = knownIndent ?? contentIndent(lines, header, parentIndent)
  const contentEnd = endOfContent(lines, indent)
  if (contentEnd === 0) {
    if (header.chomping === 'keep' && end > start) keepEmptyLines(builder, lines)
  } else {
    if (header.style === 'literal') readLiteral(builder, lines, indent, contentEnd)
    else readFoldedLines(builder, lines, indent, contentEnd)
    chomp(builder, lines, contentEnd, header.chomping)
  }
  const last = end > start ? source[end - 1] : ''
  const ending = last === '\n' || last === '\r' ? last : ''
  return { ...builder.build(), header, indent, start, end, ending }
}

/** The lines of a block scalar by number (0-based): where they start, where their blanks end, where their content ends, where the next one starts. */
class BlockLines {
  readonly source: string
  readonly end: number
  readonly #starts: number[] = []

  constructor(source: string, start: number, end: number) {
    this.source = source
    this.end = end
    for (let at = start; at < end; ) {
      this.#starts.push(at)
      const lineBreak = source.indexOf('\n', at)
      at = lineBreak === -1 || lineBreak >= end ? end : lineBreak + 1
    }
  }

  get count(): number {
    return this.#starts.length
  }

  start(line: number): number {
    return this.#starts[line] ?? this.end
  }

  next(line: number): number {
    return this.#starts[line + 1] ?? this.end
  }

  /** Where the text of a line ends: before its line break, or a carriage return at the very end. */
  contentEnd(line: number): number {
    let at = this.next(line)
    if (at > this.start(line) && this.source[at - 1] === '\n') at--
    if (at > this.start(line) && this.source[at - 1] === '\r') at--
    return at
  }

  /** Number of blanks at the start of a line. */
  blanks(line: number): number {
    const start = this.start(line)
    const end = this.contentEnd(line)
    let at = start
    while (at < end && this.source[at] === ' ') at++
    return at - start
  }

  /** True when a line has nothing but blanks. */
  isEmpty(line: number): boolean {
    return this.start(line) + this.blanks(line) === this.contentEnd(line)
  }

  /** Where the content of a line starts when `indent` blanks are taken off, or all there are. */
  contentStart(line: number, indent: number): number {
    return this.start(line) + Math.min(indent, this.blanks(line))
  }
}

function contentIndent(lines: BlockLines, header: BlockHeader, parentIndent: number): number {
  const least = parentIndent + header.indicator
  if (header.indicator > 0) return least
  let widest = least
  for (let line = 0; line < lines.count; line++) {
    if (!lines.isEmpty(line)) return lines.blanks(line)
    widest = Math.max(widest, lines.blanks(line))
  }
  return widest
}

/** Number of lines up to the last that has content; blanks beyond the indentation are content, except where nothing else is. */
function endOfContent(lines: BlockLines, indent: number): number {
  let last = lines.count - 1
  while (last >= 0 && lines.isEmpty(last)) last--
  if (last < 0) return 0
  for (let line = lines.count - 1; line > last; line--) {
    if (lines.blanks(line) > indent) return line + 1
  }
  return last + 1
}

/** `keep` keeps every line break where there are only empty lines, and at least one. */
function keepEmptyLines(builder: MappedTextBuilder, lines: BlockLines): void {
  let written = false
  for (let line = 0; line < lines.count; line++) {
    const start = lines.contentEnd(line)
    const end = lines.next(line)
    if (start === end && written) continue
    builder.write('\n', start, end)
    written = true
  }
}

function readLiteral(builder: MappedTextBuilder, lines: BlockLines, indent: number, contentEnd: number): void {
  for (let line = 0; line < contentEnd; line++) {
    builder.copy(lines.contentStart(line, indent), lines.contentEnd(line))
    if (line < contentEnd - 1) lineBreak(builder, lines, line)
  }
}

/** The line break of a line as `\n`, whichever it is, also where the outer text ends without one. */
function lineBreak(builder: MappedTextBuilder, lines: BlockLines, line: number): void {
  const start = lines.contentEnd(line)
  const end = lines.next(line)
  if (lines.source[start] === '\n' && start < end) builder.copy(start, end)
  else builder.write('\n', start, end)
}

/** YAML 1.2, 8.1.3: line breaks fold between lines that start with text; around lines that start with a blank they stay. */
function readFoldedLines(builder: MappedTextBuilder, lines: BlockLines, indent: number, contentEnd: number): void {
  let line = 0
  for (; line < contentEnd && lines.isEmpty(line); line++) {
    builder.copy(lines.contentStart(line, indent), lines.contentEnd(line))
    lineBreak(builder, lines, line)
  }
  let separator = ''
  let emptyLines = ''
  let wasIndented = false
  let before = lines.start(line)
  for (; line < contentEnd; line++) {
    const start = lines.contentStart(line, indent)
    const end = lines.contentEnd(line)
    const isIndented = lines.blanks(line) > indent || lines.source[start] === '\t'
    if (start === end && !isIndented) {
      if (separator === '\n') emptyLines += '\n'
      else separator = '\n'
      continue
    }
    if (isIndented && separator === ' ') separator = '\n'
    else if (isIndented && !wasIndented && separator === '\n') separator = '\n\n'
    if (separator) builder.fold(emptyLines + separator, before, lines.start(line))
    builder.copy(start, end)
    emptyLines = ''
    separator = isIndented ? '\n' : ' '
    wasIndented = isIndented
    before = end
  }
}

/** What becomes of the last line break and of those behind it. */
function chomp(
  builder: MappedTextBuilder,
  lines: BlockLines,
  contentEnd: number,
  chomping: BlockHeader['chomping'],
): void {
  if (chomping === 'strip') return
  lineBreak(builder, lines, contentEnd - 1)
  if (chomping === 'clip') return
  for (let line = contentEnd; line < lines.count; line++) {
    if (lines.contentEnd(line) < lines.next(line)) lineBreak(builder, lines, line)
  }
}
