import type { TokenList } from '../../grammar/tokens.ts'
import type { EmbeddedComment } from '../embed/embedded.ts'
import type { Range } from '../text/range.ts'
import type { Collected } from './collector.ts'
import { endOfLine, startOfLine } from './edits.ts'

/** A comment that asks not to show some findings. */
export interface Suppression {
  readonly rules: readonly string[]
  /** What stands behind `--`. */
  readonly reason: string
  /** The comment, in the text of the Corefile or, for one above a YAML key, of the outer file. */
  readonly range: Range
  readonly outer: boolean
  /** 1-based line of the Corefile it is about, null for all of it. */
  readonly line: number | null
  /** Why the comment cannot be understood, null when it can. */
  readonly malformed: string | null
}

const COMMENT = /#[ \t]*(corefile-ignore[\w-]*)([^\n\r]*)/g
const NAMES = /^[a-z][a-z0-9-]*$/

/**
 * Reads the comments `# corefile-ignore RULE, RULE -- reason` and `# corefile-ignore-file RULE -- reason` of a Corefile, and those
 * of the file around it that stand above its key, which are about the whole of it.
 */
export function suppressionsOf(list: TokenList, around: readonly EmbeddedComment[]): Suppression[] {
  const found: Suppression[] = []
  if (list.text.includes('corefile-ignore')) {
    for (const match of list.text.matchAll(COMMENT)) {
      if (!beginsComment(list, match.index)) continue
      const range = { start: match.index, end: match.index + match[0].trimEnd().length }
      found.push(read(match[1] ?? '', match[2] ?? '', range, false, lineOfComment(list, match.index)))
    }
  }
  for (const comment of around) {
    const match = new RegExp(`^${COMMENT.source}`).exec(comment.text)
    if (match === null) continue
    const { start } = comment.range
    const range = { start, end: start + match[0].trimEnd().length }
    found.push(read(match[1] ?? '', match[2] ?? '', range, true, null))
  }
  return found
}

function read(keyword: string, rest: string, range: Range, outer: boolean, line: number | null): Suppression {
  const [list = '', ...reasons] = rest.split('--')
  const reason = reasons.join('--').trim()
  const rules = list.split(/[\s,]+/).filter((word) => word !== '')
  const wholeFile = keyword === 'corefile-ignore-file'
  const target = wholeFile ? null : line
  const wrong = rules.find((rule) => !NAMES.test(rule))
  let malformed: string | null = null
  if (!wholeFile && keyword !== 'corefile-ignore') malformed = `no such comment: ${keyword}`
  else if (rules.length === 0) malformed = 'it names no rule'
  else if (wrong !== undefined) malformed = `"${wrong}" is no rule id; a reason stands behind \`--\``
  return { rules, reason, range, outer, line: target, malformed }
}

/** Whether a `#` begins a comment that lasts to the end of its line: not inside a token, glued to one, or amid another comment. */
function beginsComment(list: TokenList, offset: number): boolean {
  const before = list.indexAt(offset) - 1
  const end = before < 0 ? 0 : list.end(before)
  if (end > offset || (before >= 0 && list.isCut(before) && end === offset)) return false
  return list.text.slice(Math.max(end, startOfLine(list.text, offset)), offset).trim() === ''
}

/** The line the comment is about: its own when a word stands before it there, else the line of the next word. */
function lineOfComment(list: TokenList, offset: number): number | null {
  const { text } = list
  const next = list.indexAt(offset)
  const lineStart = startOfLine(text, offset)
  if (next > 0 && list.end(next - 1) > lineStart) return list.line(next - 1)
  const behind = endOfLine(text, offset)
  const after = list.indexAt(behind)
  return after < list.count ? list.line(after) : null
}

/** The comments by what they hide, so that findings and comments may both be many. */
export class Hiding {
  readonly #comments = new Map<string, Suppression>()
  readonly #used = new Set<string>()

  constructor(comments: readonly { readonly list: TokenList; readonly suppression: Suppression }[]) {
    for (const { list, suppression } of comments) {
      if (suppression.malformed !== null) continue
      for (const rule of suppression.rules) {
        const key = hidden(rule, list.file, suppression.line)
        if (!this.#comments.has(key)) this.#comments.set(key, suppression)
      }
    }
  }

  /** The first comment that asks not to show a finding, before all others one about its line; undefined where there is none. */
  hide({ diagnostic, list, line }: Collected): Suppression | undefined {
    // What stands around a Corefile has no lines in it; what is said there of the whole Corefile counts all the same.
    const keys =
      list === null
        ? [hidden(diagnostic.ruleId, '', null)]
        : [hidden(diagnostic.ruleId, list.file, line), hidden(diagnostic.ruleId, list.file, null)]
    const known = keys.filter((key) => this.#comments.has(key))
    for (const key of known) this.#used.add(key)
    return known[0] === undefined ? undefined : this.#comments.get(known[0])
  }

  /** Whether a finding of the rule was hidden that a comment in the text asks not to show. */
  hasHidden(rule: string, list: TokenList, { line }: Suppression): boolean {
    return this.#used.has(hidden(rule, list.file, line))
  }
}

function hidden(rule: string, file: string, line: number | null): string {
  return `${rule}\n${line}\n${file}`
}
