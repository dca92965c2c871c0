import { visible } from '../text/width.ts'

/**
 * A text of anybody as one line of Markdown that shows it and does nothing else: no HTML, links, emphasis, table cells, mentions or
 * control characters. Inside of a table, a link or a heading as well.
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
    .replace(/[\\`*_[\]#!|~$]/g, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)\./, '$1\\.')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/www\./gi, (start) => `${start.slice(0, -1)}&#46;`)
    .replace(/@/g, '@&#8203;')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Lines as a block of code, fenced so that none of them can end it. */
export function codeBlock(lines: readonly string[], language: string): string {
  const longest = lines.reduce(
    (most, line) => Math.max(most, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)),
    2,
  )
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...lines, fence].join('\n')
}

/** A text on one line, as in a cell of a table. */
export function cell(text: string): string {
  return markdownText(text.replace(/\s+/g, ' '))
}
