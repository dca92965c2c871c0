import { parse } from 'yaml'
import type { Diagnostic, Effect, ReleaseSpan, Safety, Severity } from '../../src/lint/diagnostic.ts'
import type { CorefileResult, FileResult, LintResult } from '../../src/lint/result.ts'
import type { ReportContext } from '../../src/report/reporter.ts'
import { LineIndex } from '../../src/text/lines.ts'
import type { Range } from '../../src/text/range.ts'

/** A result of lint as a person writes it down: places are `PATH:LINE:COLUMN TEXT`, where TEXT is what stands there. */
interface Situation {
  readonly columns?: number
  readonly colours?: boolean
  readonly links?: boolean
  readonly elapsed?: number
  readonly releaseNote?: string
  readonly files: Readonly<Record<string, string>>
  /** Files that findings refer to and that the result does not hold. */
  readonly others?: Readonly<Record<string, string>>
  /** Files that hold no Corefile, or several. */
  readonly corefiles?: Readonly<Record<string, readonly CorefileSituation[]>>
  readonly target?: { readonly releases?: readonly string[]; readonly from?: string; readonly build?: string }
  readonly findings?: readonly FindingSituation[]
  readonly suppressed?: readonly (FindingSituation & { readonly reason: string })[]
  readonly unchecked?: readonly { readonly at: string; readonly message: string }[]
  readonly secrets?: readonly string[]
}

interface CorefileSituation {
  readonly name?: string
  readonly kind?: string
  readonly verdict?: CorefileResult['verdict']
  readonly unknown?: readonly string[]
}

interface FindingSituation {
  readonly rule: string
  readonly severity: Severity
  readonly effect?: Effect
  readonly at: string
  readonly message: string
  readonly related?: readonly { readonly at: string; readonly message: string }[]
  readonly help?: string
  readonly releases?: readonly ReleaseSpan[]
  readonly fix?: {
    readonly title: string
    readonly safety: Safety
    readonly edits: readonly { readonly at: string; readonly text: string }[]
  }
}

/** The result and the context that a situation, written in YAML, describes. */
export function readSituation(yaml: string): { result: LintResult; context: ReportContext } {
  const situation = parse(yaml) as Situation
  const findings = (situation.findings ?? []).map((finding) => diagnosticOf(finding, situation))
  const files = Object.keys(situation.files).map((path) => fileOf(path, findings, situation))
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  const corefiles = files.flatMap((file) => file.corefiles)
  const summary = {
    files: files.filter((file) => file.corefiles.length > 0).length,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    fixable: findings.filter(({ fix }) => fix !== null).length,
    refused: corefiles.filter(({ verdict }) => verdict === 'refused').length,
  }
  const { columns = 100, colours = false, links = false, elapsed = null, releaseNote = null } = situation
  const textOf = (path: string) => situation.others?.[path]
  return {
    result: { files, unreadable: [], summary },
    context: { columns, colours, links, elapsed, releaseNote, textOf },
  }
}

function fileOf(path: string, findings: readonly Diagnostic[], situation: Situation): FileResult {
  const text = situation.files[path] ?? ''
  const { releases = ['1.12.0'], from = 'flag', build = 'official' } = situation.target ?? {}
  const coredns = releases.at(-1) ?? ''
  const own = findings.filter((finding) => finding.path === path)
  const isRefused = own.some(({ effect }) => effect === 'refused')
  const corefiles = (situation.corefiles?.[path] ?? [{}]).map(
    ({
      name = path,
      kind = 'corefile',
      verdict = isRefused ? 'refused' : 'accepted',
      unknown = [],
    }): CorefileResult => ({
      name,
      kind,
      range: { start: 0, end: text.length },
      target: { coredns, releases, build, from },
      verdict,
      assumes: [],
      unknown,
      refusedBy: verdict === 'refused' ? releases : [],
    }),
  )
  const here = ({ at }: { at: string }) => placeOf(at, situation).path === path
  return {
    path,
    text,
    corefiles,
    findings: own,
    suppressed: (situation.suppressed ?? [])
      .filter(here)
      .map((finding) => ({ diagnostic: diagnosticOf(finding, situation), reason: finding.reason })),
    unchecked: (situation.unchecked ?? [])
      .filter(here)
      .map(({ at, message }) => ({ message, range: placeOf(at, situation).range })),
    secrets: (situation.secrets ?? []).filter((at) => here({ at })).map((at) => placeOf(at, situation).range),
  }
}

function diagnosticOf(finding: FindingSituation, situation: Situation): Diagnostic {
  const { rule, severity, effect = 'misbehaves', message, help = null, releases = null, fix = null } = finding
  return {
    ruleId: rule,
    severity,
    effect,
    message,
    ...placeOf(finding.at, situation),
    related: (finding.related ?? []).map((other) => ({ message: other.message, ...placeOf(other.at, situation) })),
    help,
    url: `https://example.org/rules/${rule}`,
    fix: fix && { ...fix, edits: fix.edits.map(({ at, text }) => ({ ...placeOf(at, situation).range, text })) },
    releases,
  }
}

function placeOf(at: string, situation: Situation): { path: string; range: Range } {
  const [, path = '', line, column, expected = ''] = /^([\s\S]+?):(\d+):(\d+)(?: ([\s\S]*))?$/.exec(at) ?? []
  const text = situation.files[path] ?? situation.others?.[path]
  if (text === undefined) throw new Error(`no such file in the situation: ${at}`)
  const start = new LineIndex(text).offsetAt(Number(line), Number(column))
  const found = text.slice(start, start + expected.length)
  if (found !== expected) throw new Error(`at ${at} stands ${JSON.stringify(found)}`)
  return { path, range: { start, end: start + expected.length } }
}
