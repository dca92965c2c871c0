import { displayWidth } from '../text/width.ts'

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** Breaks a text at blanks into lines of at most `columns`; a longer word stays whole. At least one line. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const word of text.split(' ')) {
    const own = displayWidth(word)
    if (line !== '' && width + 1 + own > columns) {
      lines.push(line)
      line = word
      width = own
    } else {
      line = line === '' ? word : `${line} ${word}`
      width = line === word ? own : width + 1 + own
    }
  }
  return [...lines, line]
}
