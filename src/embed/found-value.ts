import { kindOfValue, nameOfKey } from './configmap.ts'
import type { Embedded, EmbeddedComment, EmbeddedKind, EmbeddingDocument, NamedProgram } from './embedded.ts'
import type { HostText } from './inner-text.ts'

/** A value of an object, with offsets of the text around it. */
export interface FoundValue {
  readonly key: string
  /** Where the key stands; comments are looked for above it, not before `floor`. */
  readonly keyStart: number
  readonly floor: number
  readonly inner: HostText
  readonly start: number
  readonly end: number
  /** Where the comment behind a block's `|` stands. */
  readonly comment: { readonly start: number; readonly end: number } | undefined
  /** What it is and how to speak of it; a value under `data` of a ConfigMap when missing. */
  readonly as?: {
    readonly kind: EmbeddedKind
    readonly name: string
    readonly found?: Embedded['found']
    readonly program?: NamedProgram
  }
}

/** The value as a text for CoreDNS, undefined when it is none. */
export function embeddedValue(
  host: HostText,
  document: EmbeddingDocument,
  value: FoundValue,
  found: Embedded['found'],
): Embedded | undefined {
  const kind = value.as?.kind ?? kindOfValue(document.name, value.key, value.inner.text)
  if (!kind) return undefined
  const comments = commentsAbove(host, value.keyStart, value.floor)
  if (value.comment) comments.push(commentAt(host, value.comment.start, value.comment.end))
  return {
    ...value.inner,
    kind,
    key: value.key,
    name: value.as?.name ?? nameOfKey(document.namespace, document.name, value.key),
    range: host.toOuter({ start: value.start, end: value.end }),
    found: value.as?.found ?? found,
    comments,
    document,
    ...(value.as?.program && { program: value.as.program }),
  }
}

/** The comment lines directly above a key that stands first on its line, not indented more than it. */
function commentsAbove(host: HostText, key: number, floor: number): EmbeddedComment[] {
  const { text } = host
  let lineStart = key
  // Unit by unit, for a file of megabytes may be one line.
  while (text[lineStart - 1] === ' ' || text[lineStart - 1] === '-') lineStart--
  if (lineStart > 0 && text[lineStart - 1] !== '\n') return []
  const column = key - lineStart
  const comments: EmbeddedComment[] = []
  while (lineStart > floor) {
    const end = lineStart - 1
    lineStart = text.lastIndexOf('\n', end - 1) + 1
    const [, blanks = '', comment = ''] = /^( *)(#.*?)\r?$/.exec(text.slice(lineStart, end)) ?? []
    if (!comment || blanks.length > column) break
    const start = lineStart + blanks.length
    comments.unshift(commentAt(host, start, start + comment.length))
  }
  return comments
}

function commentAt(host: HostText, start: number, end: number): EmbeddedComment {
  return { text: host.text.slice(start, end), range: host.toOuter({ start, end }) }
}
