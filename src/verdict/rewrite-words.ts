import type { OccurrenceView, WordView } from './servers-view.ts'

/**
 * The words of a `rewrite`: with fewer than two on its line it goes on with every word in the braces (plugin/rewrite/setup.go
 * rewriteParse).
 */
export function rewriteWords(rewrite: OccurrenceView): readonly WordView[] {
  const words = [...rewrite.args]
  if (words.length >= 2) return words
  for (const { name, args } of rewrite.lines()) words.push(name, ...args)
  return words
}
