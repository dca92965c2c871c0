import type { Diagnostic, Fix, Severity } from '../lint/diagnostic.ts'
import type { Range } from '../text/range.ts'
import { jsonText } from './json-text.ts'
import type { Reporter } from './reporter.ts'
import { type Source, Sources } from './source.ts'
import { tellableFix } from './tellable-fix.ts'
import { homepage, tool } from './tool.ts'

const severities: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' }

/** Reviewdog Diagnostic Format, one DiagnosticResult a run; columns are 1-based UTF-8 bytes, a fix is one suggestion. */
export const rdjson: Reporter = (result, { textOf }) => {
  const sources = new Sources(result, textOf)
  const diagnostics = result.files.flatMap(({ findings }) =>
    findings.map((finding) => diagnosticShape(finding, sources)),
  )
  return jsonText({ source: { name: tool.name, url: homepage }, diagnostics })
}

function diagnosticShape(finding: Diagnostic, sources: Sources) {
  const { ruleId, severity, message, path, range, related, help, url, fix } = finding
  const source = sources.get(path)
  const inFiles = related.filter(({ isInNoFile }) => isInNoFile !== true)
  const suggestion = suggestionOf(tellableFix(fix, source), source)
  const words = [message, ...(help === null ? [] : [help])].map((text) => source.legible(text))
  return {
    message: words.join('\n'),
    location: location(source, range),
    severity: severities[severity],
    code: { value: ruleId, url },
    ...(suggestion === null ? {} : { suggestions: [suggestion] }),
    ...(inFiles.length === 0
      ? {}
      : { related_locations: inFiles.map((other) => relatedShape(other, source, sources)) }),
  }
}

function relatedShape(other: Diagnostic['related'][number], source: Source, sources: Sources) {
  return { message: source.legible(other.message), location: location(sources.get(other.path), other.range) }
}

/**
 * The edits of a fix as one: every suggestion is offered by itself, and half a fix may be worse than none. Null where the text between
 * the edits holds a secret.
 */
function suggestionOf(fix: Fix | null, source: Source) {
  const first = fix?.edits[0]
  if (fix === null || first === undefined) return null
  const { text: whole } = source.lines
  let text = ''
  let end = first.start
  for (const edit of fix.edits) {
    const between = source.secrets.inRange({ start: end, end: edit.start })
    if (between.text !== whole.slice(end, edit.start)) return null
    text += between.text + edit.text
    end = edit.end
  }
  return { range: rangeShape(source, { start: first.start, end }), text }
}

function location(source: Source, range: Range) {
  return { path: source.path, range: rangeShape(source, range) }
}

function rangeShape(source: Source, { start, end }: Range) {
  return { start: place(source, start), end: place(source, end) }
}

function place({ lines }: Source, offset: number) {
  return offset <= lines.text.length ? lines.bytePositionAt(offset) : { line: 1, column: offset + 1 }
}
