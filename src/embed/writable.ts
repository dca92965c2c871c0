import type { Range } from '../text/range.ts'

/** Everything but tab, line feed and what every YAML reader takes as an ordinary character (YAML 1.1 breaks lines at U+0085, U+2028 and U+2029). */
const needsEscape =
  /[^\t\n\x20-\x7e\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]/u

/** True when a text can stand in a YAML scalar without escapes. */
export function isPlainlyWritable(text: string): boolean {
  return !needsEscape.test(text)
}

/** True when an edit of `text` would cut a surrogate pair in two, or writes half of one. */
export function breaksCharacter(text: string, edit: Range & { readonly text: string }): boolean {
  return !edit.text.isWellFormed() || cutsPair(text, edit.start) || cutsPair(text, edit.end)
}

function cutsPair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
