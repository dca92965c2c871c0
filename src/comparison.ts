import type { Answerer } from './answerers.ts'
import type { CompareContext } from './report/compare.ts'
import type { SharedLines } from './resolver/causes.ts'
import { type CompareOptions, type Comparison, compare } from './resolver/compare.ts'
import { equalBlocks } from './resolver/coredns/equal-blocks.ts'
import { declare } from './resolver/declared.ts'
import { type Probe, probesOf } from './resolver/probes.ts'
import { restartFor } from './resolver/restart.ts'
import { untriedPatterns } from './resolver/untried.ts'
import { FileLines } from './text/file-lines.ts'
import type { Verdict } from './verdict/reason.ts'

/** One of two servers that are compared, with the texts that its places lie in. */
export interface ComparedSide {
  readonly answerer: Answerer
  readonly textOf: (path: string) => string | undefined
}

/** How to compare. */
export interface ComparedOptions {
  /** Questions besides those that are made of the two. */
  readonly more?: readonly Probe[]
  readonly expect?: CompareOptions['expect']
  /** Called with the number of questions asked and of all, for long work. */
  readonly onProgress?: (asked: number, all: number) => void
}

/** What came of it, with all that a report of it shows. */
export type Compared = { readonly comparison: Comparison } & Pick<
  CompareContext,
  'probes' | 'reduced' | 'untried' | 'restart' | 'lines' | 'notes'
>

/** Asks two servers the same questions. Differences are declared only between programs of two kinds. */
export function compared(
  old: ComparedSide,
  later: ComparedSide,
  { more = [], expect, onProgress }: ComparedOptions = {},
): Compared {
  const [one, other] = [old.answerer, later.answerer]
  const made = probesOf([one.decider.vocabulary, other.decider.vocabulary])
  const probes = more.length === 0 ? made : joined(made, more)
  const areCoreDns = one.servers !== null && other.servers !== null
  const isSameKind = (one.servers === null) === (other.servers === null)
  const comparison = compare(one.decider, other.decider, probes, {
    ...(isSameKind ? {} : { declare }),
    ...(expect === undefined ? {} : { expect }),
    ...(areCoreDns ? { isSameText: equalBlocks(one.servers, other.servers) } : {}),
    ...(onProgress === undefined ? {} : { onProgress: (asked) => onProgress(asked, made.count + more.length) }),
  })
  const refused = other.verdicts.find(isRefused)
  return {
    comparison,
    probes,
    reduced: made.reduced,
    untried: untriedPatterns(one.decider.vocabulary, other.decider.vocabulary, more),
    restart: areCoreDns ? restartFor(one.servers, other.servers, refused === undefined) : null,
    lines: { inOld: sharedWith(later.textOf, old, one), inNew: sharedWith(old.textOf, later, other) },
    notes: notesOf(one, other),
  }
}

/** Probes that are made anew each time, and further ones. */
function joined(made: Iterable<Probe>, more: readonly Probe[]): Iterable<Probe> {
  return {
    *[Symbol.iterator]() {
      yield* made
      yield* more
    },
  }
}

function isRefused({ kind }: Verdict): boolean {
  return kind === 'refused'
}

/** A text that its release refuses is compared by what it would answer, which must be said. */
function notesOf(old: Answerer, later: Answerer): string[] {
  return [...new Set([old, later])].flatMap(({ path, verdicts }) => {
    const verdict = verdicts.find(isRefused)
    if (verdict === undefined) return []
    return [
      `CoreDNS ${verdict.release} refuses ${path} (corefile lint ${path} says why): its answers here are those that it would give`,
    ]
  })
}

/** Whether the line of a place in one side's text stands in the other's: without the blanks around it, in any place. */
function sharedWith(
  textOf: ComparedSide['textOf'],
  { textOf: otherTextOf }: ComparedSide,
  other: Answerer,
): SharedLines['inOld'] {
  let known: ReadonlySet<string> | undefined
  const lines = new FileLines(textOf)
  return ({ path, range }) => {
    const index = lines.of(path)
    // A file that nobody has the text of is taken for one that did not change.
    if (index === null) return true
    known ??= new Set((otherTextOf(other.path) ?? '').split('\n').map((line) => line.trim()))
    return known.has(index.lineText(index.positionAt(range.start).line).trim())
  }
}
