/** The words of each entry of a zone file: a line, or several lines in parentheses. Comments are left out, quotes stay. */
export function zoneEntries(text: string): { readonly startsBlank: boolean; readonly words: readonly string[] }[] {
  const found: { startsBlank: boolean; words: string[] }[] = []
  let words: string[] = []
  let startsBlank = false
  let isAtStart = true
  let depth = 0
  for (const [token] of text.matchAll(/;[^\n]*|"(?:[^"\\]|\\.)*"?|\n|[ \t\r]+|[()]|(?:[^\s;"()\\]|\\.)+|\\/gs)) {
    if (token === '\n') {
      if (depth === 0) {
        if (words.length > 0) found.push({ startsBlank, words })
        words = []
        isAtStart = true
      }
      continue
    }
    if (isAtStart) startsBlank = /^[ \t]/.test(token)
    isAtStart = false
    if (token === '(') depth++
    else if (token === ')') depth--
    else if (/^[^\s;]/.test(token)) words.push(token)
  }
  if (words.length > 0) found.push({ startsBlank, words })
  return found
}
