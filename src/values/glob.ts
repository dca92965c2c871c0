import type { Invalid } from './invalid.ts'
import { invalid } from './invalid.ts'

/** Whether Go's filepath.Glob takes the pattern for one at all; without these characters it only looks whether the file exists. */
export function hasGlobMeta(pattern: string): boolean {
  return /[*?[\\]/.test(pattern)
}

/**
 * Go's filepath.Match for one element of a path, which has no `/`: `*` any characters, `?` one, `\` takes the next one as it is,
 * `[a-z]` and `[^a-z]` one of them. `Invalid` where the pattern is malformed.
 */
export function globExpression(element: string): RegExp | Invalid {
  const malformed = invalid('syntax error in pattern')
  let source = ''
  const characters = [...element]
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string
    if (character === '*') source += '[^/]*'
    else if (character === '?') source += '[^/]'
    else if (character === '\\') {
      const next = characters[++at]
      if (next === undefined) return malformed
      source += escaped(next)
    } else if (character === '[') {
      const read = characterClass(characters, at + 1)
      if (read === null) return malformed
      source += read.source
      at = read.end
    } else source += escaped(character)
  }
  return new RegExp(`^${source}$`, 'su')
}

/** The class that begins behind the bracket, and the index of the bracket that closes it; null where it is malformed. */
function characterClass(characters: readonly string[], start: number): { source: string; end: number } | null {
  let at = start
  const negated = characters[at] === '^'
  if (negated) at++
  let source = ''
  for (let ranges = 0; ; ranges++) {
    if (characters[at] === ']' && ranges > 0) return { source: `[${negated ? '^' : ''}${source}]`, end: at }
    const low = classCharacter(characters, at)
    if (low === null) return null
    at = low.next
    if (characters[at] !== '-') {
      source += escapedInClass(low.character)
      continue
    }
    const high = classCharacter(characters, at + 1)
    if (high === null) return null
    at = high.next
    // A range from high to low matches nothing in Go and is an error in a regular expression.
    if (low.character <= high.character) source += `${escapedInClass(low.character)}-${escapedInClass(high.character)}`
  }
}

function classCharacter(characters: readonly string[], at: number): { character: string; next: number } | null {
  const character = characters[at]
  if (character === undefined || character === '-' || character === ']') return null
  if (character !== '\\') return { character, next: at + 1 }
  const next = characters[at + 1]
  return next === undefined ? null : { character: next, next: at + 2 }
}

function escaped(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}

/** Inside of a class a hyphen needs an escape, and only there it may have one. */
function escapedInClass(character: string): string {
  return character === '-' ? '\\-' : escaped(character)
}
