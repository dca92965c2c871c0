import { FileLines } from '../text/file-lines.ts'
import { RULE_PAGES } from './collector.ts'
import type { Diagnostic } from './diagnostic.ts'
import { isOn, severityOf } from './inspect.ts'
import type { Suppressed } from './result.ts'
import type { Rule, RunFinding } from './rule.ts'
import type { LintOptions } from './run.ts'
import type { Workspace } from './workspace.ts'

/** What rules found that look at the run as a whole. */
export interface RunInspection {
  readonly shown: readonly Diagnostic[]
  readonly suppressed: readonly Suppressed[]
  /** The objects they looked at. */
  readonly looked: readonly { readonly path: string; readonly name: string }[]
}

/** Lets the rules look once at all objects of the run. `texts` has the files by their paths. Throws only where a rule is broken. */
export function inspectRun(
  workspace: Workspace,
  texts: ReadonlyMap<string, string>,
  options: LintOptions,
): RunInspection {
  const shown: Diagnostic[] = []
  const suppressed: Suppressed[] = []
  const looked = new Map<string, { readonly path: string; readonly name: string }>()
  const targets = new Map<string, LintOptions>()
  const optionsFor = (path: string) => {
    let target = targets.get(path)
    if (target === undefined) {
      target = { ...options, ...options.overrides?.(path) }
      targets.set(path, target)
    }
    return target
  }
  const lines = new FileLines((path) => texts.get(path))
  const comments = new Map<string, readonly Comment[]>()
  const commentsIn = (path: string) => {
    let known = comments.get(path)
    if (known === undefined) {
      known = commentsOf(texts.get(path) ?? '')
      comments.set(path, known)
    }
    return known
  }
  for (const rule of options.rules) {
    rule.checkRun?.({
      workspace,
      settingsFor: (path) => optionsFor(path).settings,
      look: (object) => looked.set(`${object.path}\n${object.name}`, object),
      report(finding) {
        const { path, range } = finding.at
        const target = optionsFor(path)
        if (!isOn(rule, target)) return
        const diagnostic = diagnosticOf(rule, finding, target)
        const { line } = lines.positionOf({ path, range })
        const comment = commentsIn(path).find(
          (one) => one.rules.includes(rule.id) && one.from <= line && line <= one.to,
        )
        if (comment === undefined) shown.push(diagnostic)
        else suppressed.push({ diagnostic, reason: comment.reason })
      },
    })
  }
  return { shown, suppressed, looked: [...looked.values()] }
}

function diagnosticOf(rule: Rule, finding: RunFinding, target: LintOptions): Diagnostic {
  const { at, message, severity = rule.severity, effect = rule.effects[0], related = [], help = null } = finding
  if (effect === undefined || !rule.effects.includes(effect))
    throw new Error(`rule ${rule.id} does not declare the effect ${effect}`)
  return {
    ruleId: rule.id,
    severity: severityOf(rule, severity, target),
    effect,
    message,
    path: at.path,
    range: at.range,
    related: related.map((one) => ({ message: one.message, path: one.at.path, range: one.at.range })),
    help,
    url: `${RULE_PAGES}${rule.id}.md`,
    fix: null,
    releases: null,
  }
}

/** A comment of YAML that asks not to show findings; `from` and `to` are the 1-based lines it is about. */
interface Comment {
  readonly rules: readonly string[]
  readonly reason: string
  readonly from: number
  readonly to: number
}

/** A comment behind a value is about its line, one above a key about the key and its whole value. */
function commentsOf(text: string): Comment[] {
  if (!text.includes('corefile-ignore')) return []
  const lines = text.split('\n')
  return lines.flatMap((written, at) => {
    const [, before = '', keyword, rest = ''] =
      /^(.*?)#[ \t]*(corefile-ignore(?:-file)?)[ \t]+(.*)$/.exec(written) ?? []
    if (keyword === undefined) return []
    const [names = '', ...reasons] = rest.split('--')
    const rules = names.split(/[\s,]+/).filter((word) => word !== '')
    const reason = reasons.join('--').trim()
    if (keyword.endsWith('-file')) return [{ rules, reason, from: 1, to: lines.length }]
    if (before.trim() !== '') return [{ rules, reason, from: at + 1, to: at + 1 }]
    return [{ rules, reason, from: at + 2, to: lastLineOf(lines, at + 1) }]
  })
}

/** The 1-based last line of the value whose key stands on a line by its index: those that are indented deeper belong to it. */
function lastLineOf(lines: readonly string[], key: number): number {
  const indent = indentOf(lines[key] ?? '')
  let last = key
  for (let at = key + 1; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if (indentOf(line) <= indent) break
    last = at
  }
  return last + 1
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
