import { buildName } from '../../grammar/builds.ts'
import type { FilePlace, Range } from '../text/range.ts'
import type { Verdict } from '../verdict/reason.ts'
import { spansOf } from './collector.ts'
import type { CustomParts } from './custom-parts.ts'
import { type Diagnostic, type Related, SEVERITIES } from './diagnostic.ts'
import type { Inspection } from './inspect.ts'
import type { RunInspection } from './inspect-run.ts'
import type { CorefileResult, FileResult, Suppressed, Target } from './result.ts'
import type { TargetOptions } from './run.ts'
import { secretRanges } from './secrets.ts'
import type { CorefileUnit } from './workspace.ts'

/** A Corefile judged together with its parts in a custom ConfigMap. */
export interface Merged {
  /** Of the Corefile that imports them. */
  readonly inspection: Inspection
  readonly parts: CustomParts
  /** False where that Corefile is reported by itself, or is nobody's in this run. */
  readonly isRootShown: boolean
  /** What to say of a part that the Corefile does not import. */
  readonly notImported: string
}

/** What is not known of a fragment whose root block is not at hand. */
export const NEEDS_ROOT = 'needs its root block'

interface FileInProgress {
  readonly path: string
  readonly text: string
  readonly findings: Map<string, Diagnostic>
  /** Rule and place of each finding. */
  readonly places: Set<string>
  readonly suppressed: Suppressed[]
  readonly secrets: Range[]
  readonly unchecked: { message: string; range: Range | null }[]
  /** Names of objects without a Corefile. */
  readonly objects: Set<string>
}

/** Gathers what was found by the file that it is about. */
export class Results {
  /** The texts of all files that findings speak of. */
  readonly texts: Map<string, string>
  readonly #files = new Map<string, FileInProgress>()
  readonly #corefiles = new Map<CorefileUnit, CorefileResult>()
  /** The Corefile that imports a file, by the path of that. */
  readonly #importers = new Map<string, CorefileResult>()

  constructor(texts: ReadonlyMap<string, string>) {
    this.texts = new Map(texts)
  }

  of(path: string): FileInProgress {
    let file = this.#files.get(path)
    if (file === undefined) {
      const text = this.texts.get(path) ?? ''
      file = {
        path,
        text,
        findings: new Map(),
        places: new Set(),
        suppressed: [],
        secrets: [],
        unchecked: [],
        objects: new Set(),
      }
      this.#files.set(path, file)
    }
    return file
  }

  /** Takes what was found in a Corefile; what is about `parts`, which it imports, waits for `merge`. */
  add(inspection: Inspection, parts: CustomParts | null): void {
    const { unit, options, suppressed, servers, verdicts } = inspection
    for (const diagnostic of this.#shown(inspection)) {
      if (parts === null || shownInParts(diagnostic, parts) === null) this.#add(diagnostic)
    }
    const file = this.of(unit.path)
    for (const one of suppressed) file.suppressed.push(one)
    for (const [list, ranges] of secretRanges(servers)) {
      const part = parts?.unitOf(list.file)
      const isOwn = list === servers.configuration.main
      const holder = isOwn ? file : this.#files.get(part?.path ?? list.file)
      const toOuter = (range: Range) => (isOwn ? unit.toOuter(range) : (part?.toOuter(range) ?? range))
      for (const range of ranges) holder?.secrets.push(toOuter(range))
    }
    const corefile = corefileResult(unit, verdicts, options)
    this.#corefiles.set(unit, corefile)
    for (const { files } of servers.configuration.imports)
      for (const path of files) if (!this.#importers.has(path)) this.#importers.set(path, corefile)
  }

  /** Takes what was found in a Corefile with its parts, as far as it is about these, and gives them the verdict of the whole. */
  merge({ inspection, parts, isRootShown, notImported }: Merged): void {
    const { unit: root, servers, verdicts, options } = inspection
    const isInNoFile = !this.texts.has(root.path)
    if (isInNoFile) this.texts.set(root.path, root.text)
    let isRefusalTold = isRootShown
    const untold: Diagnostic[] = []
    const refusing: Diagnostic[] = []
    for (const diagnostic of this.#shown(inspection)) {
      const turnedRound = shownInParts(diagnostic, parts)
      const inPart = isInNoFile && turnedRound !== null ? inNoFile(turnedRound, root.path) : turnedRound
      if (inPart === null) untold.push(diagnostic)
      else if (this.#isChecked(parts.partAt(inPart))) {
        this.#addOnce(inPart)
        if (inPart.effect === 'refused') refusing.push(inPart)
      }
    }
    isRefusalTold ||= refusing.length > 0
    const whole = corefileResult(root, verdicts, options)
    const refusal = untold.find(({ effect }) => effect === 'refused')
    if (!isRefusalTold && whole.verdict === 'refused' && refusal !== undefined)
      this.#addOnce(inNoFile(atStart(refusal, parts), isInNoFile ? root.path : ''))
    const files = new Set(servers.configuration.imports.flatMap((one) => one.files))
    const imported = new Set([...files].flatMap((file) => parts.unitOf(file) ?? []))
    const refused = new Set(refusing.map((one) => parts.partAt(one)))
    for (const part of parts.units) {
      const own = this.#corefiles.get(part)
      if (own === undefined) continue
      if (!imported.has(part)) {
        if (part.isFragment) this.#corefiles.set(part, { ...own, unknown: [notImported] })
      } else if (part.isFragment || refused.has(part)) {
        this.#corefiles.set(part, judgedWith(own, whole))
      }
    }
  }

  /** Takes what was found in the run as a whole. */
  addRun({ shown, suppressed, looked }: RunInspection): void {
    for (const { path, name } of looked) this.of(path).objects.add(name)
    for (const diagnostic of shown) this.#add(diagnostic)
    for (const one of suppressed) this.of(one.diagnostic.path).suppressed.push(one)
  }

  /** The files in the order in which they were first spoken of, each with its Corefiles in the order of `units`. */
  finish(units: readonly CorefileUnit[]): FileResult[] {
    const byPath = Map.groupBy(units, ({ path }) => path)
    return [...this.#files.values()].map(({ findings, places: _places, objects, ...file }) => ({
      ...file,
      ...(objects.size === 0 ? {} : { objects: [...objects] }),
      corefiles: (byPath.get(file.path) ?? []).flatMap((unit) => this.#resultOf(unit) ?? []),
      findings: [...findings.values()].sort(byPlace),
    }))
  }

  #isChecked(unit: CorefileUnit | undefined): boolean {
    return unit !== undefined && this.#corefiles.has(unit)
  }

  /** A file that is a fragment has the verdict of the Corefile that imports it. */
  #resultOf(unit: CorefileUnit): CorefileResult | undefined {
    const own = this.#corefiles.get(unit)
    const importer = unit.isFragment && unit.embedded === null ? this.#importers.get(unit.path) : undefined
    return own === undefined || importer === undefined ? own : judgedWith(own, importer)
  }

  #shown({ shown, options }: Inspection): Diagnostic[] {
    return shown.map(({ diagnostic, list, releases }) => {
      if (list !== null && !this.texts.has(diagnostic.path)) this.texts.set(diagnostic.path, list.text)
      const spans = spansOf(releases, options.releases)
      return spans === null ? diagnostic : { ...diagnostic, releases: spans }
    })
  }

  /** Two Corefiles of a run may import one file and find the same in it. */
  #add(diagnostic: Diagnostic): void {
    const { ruleId, range, message, path } = diagnostic
    const file = this.of(path)
    const place = `${ruleId}\n${range.start}\n${range.end}`
    const id = `${place}\n${message}`
    if (!file.findings.has(id)) file.findings.set(id, diagnostic)
    file.places.add(place)
  }

  /** What a part says alone and in its Corefile may differ in words. */
  #addOnce(diagnostic: Diagnostic): void {
    const { ruleId, range, path } = diagnostic
    if (!this.of(path).places.has(`${ruleId}\n${range.start}\n${range.end}`)) this.#add(diagnostic)
  }
}

function judgedWith(part: CorefileResult, whole: CorefileResult): CorefileResult {
  const { verdict, assumes, unknown, refusedBy, target } = whole
  return { ...part, verdict, assumes, unknown, refusedBy, target }
}

/** The finding where it stands in a part, or is a refusal that turned round stands there, for the root would start without the part; null for others. */
function shownInParts(diagnostic: Diagnostic, parts: CustomParts): Diagnostic | null {
  if (parts.holds(diagnostic)) return diagnostic
  if (diagnostic.effect !== 'refused') return null
  const inPart = diagnostic.related.find((place) => parts.holds(place))
  return inPart === undefined ? null : turned(diagnostic, inPart)
}

function inNoFile(diagnostic: Diagnostic, path: string): Diagnostic {
  const related = diagnostic.related.map((one): Related => (one.path === path ? { ...one, isInNoFile: true } : one))
  return { ...diagnostic, related }
}

function turned(diagnostic: Diagnostic, { path, range }: FilePlace): Diagnostic {
  const others = diagnostic.related.filter((place) => place.path !== path || place.range !== range)
  const root: Related = { message: 'in the root block', path: diagnostic.path, range: diagnostic.range }
  return { ...diagnostic, path, range, related: [root, ...others], fix: null }
}

/** A finding of the root block that nothing in the parts is named for, at the first of them. */
function atStart(diagnostic: Diagnostic, { units }: CustomParts): Diagnostic {
  const [first] = units
  if (first === undefined) return diagnostic
  const end = /[\r\n]|$/.exec(first.text)?.index ?? 0
  return turned(diagnostic, { path: first.path, range: first.toOuter({ start: 0, end }) })
}

function corefileResult(unit: CorefileUnit, verdicts: readonly Verdict[], options: TargetOptions): CorefileResult {
  const { releases, releasesFrom } = options
  const build = buildName(options.build)
  const target: Target = { coredns: releases.at(-1) ?? '', releases, build, from: releasesFrom }
  const refusedBy = verdicts.filter(({ kind }) => kind === 'refused').map(({ release }) => release)
  const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort()
  const isUnknown = unit.isFragment || verdicts.some(({ kind }) => kind === 'unknown')
  return {
    name: unit.name,
    kind: unit.kind,
    range: unit.range,
    target,
    verdict: refusedBy.length > 0 ? 'refused' : isUnknown ? 'unknown' : 'accepted',
    assumes: union(verdicts.map(({ assumes }) => assumes)),
    unknown: union([...verdicts.map(({ unknown }) => unknown), unit.isFragment ? [NEEDS_ROOT] : []]),
    refusedBy,
  }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  )
}
