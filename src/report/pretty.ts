import type { Diagnostic, Related } from '../lint/diagnostic.ts'
import type { LintResult } from '../lint/result.ts'
import { displayWidth } from '../text/width.ts'
import { isSilent, notChecked, outcome } from './closing.ts'
import { fixPreview } from './fix-preview.ts'
import {
  emptyRow,
  frame,
  gutter,
  indent,
  type Layout,
  lastLineOf,
  layoutFor,
  noteRow,
  roomFor,
  type Span,
} from './frame.ts'
import { judgedBy } from './judged-by.ts'
import { linked, type Paint, painter } from './paint.ts'
import type { ReportContext, Reporter } from './reporter.ts'
import { placeIn, type Source, Sources } from './source.ts'
import { wrapped } from './words.ts'

/** More files than this that could not be checked fully are counted. */
const mostGaps = 8

/** What, where, so what, what now: each finding with the lines of the file it is about, then what was not checked, and a summary. */
export const pretty: Reporter = (result, context) => {
  if (isSilent(result)) return ''
  const sources = new Sources(result, context.textOf)
  const paint = painter(context.colours)
  const blocks: string[] = []
  for (const { findings } of result.files) {
    for (const finding of findings) blocks.push(findingBlock(finding, sources, context, paint))
  }
  const gaps = notChecked(result, sources)
  const rest = gaps.length > mostGaps ? [`${gaps.length - mostGaps} more files (--format json tells which)`] : []
  const told = [...gaps.slice(0, mostGaps), ...rest].flatMap((line) =>
    hanging('not fully checked: ', line, context.columns),
  )
  if (told.length > 0) blocks.push(told.join('\n'))
  blocks.push(closing(result, context))
  return `${blocks.join('\n\n')}\n`
}

function findingBlock(finding: Diagnostic, sources: Sources, context: ReportContext, paint: Paint): string {
  const source = sources.get(finding.path)
  const { severity, ruleId, url, madeFrom } = finding
  const place = paint('path', placeIn(source, finding.range.start))
  const rule = linked(paint('rule', ruleId), url, context.links)
  const message = wrapped(source.legible(finding.message), context.columns - indent.length)
  return [
    `${place} ${paint(severity, severity)} ${rule}${madeFrom === undefined ? '' : ` (made from ${source.legible(madeFrom)})`}`,
    '',
    ...message.map((line) => indent + paint('message', line)),
    '',
    ...framesOf(finding, sources, context, paint),
  ].join('\n')
}

/** The frame of the finding's own file with the fix and other notes, then one for each other file that belongs to it. */
function framesOf(finding: Diagnostic, sources: Sources, context: ReportContext, paint: Paint): string[] {
  const source = sources.get(finding.path)
  const here = finding.related.filter(({ path }) => path === finding.path)
  const spans: Span[] = [{ range: finding.range, label: null, role: finding.severity }, ...here.map(spanOf)]
  const inside = spans.filter((span) => isInside(source, span))
  const layout = layoutFor(Math.max(1, lastLineOf(source, inside)), context.columns, paint)
  const rows = frame(source, inside, layout)
  const elsewhere = Map.groupBy(
    finding.related.filter(({ path }) => path !== finding.path),
    ({ path }) => path,
  )
  for (const [path, related] of elsewhere) rows.push(...otherFrame(sources.get(path), related, layout))
  const notes = notesOf(finding, source, layout, context)
  return notes.length > 0 ? [...rows, emptyRow(layout), ...notes] : rows
}

function otherFrame(source: Source, related: readonly Related[], layout: Layout): string[] {
  const spans = related.map(spanOf)
  const inside = spans.filter((span) => isInside(source, span))
  const place = placeIn(source, related[0]?.range.start ?? 0)
  const heading = `${gutter(layout, null)}${layout.paint('frame', '╷')} ${layout.paint('path', place)}`
  if (inside.length === 0) return related.map(({ message }) => `${heading} ${source.legible(message)}`)
  return [heading, ...frame(source, inside, layout)]
}

function spanOf({ range, message }: Related): Span {
  return { range, label: message, role: 'related' }
}

/** False for a place in a file whose text is not at hand. */
function isInside({ lines }: Source, { range }: Span): boolean {
  return lines.text !== '' && range.end <= lines.text.length
}

function notesOf(finding: Diagnostic, source: Source, layout: Layout, { effectOf }: ReportContext): string[] {
  const { help, releases, fix } = finding
  const note = (text: string) => wrapped(text, roomFor(layout)).map((line, index) => noteRow(line, layout, index > 0))
  const rows: string[] = []
  if (releases !== null) {
    const spans = releases.map(({ from, to }) => (from === to ? from : `${from} to ${to}`))
    rows.push(...note(`holds for CoreDNS ${spans.join(', ')}`))
  }
  if (help !== null) rows.push(...note(source.legible(help)))
  if (fix !== null) {
    const flag = fix.safety === 'safe' ? '--fix' : '--fix-unsafe'
    rows.push(...note(`fix (${flag}): ${source.legible(fix.title)}`), ...fixPreview(source, fix, layout))
    for (const effect of effectOf?.(finding) ?? []) rows.push(...note(source.legible(effect)))
  }
  return rows
}

function closing(result: LintResult, context: ReportContext): string {
  const left = `${outcome(result)}.`
  const elapsed = context.elapsed === null ? [] : [duration(context.elapsed)]
  const right = [judgedBy(result, context.releaseNote), ...elapsed].filter((part) => part !== '').join(', ')
  const together = `${left}   ${right}`
  if (displayWidth(together) <= context.columns) return together
  return [...wrapped(left, context.columns), ...wrapped(right, context.columns)].join('\n')
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

/** A text with a beginning, whose further lines stand two blanks in. */
function hanging(start: string, text: string, columns: number): string[] {
  return wrapped(start + text, columns - 2).map((line, index) => (index === 0 ? line : `  ${line}`))
}
