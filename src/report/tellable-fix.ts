import type { Fix } from '../lint/diagnostic.ts'
import type { Source } from './source.ts'

/** The fix without secrets in its words; null for one that would have to spell out a secret: with `***` in its place it would do harm. */
export function tellableFix(fix: Fix | null, { secrets }: Source): Fix | null {
  if (fix === null || fix.edits.some(({ text }) => secrets.inText(text) !== text)) return null
  return { ...fix, title: secrets.inText(fix.title) }
}
