import type { Diagnostic } from '../lint/diagnostic.ts'
import type { FileResult, Hidden, LintResult } from '../lint/result.ts'
import { summarize } from '../lint/run.ts'
import { type Content, Contents } from '../report/fingerprint.ts'
import { Sources } from '../report/source.ts'

/** Findings of an earlier version that are alike: of one rule, in one file, with one content. */
export interface KnownFindings extends Content {
  /** As whoever remembers it names files. */
  readonly path: string
  readonly rule: string
  /** How many of them there are, at least 1. */
  readonly count: number
}

/** Names a file of a result as those who remember findings do. */
export type NameFile = (path: string) => string

/** What is left when known findings are taken out. */
export interface Separated {
  readonly known: ReadonlySet<Diagnostic>
  /** What was known and is not there any more. */
  readonly gone: readonly KnownFindings[]
}

/** The findings of a result, to be known again later; sorted by path, block, text and rule. */
export function knownFindingsOf(result: LintResult, textOf: (path: string) => string | undefined, name: NameFile) {
  const counts = new Map<string, KnownFindings>()
  const sources = new Sources(result, textOf)
  for (const file of result.files) {
    const contents = new Contents(file, sources.get(file.path))
    for (const finding of file.findings) {
      const one = { path: name(file.path), rule: finding.ruleId, ...contents.of(finding), count: 1 }
      const id = `${one.path}\n${idOf(one)}`
      counts.set(id, { ...one, count: (counts.get(id)?.count ?? 0) + 1 })
    }
  }
  return [...counts.values()].sort(byPlace)
}

/**
 * Which findings of a result are known. One is known where its file had one of the same rule with the same text in the same block; and
 * where the block of the known one is no longer there, as after it was renamed, in another. Of several that are alike as many are known
 * as there were.
 */
export function separate(
  result: LintResult,
  known: readonly KnownFindings[],
  textOf: (path: string) => string | undefined,
  name: NameFile,
): Separated {
  const byPath = Map.groupBy(known, ({ path }) => path)
  const sources = new Sources(result, textOf)
  const found = new Set<Diagnostic>()
  const gone: KnownFindings[] = []
  const seen = new Set<string>()
  for (const file of result.files) {
    const path = name(file.path)
    const own = byPath.get(path)
    if (own === undefined || seen.has(path)) continue
    seen.add(path)
    const contents = new Contents(file, sources.get(file.path))
    const left = new Map<string, KnownFindings>()
    for (const one of own) left.set(idOf(one), { ...one, count: one.count + (left.get(idOf(one))?.count ?? 0) })
    const take = (id: string, finding: Diagnostic): boolean => {
      const one = left.get(id)
      if (one === undefined) return false
      if (one.count === 1) left.delete(id)
      else left.set(id, { ...one, count: one.count - 1 })
      found.add(finding)
      return true
    }
    const others = file.findings
      .map((finding) => ({ finding, content: { rule: finding.ruleId, ...contents.of(finding) } }))
      .filter(({ finding, content }) => !take(idOf(content), finding))
    if (left.size > 0 && others.length > 0) {
      const blocks = contents.blocks()
      const homeless = Map.groupBy(
        [...left.values()].filter(({ block }) => !blocks.has(block)),
        textIdOf,
      )
      for (const { finding, content } of others) {
        const moved = homeless.get(textIdOf(content)) ?? []
        while (moved[0] !== undefined && !take(idOf(moved[0]), finding)) moved.shift()
      }
    }
    gone.push(...left.values())
  }
  for (const [path, own] of byPath) if (!seen.has(path)) gone.push(...own)
  return { known: found, gone: gone.sort(byPlace) }
}

/** A result without some of its findings, and with who has them; verdicts stay. Files that did not change are marked. */
export function without(
  result: LintResult,
  left: ReadonlySet<Diagnostic>,
  hidden: readonly Hidden[],
  isUnchanged: (path: string) => boolean = () => false,
): LintResult {
  const files = result.files.map(
    (file): FileResult => ({
      ...file,
      findings: file.findings.filter((finding) => !left.has(finding)),
      ...(isUnchanged(file.path) ? { isUnchanged: true } : {}),
    }),
  )
  return { ...result, files, summary: summarize(files), hidden }
}

type Identity = Omit<KnownFindings, 'path' | 'count'>

function idOf({ rule, text, block }: Identity): string {
  return `${rule}\n${text}\n${block}`
}

function textIdOf({ rule, text }: Identity): string {
  return `${rule}\n${text}`
}

function byPlace(a: KnownFindings, b: KnownFindings): number {
  return compare(a.path, b.path) || compare(a.block, b.block) || compare(a.text, b.text) || compare(a.rule, b.rule)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
