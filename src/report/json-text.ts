/**
 * A value as JSON, indented, with a line break at its end. Characters that a terminal would obey or hide are escaped, and so is what
 * the runner of GitHub Actions takes for a command wherever it stands.
 */
export function jsonText(value: unknown): string {
  return `${legible(JSON.stringify(value, null, 2))}\n`
}

/** The same on one line, without a line break at its end. */
export function jsonLine(value: unknown): string {
  return legible(JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' '))
}

function legible(json: string): string {
  return json.replace(unseen, escaped).replaceAll('##[', '##\\u005b')
}

/** Characters that JSON leaves as they are and that a terminal would obey. */
const unseen = /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu

function escaped(character: string): string {
  return [...character]
    .flatMap((whole) => whole.split(''))
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
