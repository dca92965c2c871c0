import type { FileResult, LintResult } from '../lint/result.ts'
import { LineIndex, type Position } from '../text/lines.ts'
import { visible } from '../text/width.ts'
import { type Secrets, secretsOf } from './secrets.ts'

/** Longer sentences are cut: they quote something that nobody wants to read. */
const longestSentence = 1000

/** A file as reports speak of it: its lines, and its text without secrets. */
export interface Source {
  readonly path: string
  readonly lines: LineIndex
  readonly secrets: Secrets
  /** A sentence that may quote the file, safe to show: one line, without secrets or control characters, of bounded length. */
  legible(sentence: string): string
}

/** The files that a result speaks of. */
export class Sources {
  readonly #files: Map<string, FileResult>
  readonly #textOf: (path: string) => string | undefined
  readonly #sources = new Map<string, Source>()

  constructor(result: LintResult, textOf: (path: string) => string | undefined = () => undefined) {
    this.#files = new Map(result.files.map((file) => [file.path, file]))
    this.#textOf = (path) => result.texts?.get(path) ?? textOf(path)
  }

  /** A file by its path; one whose text nobody has is empty. */
  get(path: string): Source {
    let source = this.#sources.get(path)
    if (source === undefined) {
      const file = this.#files.get(path)
      const text = file?.text ?? this.#textOf(path) ?? ''
      const secrets = secretsOf(text, file?.secrets ?? [])
      source = { path, lines: new LineIndex(text), secrets, legible: (sentence) => legible(secrets.inText(sentence)) }
      this.#sources.set(path, source)
    }
    return source
  }
}

/** Line and column of an offset; of a file whose text is not at hand the whole is taken for one line. */
export function positionIn({ lines }: Source, offset: number): Position {
  return offset <= lines.text.length ? lines.positionAt(offset) : { line: 1, column: offset + 1 }
}

/** `PATH:LINE:COLUMN`, safe to show at the start of a line. */
export function placeIn(source: Source, offset: number): string {
  const { line, column } = positionIn(source, offset)
  return `${legiblePath(source.path)}:${line}:${column}`
}

/** A path, safe to show at the start of a line: what the runner of GitHub Actions would take for a command begins with `./`. */
export function legiblePath(path: string): string {
  return /^\s*::/.test(path) ? `./${visible(path)}` : visible(path)
}

function legible(sentence: string): string {
  if (sentence.length <= longestSentence) return visible(sentence)
  return `${visible(sentence.slice(0, longestSentence))}… (${sentence.length - longestSentence} more characters)`
}
