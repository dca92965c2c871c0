import type { Unreadable } from '../lint/result.ts'
import { visible } from '../text/width.ts'
import type { Io } from './io.ts'

/** Tells which files could not be read, and why, a line each. */
export function tellUnreadable(unreadable: readonly Unreadable[], io: Io): void {
  for (const { path, message } of unreadable)
    io.stderr.write(`${io.program}: cannot read ${visible(path)}: ${visible(message)}\n`)
}
