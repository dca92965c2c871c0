import { type Diagnostic, SEVERITIES, type Severity } from '../lint/diagnostic.ts'
import type { LintResult } from '../lint/result.ts'
import { visible } from '../text/width.ts'
import { positionIn, type Sources } from './source.ts'
import { listed } from './words.ts'

/** How the runner of GitHub Actions calls a severity. */
export type AnnotationLevel = 'error' | 'warning' | 'notice'

/** A remark at a place of a file, as GitHub shows it beside a change; lines and columns 1-based, columns in UTF-16 units. */
export interface Annotation {
  readonly level: AnnotationLevel
  readonly title: string
  readonly message: string
  /** Null for a remark about the run. */
  readonly place: AnnotationPlace | null
}

export interface AnnotationPlace {
  readonly file: string
  readonly line: number
  readonly endLine: number
  /** Where it begins and, exclusive, ends in its line; null for a remark over several lines, for which GitHub has none. */
  readonly columns: { readonly start: number; readonly end: number } | null
}

/** The runner shows this many of a level for a step and drops the rest without a word. */
const mostOfLevel = 10

const levels: Readonly<Record<Severity, AnnotationLevel>> = { error: 'error', warning: 'warning', info: 'notice' }

/** The annotations that GitHub shows of a result, and the findings for which it has no room. */
export interface Annotations {
  /** Most severe first, then in the order of the files; a last one says how many findings there are more. */
  readonly shown: readonly Annotation[]
  readonly left: readonly Diagnostic[]
}

/** The findings as annotations, at most ten of a level; `elsewhere` says where the rest is found: "the log has them all". */
export function annotationsOf(result: LintResult, sources: Sources, elsewhere: string): Annotations {
  const findings = result.files.flatMap((file) => file.findings)
  const bySeverity = SEVERITIES.map((severity) => findings.filter((finding) => finding.severity === severity))
  // The last word is an annotation of the same level as infos, and needs room among them.
  const isFull = bySeverity.some((own) => own.length > mostOfLevel)
  const room = (severity: Severity) => (isFull && severity === 'info' ? mostOfLevel - 1 : mostOfLevel)
  const parts = bySeverity.map((own, index) => {
    const most = room(SEVERITIES[index] ?? 'info')
    return { shown: own.slice(0, most), left: own.slice(most) }
  })
  const shown = parts.flatMap((part) => part.shown.map((finding) => annotationOf(finding, sources)))
  const left = parts.flatMap((part) => part.left)
  return { shown: left.length === 0 ? shown : [...shown, closing(left, elsewhere)], left }
}

function annotationOf(finding: Diagnostic, sources: Sources): Annotation {
  const { path, range, severity, ruleId, message } = finding
  const source = sources.get(path)
  const start = positionIn(source, range.start)
  const end = positionIn(source, range.end)
  const columns = start.line === end.line ? { start: start.column, end: end.column } : null
  return {
    level: levels[severity],
    title: ruleId,
    message: source.legible(message),
    place: { file: visible(path), line: start.line, endLine: end.line, columns },
  }
}

function closing(left: readonly Diagnostic[], elsewhere: string): Annotation {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = left.filter((finding) => finding.severity === severity).length
    const noun = severity === 'info' ? 'info' : count === 1 ? severity : `${severity}s`
    return count === 0 ? [] : [`${count} more ${noun}`]
  })
  return { level: 'notice', title: 'corefile', message: `${listed(counts)}: ${elsewhere}`, place: null }
}
