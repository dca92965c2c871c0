import type { ImportSite } from '../../grammar/token-source.ts'
import type { TokenList } from '../../grammar/tokens.ts'
import { sortEdits } from '../text/edit.ts'
import { LineIndex } from '../text/lines.ts'
import { covers, type Range } from '../text/range.ts'
import type { CustomParts } from './custom-parts.ts'
import {
  type Diagnostic,
  EFFECTS,
  type Fix,
  type Related,
  type ReleaseSpan,
  SEVERITIES,
  type Severity,
} from './diagnostic.ts'
import type { Finding, ProposedFix, Rule, Spot } from './rule.ts'
import type { CorefileUnit } from './workspace.ts'

/** A finding on its way to the result: merged over releases, with the line that comments are compared with. */
export interface Collected {
  /** As the release reported it that it does most harm to. */
  diagnostic: Diagnostic
  /** The text that holds it: the Corefile or an imported file; null for a place around the Corefile. */
  readonly list: TokenList | null
  /** 1-based line in `list`. */
  readonly line: number
  readonly releases: Set<string>
}

/** Where pages about rules live. */
export const RULE_PAGES = 'https://github.com/corefile/corefile/blob/main/docs/rules/'

/**
 * Gathers what rules report about one Corefile: checks that a report is well formed, carries its places and edits to the file that
 * a person edits, and joins what several releases, or several imports of one snippet, report alike.
 */
export class Collector {
  readonly #unit: CorefileUnit
  readonly #severityOf: (rule: Rule, severity: Severity) => Severity
  readonly #parts: CustomParts | null
  readonly #found = new Map<string, Collected>()

  /** `parts` are imported by the unit and have places of their own in files. */
  constructor(
    unit: CorefileUnit,
    severityOf: (rule: Rule, severity: Severity) => Severity,
    parts: CustomParts | null = null,
  ) {
    this.#unit = unit
    this.#severityOf = severityOf
    this.#parts = parts
  }

  get found(): Collected[] {
    return [...this.#found.values()]
  }

  /** Takes a report. Throws an Error that names the rule when the report is malformed: that is a bug in the rule. */
  add(rule: Rule, release: string, finding: Finding): void {
    try {
      this.#add(rule, release, finding)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new Error(`rule ${rule.id} reports ${error.message}`, { cause: error })
    }
  }

  #add(rule: Rule, release: string, finding: Finding): void {
    const effect = finding.effect ?? rule.effects[0]
    if (effect === undefined || !rule.effects.includes(effect))
      throw new Error(`rule ${rule.id} does not declare the effect ${effect}`)
    const { list, range, site, file } = this.#locate(finding.at)
    const { path, outer } = this.#carry(list, range, file)
    const id = `${rule.id}\n${path}\n${outer.start}\n${outer.end}\n${finding.message}`
    const known = this.#found.get(id)
    known?.releases.add(release)
    const severity = this.#severityOf(rule, finding.severity ?? rule.severity)
    if (known !== undefined && !isGraver({ effect, severity }, known.diagnostic)) return
    const related = [
      ...(finding.related ?? []).map(({ at, message }) => this.#related(at, message)),
      ...this.#imports(site),
    ]
    const source = file === undefined ? this.#unitOf(list)?.embedded?.source : undefined
    const diagnostic: Diagnostic = {
      ruleId: rule.id,
      severity,
      effect,
      message: finding.message,
      path,
      range: outer,
      ...(source === undefined ? {} : { madeFrom: source }),
      related,
      help: finding.help ?? null,
      url: `${RULE_PAGES}${rule.id}.md`,
      fix: this.#fix(rule, finding.fix ?? null, list),
      releases: null,
    }
    if (known !== undefined) known.diagnostic = diagnostic
    else {
      const line = list === null ? 0 : lineOf(list, range.start)
      this.#found.set(id, { diagnostic, list, line, releases: new Set([release]) })
    }
  }

  #locate(spot: Spot): { list: TokenList | null; range: Range; site: ImportSite | null; file?: string } {
    if ('outer' in spot) return { list: null, range: spot.outer, site: null }
    if ('path' in spot) return { list: null, range: spot.range, site: null, file: spot.path }
    if ('range' in spot) {
      const { list, range } = spot
      if (range.start > range.end || !covers({ start: 0, end: list.text.length }, range))
        throw new RangeError(`a range outside of its text: ${range.start}-${range.end}`)
      return { list, range, site: null }
    }
    const from = 'from' in spot ? spot.from : spot
    const to = 'to' in spot ? spot.to : spot
    const { list, index, site } = from
    const last = to.list === list && to.index >= index ? to.index : index
    return { list, range: { start: list.start(index), end: list.end(last) }, site }
  }

  #carry(list: TokenList | null, range: Range, file = this.#unit.path): { path: string; outer: Range } {
    if (list === null) return { path: file, outer: range }
    const unit = this.#unitOf(list)
    return unit === undefined ? { path: list.file, outer: range } : { path: unit.path, outer: unit.toOuter(range) }
  }

  /** The unit whose text a list is, or around which a place is; undefined for a file that it imports. */
  #unitOf(list: TokenList | null): CorefileUnit | undefined {
    return list === null || list.file === '' ? this.#unit : this.#parts?.unitOf(list.file)
  }

  #related(at: Spot, message: string): Related {
    const { list, range, file } = this.#locate(at)
    const { path, outer } = this.#carry(list, range, file)
    return { message, path, range: outer }
  }

  /** The import lines that brought the place, innermost first. */
  #imports(site: ImportSite | null): Related[] {
    const lines: Related[] = []
    for (let at = site; at !== null && lines.length < 10; at = at.parent) {
      lines.push(
        this.#related(
          {
            from: { list: at.list, index: at.index, site: at.parent },
            to: { list: at.list, index: at.index + 1, site: at.parent },
          },
          'imported here',
        ),
      )
    }
    return lines
  }

  #fix(rule: Rule, fix: ProposedFix | null, list: TokenList | null): Fix | null {
    if (fix === null) return null
    if (rule.fix === null || (rule.fix === 'safe' && fix.safety === 'unsafe'))
      throw new Error(`rule ${rule.id} does not declare the fix "${fix.title}"`)
    const target = fix.list ?? list
    if (target !== null) {
      const { text } = target
      const sorted = sortEdits(fix.edits, text.length)
      if (sorted.every((edit) => text.slice(edit.start, edit.end) === edit.text)) return null
    }
    // A file that is imported may serve others as well, and may be no part of this run: it is not edited from here.
    const edits = target === null ? fix.edits : (this.#unitOf(target)?.toOuterEdits(fix.edits) ?? null)
    return edits === null ? null : { title: fix.title, safety: fix.safety, edits: sortEdits(edits) }
  }
}

/** Whether a finding does more harm than another, or is as bad and more severe. */
function isGraver(a: Pick<Diagnostic, 'effect' | 'severity'>, b: Pick<Diagnostic, 'effect' | 'severity'>): boolean {
  const harm = EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect)
  return harm === 0 ? SEVERITIES.indexOf(a.severity) < SEVERITIES.indexOf(b.severity) : harm < 0
}

/** 1-based line of an offset; nobody counts a long text again for each finding. */
function lineOf(list: TokenList, offset: number): number {
  const index = list.indexAt(offset)
  if (list.start(index) === offset && index < list.count) return list.line(index)
  let lines = lineIndices.get(list)
  if (lines === undefined) {
    lines = new LineIndex(list.text)
    lineIndices.set(list, lines)
  }
  return lines.positionAt(offset).line
}

const lineIndices = new WeakMap<TokenList, LineIndex>()

/** The releases among those judged, as spans of neighbours; null when all are among them. */
export function spansOf(found: ReadonlySet<string>, judged: readonly string[]): ReleaseSpan[] | null {
  if (judged.every((release) => found.has(release))) return null
  const spans: { from: string; to: string }[] = []
  let open: { from: string; to: string } | null = null
  for (const release of judged) {
    if (!found.has(release)) open = null
    else if (open !== null) open.to = release
    else {
      open = { from: release, to: release }
      spans.push(open)
    }
  }
  return spans
}
