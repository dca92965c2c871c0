import { resolve } from 'node:path'
import type { Diagnostic } from '../lint/diagnostic.ts'
import type { Hidden, LintResult } from '../lint/result.ts'
import type { Rule } from '../lint/rule.ts'
import { tool } from '../report/tool.ts'
import { listed } from '../report/words.ts'
import { isThere, namingFrom, readBaseline } from './baseline.ts'
import type { Commit, Repository } from './git.ts'
import { type KnownFindings, knownFindingsOf, type NameFile, separate, without } from './known-findings.ts'
import type { LintFilesOptions, Prepared } from './prepare.ts'
import { isInside } from './work-tree.ts'

/** What findings are compared with. */
export interface Earlier {
  /** A baseline file, relative to the working directory. */
  readonly baseline?: string
  readonly base?: { readonly repository: Repository; readonly commit: Commit }
}

/** A result without what was there earlier. */
export interface Fresh {
  readonly result: LintResult
  /** What the baseline has and the files that were looked at no longer do. */
  readonly stale: readonly KnownFindings[]
  /** Rules of the baseline that this version does not have, sorted: of their findings nobody can tell. */
  readonly foreign: readonly string[]
}

/** What was run: the paths and options of `prepare`, what it gave, and the rules. */
export interface Run {
  readonly paths: readonly string[]
  readonly options: LintFilesOptions
  readonly prepared: Prepared
  readonly rules: readonly Rule[]
}

/** What a baseline holds. */
interface InBaseline {
  readonly path: string
  readonly entries: readonly KnownFindings[]
}

/** What lint finds in a commit, and the files that are different there, by the names that it gives files. */
interface AtBase {
  readonly name: string
  readonly nameFile: NameFile
  readonly entries: readonly KnownFindings[]
  readonly changes: ReadonlySet<string>
}

/** Earlier findings of a run, read once and held against as many results as there are. */
export class EarlierFindings {
  readonly #run: Run
  readonly #cwd: string
  readonly #baseline: InBaseline | null
  readonly #base: AtBase | null

  private constructor(run: Run, baseline: InBaseline | null, base: AtBase | null) {
    this.#run = run
    this.#cwd = resolve(run.options.cwd ?? '.')
    this.#baseline = baseline
    this.#base = base
  }

  /** Reads a baseline and lints a commit, as asked. Throws a WrongUsage where one of them cannot be read. */
  static async of(run: Run, { baseline, base }: Earlier): Promise<EarlierFindings> {
    const { paths, options, rules } = run
    const cwd = resolve(options.cwd ?? '.')
    const held = baseline === undefined ? null : { path: baseline, entries: await readBaseline(baseline, cwd) }
    if (base === undefined) return new EarlierFindings(run, held, null)
    const { findingsAt, namingInside } = await import('./changed.ts')
    const { repository, commit } = base
    const entries = await findingsAt(commit, repository, paths, options, rules)
    const changes = repository.changes(commit.id)
    return new EarlierFindings(run, held, {
      name: commit.name,
      nameFile: namingInside(repository, cwd),
      entries,
      changes,
    })
  }

  /** The findings of a result that were there earlier. */
  known(result: LintResult): ReadonlySet<Diagnostic> {
    return this.#separated(result).known
  }

  /** Takes them out; verdicts stay. A finding that both the baseline and the commit have counts for the baseline. */
  takeFrom(result: LintResult): Fresh {
    const { known, hidden, gone } = this.#separated(result)
    const base = this.#base
    const isUnchanged = (path: string) => base !== null && !base.changes.has(base.nameFile(path))
    const left = without(result, known, hidden, isUnchanged)
    if (this.#baseline === null) return { result: left, stale: [], foreign: [] }
    const wasRead = readerOf(this.#baseline.path, result, this.#run)
    const rules = new Set(this.#run.rules.map(({ id }) => id))
    return {
      result: left,
      stale: gone.filter(({ path, rule }) => rules.has(rule) && wasRead(path)),
      foreign: [...new Set(gone.map(({ rule }) => rule).filter((rule) => !rules.has(rule)))].sort(),
    }
  }

  #separated(result: LintResult) {
    const { textOf } = this.#run.prepared
    const known = new Set<Diagnostic>()
    const hidden: Hidden[] = []
    let gone: readonly KnownFindings[] = []
    if (this.#baseline !== null) {
      const { path, entries } = this.#baseline
      const own = separate(result, entries, textOf, namingFrom(path, this.#cwd))
      for (const finding of own.known) known.add(finding)
      gone = own.gone
      hidden.push({ count: known.size, by: 'baseline', name: path })
    }
    if (this.#base !== null) {
      const { name, nameFile, entries } = this.#base
      const before = known.size
      for (const finding of separate(result, entries, textOf, nameFile).known) known.add(finding)
      hidden.push({ count: known.size - before, by: 'commit', name })
    }
    return { known, hidden, gone }
  }
}

/** More stale entries than this are counted. */
const mostNamed = 3

/** What to say of entries of a baseline that match nothing any more, and how `program` takes them out; it may quote files as they are. */
export function stalenessOf(baseline: string, stale: readonly KnownFindings[], program: string): string {
  const total = countOf(stale)
  const what = total === 1 ? '1 finding that is' : `${total} findings that are`
  return `${baseline} holds ${what} there no more: ${placesOf(stale)}; ${program} lint --baseline ${baseline} --update-baseline takes ${total === 1 ? 'it' : 'them'} out`
}

/** What to say of rules of a baseline that this version does not have; it may quote files as they are. */
export function foreignOf(baseline: string, foreign: readonly string[]): string {
  const more = foreign.length > mostNamed ? [`${foreign.length - mostNamed} more`] : []
  const names = listed([...foreign.slice(0, mostNamed), ...more])
  return `${baseline} holds findings of rules that corefile ${tool.version} does not have: ${names}; was another version used to write it?`
}

/** The first of some known findings, and how many more there are: `glued-brace in Corefile (example.org{) and 2 more`. */
export function placesOf(findings: readonly KnownFindings[]): string {
  const places = findings
    .slice(0, mostNamed)
    .map(({ path, rule, text }) => `${rule} in ${path}${text === '' ? '' : ` (${text})`}`)
  return listed([...places, ...(findings.length > mostNamed ? [`${findings.length - mostNamed} more`] : [])])
}

/** How many findings these are. */
export function countOf(findings: readonly KnownFindings[]): number {
  return findings.reduce((sum, { count }) => sum + count, 0)
}

/** What an update of a baseline came to. */
export interface Updated {
  readonly findings: readonly KnownFindings[]
  /** What is new in it. */
  readonly added: readonly KnownFindings[]
  /** How many findings it no longer has. */
  readonly removed: number
}

/** What a baseline must hold after this run: what was found, and what it holds of files that were not looked at. */
export function updatedBaseline(
  before: readonly KnownFindings[],
  baseline: string,
  result: LintResult,
  run: Run,
): Updated {
  const cwd = resolve(run.options.cwd ?? '.')
  const wasRead = readerOf(baseline, result, run)
  const kept = before.filter(({ path }) => !wasRead(path))
  const name = namingFrom(baseline, cwd)
  const { textOf } = run.prepared
  const found = knownFindingsOf(result, textOf, name)
  const { known } = separate(result, before, textOf, name)
  const added = knownFindingsOf(without(result, known, []), textOf, name)
  const removed = countOf(before) - countOf(kept) - known.size
  return { findings: [...kept, ...found].sort(byPath), added, removed }
}

function byPath(a: KnownFindings, b: KnownFindings): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

/** Tells whether this run looked at a file of a baseline, or the file is not there any more. */
function readerOf(baseline: string, result: LintResult, { options, prepared }: Run): (path: string) => boolean {
  const cwd = resolve(options.cwd ?? '.')
  const name = namingFrom(baseline, cwd)
  const unreadable = new Set(prepared.unreadable.map(({ path }) => name(path)))
  const read = new Set([...prepared.files, ...result.files].map(({ path }) => name(path)))
  const walked = prepared.directories.map(({ path }) => resolve('/', name(path)))
  return (path) => {
    if (unreadable.has(path)) return false
    if (!isThere(baseline, cwd, path)) return true
    // Of a file of which only some Corefiles were checked nobody can tell.
    if (options.labels !== undefined) return false
    if (read.has(path)) return true
    return walked.some((directory) => isInside(resolve('/', path), directory))
  }
}
