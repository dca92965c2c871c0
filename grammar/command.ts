import type { OccurrenceQuirk } from './setup.ts'

const PLAIN = /[a-zA-Z0-9._\-,/@$*()+=><:;&^%~|!?[\]{}]/
const SPACE = /[ \t\r\n]/

/**
 * Why a command cannot be taken apart as a shell does (Split of flynn/go-shlex, called by caddy's SplitCommandAndArgs): quotes and
 * escapes that do not end, and outside of quotes any character beyond ASCII. Null when it can.
 */
export function commandFault(command: string): string | null {
  let words = 0
  let state: 'between' | 'word' | 'escape' | 'quoted escape' | 'double' | 'single' | 'comment' = 'between'
  for (const character of command) {
    const isSpace = SPACE.test(character)
    const isPlain = PLAIN.test(character)
    const isSpecial = '"\'\\#'.includes(character)
    if (state === 'comment') {
      if (character === '\n') state = 'between'
    } else if (state === 'single') {
      if (character === "'") state = 'word'
    } else if (state === 'double') {
      if (character === '"') state = 'word'
      else if (character === '\\') state = 'quoted escape'
    } else if (!isSpace && !isPlain && !isSpecial) {
      return `Unknown rune: ${character}`
    } else if (state === 'quoted escape') state = 'double'
    else if (state === 'escape') state = 'word'
    else if (isSpace) state = 'between'
    else {
      if (state === 'between' && character === '#') {
        state = 'comment'
        continue
      }
      if (state === 'between') words++
      state = character === '"' ? 'double' : character === "'" ? 'single' : character === '\\' ? 'escape' : 'word'
    }
  }
  if (state === 'double' || state === 'single') return 'EOF found when expecting closing quote'
  if (state === 'escape' || state === 'quoted escape') return 'EOF found after escape character'
  return words === 0 ? `no command contained in '${command}'` : null
}

/** The quirk of the directives that name a command: their words behind the first `skipped` ones, joined by blanks, are one. */
export function commandOf(skipped: number): OccurrenceQuirk {
  return (setup, { name, args }) => {
    const words = args.slice(skipped)
    if (words.length === 0 || words.some((word) => !word.known)) return
    const message = commandFault(words.map(({ value }) => value).join(' '))
    if (message === null) return
    setup.report('invalid-value', { at: words[0] ?? name, expected: 'a command as a shell reads it', message })
  }
}
