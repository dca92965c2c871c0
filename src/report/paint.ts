/** What a piece of text is; the terminal decides how it looks. */
export type Role =
  | 'error'
  | 'warning'
  | 'info'
  | 'path'
  | 'message'
  | 'rule'
  | 'frame'
  | 'related'
  | 'added'
  | 'removed'
  | 'heading'

const escapes: Readonly<Record<Role, string>> = {
  error: '\u001b[1;31m',
  warning: '\u001b[1;33m',
  info: '\u001b[1;36m',
  path: '\u001b[1m',
  message: '\u001b[1m',
  rule: '\u001b[2m',
  frame: '\u001b[2m',
  related: '\u001b[36m',
  added: '\u001b[32m',
  removed: '\u001b[31m',
  heading: '\u001b[1m',
}

/** Puts a text into the colours of its role. */
export type Paint = (role: Role, text: string) => string

/** A painter: one that leaves every text as it is where there are no colours. */
export function painter(colours: boolean): Paint {
  return colours ? (role, text) => (text === '' ? '' : `${escapes[role]}${text}\u001b[0m`) : (_, text) => text
}

/** The text as a link (OSC 8), for terminals that have them; the address must not come from a file. */
export function linked(text: string, url: string, links: boolean): string {
  return links ? `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\` : text
}
