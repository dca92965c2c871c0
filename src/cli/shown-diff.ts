import { painter } from '../report/paint.ts'
import { secretsOf } from '../report/secrets.ts'
import { unifiedDiff } from '../text/diff.ts'
import type { Range } from '../text/range.ts'
import { visible } from '../text/width.ts'
import { hasColours, type Io } from './io.ts'

/** One version of a file, and where its secrets stand. */
export interface Version {
  readonly text: string
  readonly secrets: readonly Range[]
}

/** What differs between two versions of a file, for standard output: `***` for secrets, and on a terminal safe to show and in colours. */
export function shownDiff(path: string, before: Version, after: Version, io: Io): string {
  const diff = unifiedDiff(path, concealed(before), concealed(after))
  return io.stdout.isTerminal() ? shown(diff, hasColours(io.stdout, io)) : diff
}

/** The text of a file for standard output: as it is, on a terminal as it may be shown there. */
export function shownText(text: string, io: Io): string {
  if (!io.stdout.isTerminal()) return text
  return text
    .split('\n')
    .map((line) => visible(line.endsWith('\r') ? line.slice(0, -1) : line))
    .join('\n')
}

function concealed({ text, secrets }: Version): string {
  return secretsOf(text, secrets).inRange({ start: 0, end: text.length }).text
}

/** A diff for a person's eyes: removed and new lines in colours. */
function shown(diff: string, colours: boolean): string {
  const paint = painter(colours)
  const lines = diff.split('\n').map((line) => {
    const text = visible(line.endsWith('\r') ? line.slice(0, -1) : line)
    if (/^(?:---|\+\+\+) /.test(line)) return paint('heading', text)
    if (line.startsWith('@@')) return paint('related', text)
    return line.startsWith('+') ? paint('added', text) : line.startsWith('-') ? paint('removed', text) : text
  })
  return lines.join('\n')
}
