import type { Diagnostic } from '../lint/diagnostic.ts'
import type { FileResult } from '../lint/result.ts'
import { positionIn, type Source } from './source.ts'

/** What a finding is known by in a later version of its file: texts without indentation, secrets and numbers of lines. */
export interface Content {
  /** The line it begins in; a long one is cut, with a hash of the whole. */
  readonly text: string
  /** The lines that open the blocks around it, outermost first, behind the name of the Corefile where a file may hold several. */
  readonly block: string
}

/** Names findings so that they are known again in a later version of the file. */
export class Fingerprints {
  readonly #seen = new Map<string, number>()

  /**
   * The name of a finding: its rule, file and the text of its line without indentation and secrets, hashed, and which one of several
   * such it is. It does not depend on the number of the line, so lines may come and go before it.
   */
  of({ ruleId, range }: Diagnostic, source: Source): string {
    const name = hash([ruleId, source.path, lineAt(range.start, source)].join('\n'))
    const count = (this.#seen.get(name) ?? 0) + 1
    this.#seen.set(name, count)
    return `${name}:${count}`
  }
}

/** The contents of the findings of one file. Asked in the order of the file it costs one pass. */
export class Contents {
  readonly #file: FileResult
  readonly #source: Source
  readonly #open: string[] = []
  #corefile: FileResult['corefiles'][number] | undefined
  #at = 0

  constructor(file: FileResult, source: Source) {
    this.#file = file
    this.#source = source
  }

  of({ range }: Diagnostic): Content {
    return { text: short(lineAt(range.start, this.#source)), block: this.#blockAt(range.start) }
  }

  /** All blocks that the Corefiles of the file open. */
  blocks(): ReadonlySet<string> {
    const found = new Set<string>()
    for (const corefile of this.#file.corefiles) {
      this.#enter(corefile, corefile.range.start)
      found.add(this.#name())
      this.#readTo(corefile.range.end, () => found.add(this.#name()))
    }
    return found
  }

  #blockAt(offset: number): string {
    const { corefiles } = this.#file
    const corefile = corefiles.find(({ range }) => range.start <= offset && offset <= range.end)
    if (corefile !== this.#corefile || offset < this.#at) this.#enter(corefile, corefile?.range.start ?? 0)
    this.#readTo(offset, () => undefined)
    return this.#name()
  }

  #enter(corefile: FileResult['corefiles'][number] | undefined, at: number): void {
    this.#corefile = corefile
    this.#at = at
    this.#open.length = 0
  }

  /** Reads the whole lines before `end`. */
  #readTo(end: number, opened: () => void): void {
    const { text } = this.#source.lines
    for (;;) {
      const next = lineBreakFrom(this.#at, end, text)
      if (next === null) return
      const raw = text.slice(this.#at, next.start)
      // Most lines need no closer look, which costs more.
      const opening = raw.includes('{') ? openingOf(shown(this.#at, next.start, this.#source)) : null
      if (opening !== null) {
        this.#open.push(short(opening))
        opened()
      } else if (/^\s*\}/.test(raw)) this.#open.pop()
      this.#at = next.end
    }
  }

  #name(): string {
    const name = this.#corefile?.name
    const around = name === undefined || name === this.#file.path ? [] : [name]
    return [...around, ...this.#open].join(' > ')
  }
}

/** What stands before the brace at the end of a line, behind the quote that may open a string of JSON there; null where none is. */
function openingOf(line: string): string | null {
  return /^"?(.*?)\s*(?<!\S)\{(?:\s+#.*)?$/.exec(line)?.[1] ?? null
}

/** Of longer lines, as minified JSON has them, this much on both sides of the finding counts. */
const longestLine = 1000

/** Longer texts are cut where people are to read them. */
const longestText = 160

/** The line that an offset stands in. In a string of JSON a line ends where its text says so. */
function lineAt(offset: number, source: Source): string {
  const { lines } = source
  if (offset > lines.text.length) return ''
  const { line } = positionIn(source, offset)
  const before = lines.text.slice(Math.max(lines.lineStart(line), offset - longestLine), offset)
  const behind = lines.text.slice(offset, Math.min(lines.lineEnd(line), offset + longestLine))
  const start = before.lastIndexOf('\\n')
  const end = behind.indexOf('\\n')
  return shown(
    offset - before.length + (start === -1 ? 0 : start + 2),
    offset + (end === -1 ? behind.length : end),
    source,
  )
}

function shown(start: number, end: number, { secrets }: Source): string {
  return secrets
    .inRange({ start, end: Math.max(start, end) })
    .text.replaceAll('\\t', ' ')
    .trim()
    .replace(/\s+/g, ' ')
}

/** The first end of a line at or behind `from` that lies before `end`; null when there is none. */
function lineBreakFrom(
  from: number,
  end: number,
  text: string,
): { readonly start: number; readonly end: number } | null {
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 10) return { start: at, end: at + 1 }
    if (unit === 92 && text.charCodeAt(at + 1) === 110) return { start: at, end: at + 2 }
  }
  return null
}

function short(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText).toWellFormed()}… ${hash(text)}`
}

/** FNV-1a of 64 bits over UTF-16 units, in hexadecimal. */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at++) {
    state = BigInt.asUintN(64, (state ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n)
  }
  return state.toString(16).padStart(16, '0')
}
