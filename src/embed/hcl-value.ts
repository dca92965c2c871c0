import type { TextEdit } from '../text/edit.ts'
import { applyEdits } from '../text/edit.ts'
import type { Range } from '../text/range.ts'
import { joinedByLine } from './block-edits.ts'
import { endOfQuoted, templatesIn } from './hcl-template.ts'
import type { HostText, ReadValue } from './inner-text.ts'
import { mappedText } from './inner-text.ts'
import type { MappedText } from './offset-map.ts'
import { MappedTextBuilder } from './offset-map.ts'
import { breaksCharacter } from './writable.ts'

/** Where a string of HCL stands. */
export type HclPlace =
  | { readonly style: 'quoted'; readonly start: number; readonly end: number }
  /** `<<EOT`, or with `isFlush` `<<-EOT`, which takes off the indentation that its lines share. */
  | {
      readonly style: 'heredoc'
      /** Offset of `<<`. */
      readonly start: number
      /** Behind the marker that ends it. */
      readonly end: number
      readonly content: Range
      readonly marker: string
      readonly isFlush: boolean
    }

/** The value of a string of HCL. What it interpolates stays as it is written, as a placeholder. */
export function hclValue(host: HostText, place: HclPlace): HostText {
  return mappedText(host, (): ReadValue => {
    const mapped = place.style === 'quoted' ? readQuoted(host.text, place) : readHeredoc(host.text, place)
    return { mapped, edit: (edits) => edited(host, place, mapped, edits) }
  })
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }
const quotedEscape = /\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|\$\$\{|%%\{/g

function readQuoted(source: string, { start, end }: Range): MappedText {
  const content = { start: start + 1, end: Math.max(start + 1, source[end - 1] === '"' ? end - 1 : end) }
  const builder = new MappedTextBuilder(source, content.start)
  let at = content.start
  for (const template of [...templatesIn(source, content), { start: content.end, end: content.end }]) {
    copyWithEscapes(builder, source, at, template.start, quotedEscape)
    writeTemplate(builder, source, template)
    at = template.end
  }
  return builder.build()
}

function copyWithEscapes(builder: MappedTextBuilder, source: string, start: number, end: number, of: RegExp): void {
  let at = start
  of.lastIndex = start
  // What comes behind is not searched; an escape may reach there.
  const until = source.slice(0, end + 10)
  for (let match = of.exec(until); match && match.index < end; match = of.exec(until)) {
    builder.copy(at, match.index)
    at = match.index + match[0].length
    builder.write(meaningOf(match[0]), match.index, at)
  }
  builder.copy(at, end)
}

function meaningOf(escaped: string): string {
  if (escaped[0] !== '\\') return escaped.slice(1)
  const code = Number.parseInt(escaped.slice(2), 16)
  return simpleEscapes[escaped[1] ?? ''] ?? (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')
}

/** A template as it is; one that spans lines or has braces in it without them, so that it is still seen as one thing. */
function writeTemplate(builder: MappedTextBuilder, source: string, { start, end }: Range): void {
  if (start === end) return
  const inside = source.slice(start + 2, end - 1)
  if (inside.length <= 300 && !/[{}\n]/.test(inside)) builder.copy(start, end)
  else builder.write(`${source.slice(start, start + 2)}${inside.replace(/[{}"\s]+/g, '').slice(0, 300)}}`, start, end)
}

type Heredoc = Extract<HclPlace, { style: 'heredoc' }>

const heredocEscape = /\$\$\{|%%\{/g

/** Source: hashicorp/hcl hclsyntax/parser_template.go flushHeredocTemplateParts, which leaves lines of nothing but blanks as they are. */
function readHeredoc(source: string, { content, isFlush }: Heredoc): MappedText {
  const builder = new MappedTextBuilder(source, content.start)
  const lines = linesOf(source, content)
  const indent = isFlush ? sharedIndent(source, lines) : 0
  for (const { start, end, templates } of lines) {
    let at = isBlank(source, start, end) ? start : start + indent
    for (const template of [...templates, { start: end, end }]) {
      copyWithEscapes(builder, source, at, template.start, heredocEscape)
      writeTemplate(builder, source, template)
      at = template.end
    }
  }
  return builder.build()
}

/** A line with its line break; one that a template spans goes on behind it. */
interface Line extends Range {
  readonly templates: readonly Range[]
}

function linesOf(source: string, content: Range): Line[] {
  const templates = templatesIn(source, content)
  const lines: Line[] = []
  let next = 0
  for (let start = content.start; start < content.end; ) {
    const first = next
    let end = endOfLine(source, start, content.end)
    for (let template = templates[next]; template && template.start < end; template = templates[++next]) {
      if (template.end > end) end = endOfLine(source, template.end, content.end)
    }
    lines.push({ start, end, templates: templates.slice(first, next) })
    start = end
  }
  return lines
}

function endOfLine(source: string, at: number, limit: number): number {
  const lineBreak = source.indexOf('\n', at)
  return lineBreak === -1 || lineBreak >= limit ? limit : lineBreak + 1
}

function isBlank(source: string, start: number, end: number): boolean {
  return source[end - 1] === '\n' && blanksAt(source, start, end) === end - start
}

function blanksAt(source: string, start: number, end: number): number {
  let at = start
  while (at < end && /\s/.test(source[at] ?? '')) at++
  return at - start
}

function sharedIndent(source: string, lines: readonly Line[]): number {
  const widths = lines.filter(({ start, end }) => !isBlank(source, start, end))
  return widths.reduce(
    (least, { start, end }) => Math.min(least, blanksAt(source, start, end)),
    Number.MAX_SAFE_INTEGER,
  )
}

/** The edits of the source that make the string read `applyEdits(text, edits)`; null where they do not, as reading the result shows. */
function edited(host: HostText, place: HclPlace, mapped: MappedText, edits: readonly TextEdit[]): TextEdit[] | null {
  const { text } = mapped
  const source = host.text
  const outer: TextEdit[] = []
  for (const edit of place.style === 'heredoc' ? joinedByLine(text, edits) : edits) {
    if (breaksCharacter(text, edit) || !isWhole(mapped, edit.start) || !isWhole(mapped, edit.end)) return null
    outer.push(place.style === 'quoted' ? quotedEdit(mapped, edit) : heredocEdit(host, place, mapped, edit))
  }
  const result = applyEdits(
    source.slice(place.start, place.end),
    outer.map((edit) => ({ ...edit, start: edit.start - place.start, end: edit.end - place.start })),
  )
  return readAgain(result, place) === applyEdits(text, edits) ? outer : null
}

/** True where one unit of the source ends and the next begins. */
function isWhole({ text, map }: MappedText, offset: number): boolean {
  return offset === 0 || offset === text.length || map.unitAt(offset).start === offset
}

function quotedEdit({ map }: MappedText, edit: TextEdit): TextEdit {
  const start = map.endOf(edit.start - 1)
  const end = edit.end > edit.start ? map.endOf(edit.end - 1) : start
  const text = JSON.stringify(edit.text)
    .slice(1, -1)
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c')
    .replace(/([$%])\{/g, '$1$1{')
  return { start, end, text }
}

function heredocEdit(host: HostText, place: Heredoc, { text, map }: MappedText, edit: TextEdit): TextEdit {
  const source = host.text
  const lines = place.isFlush ? linesOf(source, place.content) : []
  const model = lines.find((line) => !isBlank(source, line.start, line.end))
  const indentation = model ? source.slice(model.start, model.start + sharedIndent(source, lines)) : ''
  const isLineStart = edit.start === 0 || text[edit.start - 1] === '\n'
  // From the very start of the line, so that an edit writes the indentation where there is content.
  const start = edit.start === 0 ? place.content.start : map.endOf(edit.start - 1)
  let end = edit.end === edit.start ? start : map.endOf(edit.end - 1)
  const rest = text.slice(edit.end, (text.indexOf('\n', edit.end) + 1 || text.length + 1) - 1)
  const endsAtLineStart = edit.end === 0 || text[edit.end - 1] === '\n'
  if (endsAtLineStart && rest.trim() !== '') end = map.toOuter({ start: edit.end, end: edit.end }).start
  const written = edit.text.split('\n').map((line, index, all) => {
    const isLast = index === all.length - 1
    const hasContent = (line + (isLast ? rest : '')).trim() !== ''
    return (index > 0 || isLineStart) && hasContent ? indentation + line : line
  })
  return { start, end, text: written.join(host.lineEnding()).replace(/([$%])\{/g, '$1$1{') }
}

/** The value of the string that stands there now, undefined when it ends elsewhere. */
function readAgain(source: string, place: HclPlace): string | undefined {
  if (place.style === 'quoted') {
    // What is left open goes on behind the quote.
    const isOne = endOfQuoted(`${source}\n`, 0, source.length + 1) === source.length && source.endsWith('"')
    return isOne ? readQuoted(source, { start: 0, end: source.length }).text : undefined
  }
  const start = place.content.start - place.start
  const again = heredocAt(source, 0)
  if (again && templatesIn(source, again.content).some(({ end }) => source[end - 1] !== '}')) return undefined
  return again?.end === source.length && again.content.start === start ? readHeredoc(source, again).text : undefined
}

const opening = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy

/** The heredoc that begins at an offset, undefined when there is none; one that nothing ends goes on to the end. */
export function heredocAt(source: string, start: number): Heredoc | undefined {
  opening.lastIndex = start
  const match = opening.exec(source)
  if (!match) return undefined
  const [header, dash, marker = ''] = match
  const content = start + header.length
  for (let at = content; at < source.length; at = endOfLine(source, at, source.length)) {
    const line = source.slice(at, endOfLine(source, at, source.length))
    if (line.trim() !== marker) continue
    const end = at + line.trimEnd().length
    return { style: 'heredoc', start, end, content: { start: content, end: at }, marker, isFlush: dash === '-' }
  }
  const all = { start: content, end: source.length }
  return { style: 'heredoc', start, end: source.length, content: all, marker, isFlush: dash === '-' }
}
