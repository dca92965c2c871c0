import type { Diagnostic } from '../lint/diagnostic.ts'
import { positionIn, type Source } from './source.ts'

/** Names findings so that they are known again in a later version of the file. */
export class Fingerprints {
  readonly #seen = new Map<string, number>()

  /**
   * The name of a finding: its rule, file and the text of its line without indentation and secrets, hashed, and which one of several
   * such it is. It does not depend on the number of the line, so lines may come and go before it.
   */
  of({ ruleId, range }: Diagnostic, source: Source): string {
    const name = hash([ruleId, source.path, lineOf(range.start, source)].join('\n'))
    const count = (this.#seen.get(name) ?? 0) + 1
    this.#seen.set(name, count)
    return `${name}:${count}`
  }
}

/** Of longer lines, as minified JSON has them, this much on both sides of the finding counts. */
const longestLine = 1000

function lineOf(offset: number, source: Source): string {
  const { lines, secrets } = source
  if (offset > lines.text.length) return ''
  const { line } = positionIn(source, offset)
  const start = Math.max(lines.lineStart(line), offset - longestLine)
  const end = Math.min(lines.lineEnd(line), offset + longestLine)
  return secrets
    .inRange({ start, end: Math.max(start, end) })
    .text.trim()
    .replace(/\s+/g, ' ')
}

/** FNV-1a of 64 bits over UTF-16 units, in hexadecimal. */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at++) {
    state = BigInt.asUintN(64, (state ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n)
  }
  return state.toString(16).padStart(16, '0')
}
