import { rewriteWords } from '../verdict/rewrite-words.ts'
import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'

/** A `rewrite` of names, as plugin/rewrite/setup.go rewriteParse and name.go newNameRule read its words. */
export interface NameRewrite {
  /** `exact`, `prefix`, `suffix`, `substring` or `regex`. */
  readonly match: string
  readonly from: WordView
  readonly to: WordView
  /** The words that follow: answer rules. */
  readonly rest: readonly WordView[]
  /** All words of the rule, from `name` on. */
  readonly words: readonly WordView[]
}

/** Reads a `rewrite` of names; null where it rewrites something else, or one of its words is not known. */
export function readNameRewrite(rewrite: OccurrenceView): NameRewrite | null {
  const all = rewriteWords(rewrite)
  if (all.some(({ known }) => !known)) return null
  const mode = all[0]?.value.toLowerCase()
  const words = mode === 'stop' || mode === 'continue' ? all.slice(1) : all
  const [field, first, second, third, ...rest] = words
  if (field?.value.toLowerCase() !== 'name' || first === undefined || second === undefined) return null
  if (third === undefined) return { match: 'exact', from: first, to: second, rest: [], words }
  return { match: first.value.toLowerCase(), from: second, to: third, rest, words }
}
