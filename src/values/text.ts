/** The number of bytes that Go sees in the text (UTF-8); one pass, no copy. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // A surrogate pair is two code units and four bytes, so each half adds one more.
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return bytes
}

/** The number of UTF-8 bytes that the code unit at `at` stands for; each half of a surrogate pair stands for two. */
export function unitBytes(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code < 0x80) return 1
  return code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3
}

/** The bytes of a text in UTF-8, as TextEncoder gives them, which not every environment's types have: a lone surrogate becomes those of U+FFFD. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), continuation(code))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), continuation(code >> 6), continuation(code))
    else bytes.push(0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code))
  }
  return bytes
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f)
}

/** Go's `strings.ToLower`: one character becomes one character (İ becomes i, Σ never becomes ς). */
export function toLower(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase()
  let lower = ''
  for (const character of text) lower += character === 'İ' ? 'i' : character.toLowerCase()
  return lower
}

/** Go's `strings.ToUpper`: one character becomes one character (ß stays ß). */
export function toUpper(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toUpperCase()
  let upper = ''
  for (const character of text) {
    const capital = character.toUpperCase()
    upper += capital.length === character.length ? capital : character
  }
  return upper
}

const NAMED_ESCAPES: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')

/** Go's `strconv.Quote`, the `%q` of its messages. */
export function quote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`
  let quoted = '"'
  for (const character of text) {
    const named = NAMED_ESCAPES[character]
    const code = character.codePointAt(0) as number
    if (named !== undefined) quoted += named
    else if (code === 0x20 || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) quoted += character
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${hex(code, 2)}`
    else quoted += code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
  }
  return `${quoted}"`
}
