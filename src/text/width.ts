/** Columns between two tab stops when a line is shown; `visible` writes tabs as spaces, so the terminal's own stops do not matter. */
export const tabWidth = 4

/**
 * The text as it may be shown to a person whoever wrote it: tabs become spaces up to the next tab stop, control characters
 * their pictures (`␛`), and everything that is invisible, reorders text or is no character at all its code point (`<U+202E>`).
 * Nothing in the result moves the cursor, changes colours or hides other text.
 * `column` is the 0-based column at which the text starts, so `visible(a) + visible(b, displayWidth(a))` shows `a + b`.
 */
export function visible(text: string, column = 0): string {
  return printableAscii.test(text) ? text : layOut(text, column).shown
}

/**
 * Columns that `visible(text, column)` takes in a terminal: 2 for East Asian wide and full-width characters and for emoji,
 * 0 for combining marks, else 1. `column` is the 0-based column at which the text starts.
 */
export function displayWidth(text: string, column = 0): number {
  return printableAscii.test(text) ? text.length : layOut(text, column).end - column
}

const printableAscii = /^[ -~]*$/

// V8 reads classes of Unicode when it first comes to them, which takes a thirtieth of a start: not before a text has such characters.

function isUnseen(character: string): boolean {
  return (
    /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]$/u.test(character) &&
    !/^[\u{fe0e}\u{fe0f}]$/u.test(character)
  )
}

/** Marks that stand on the character before, and the vowels and finals that complete a Hangul syllable. */
function isCombining(character: string): boolean {
  return /^(?:\p{Mn}|\p{Me}|[\u{1161}-\u{11ff}])$/u.test(character)
}

/** A single regional indicator is as narrow as a letter; two of them are a flag of two columns. */
function isEmoji(character: string): boolean {
  return /^(?!\p{Regional_Indicator})\p{Emoji_Presentation}$/u.test(character)
}

/** The text as it is shown from `column` on, and the column behind it. */
function layOut(text: string, column: number): { shown: string; end: number } {
  let shown = ''
  let end = column
  let width = 0
  for (const character of text) {
    const cell = character === '\t' ? ' '.repeat(tabWidth - (end % tabWidth)) : visibleCharacter(character)
    // An emoji presentation selector makes the character before it two columns wide.
    if (character === '\u{fe0f}') width = width === 1 ? 1 : 0
    else width = cell === character ? characterWidth(character) : cell.length
    shown += cell
    end += width
  }
  return { shown, end }
}

function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code < 0x7f) return character
  if (code === 0x7f) return '␡'
  if (!isUnseen(character)) return character
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

/** Columns of a character that is shown as it is. */
function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if (isCombining(character)) return 0
  return isWide(code) || isEmoji(character) ? 2 : 1
}

/** First and last code points that Unicode's EastAsianWidth.txt calls wide or full-width, emoji aside; neighbours with only unassigned characters between them are joined. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1aff0, 0x1b2fb],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
]

function isWide(code: number): boolean {
  return wideRanges.some(([first, last]) => first <= code && code <= last)
}
