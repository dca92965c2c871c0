import type { Range } from '../text/range.ts'
import { readBlockHeader } from './block-scalar.ts'
import { kindOfKey, nameOfKey } from './configmap.ts'
import type { Embedded, EmbeddingDocument } from './embedded.ts'
import type { FoundValue } from './found-value.ts'
import { embeddedValue } from './found-value.ts'
import type { HostText, ScalarPlace } from './inner-text.ts'
import { scalarText } from './inner-text.ts'
import { isCorefileKey, mayBeCorefile } from './signs.ts'
import { hasTemplateAction, isTemplateLine, TemplateNesting } from './template-lines.ts'

/** A key whose value is a block scalar, on a line of its own. */
const keyLine =
  /^(?<lead>(?: *- +)? *)(?<quote>["']?)(?<key>[\w.-]*[Cc]ore[Ff]ile[\w.-]*|[\w.-]+\.(?:server|override))\k<quote>[ \t]*:[ \t]*(?<header>[|>][-+1-9]*)[ \t]*(?<comment>(?<=[ \t])#.*)?$/d

/** No longer line is looked at for a key. */
const longestKeyLine = 1000

/** What was found without a parser. */
export interface BlocksByLines {
  readonly embedded: readonly Embedded[]
  /** True when the document is a template: it has template actions other than in the lines of a block. */
  readonly isTemplate: boolean
}

/** True when a text has a key that could hold a text for CoreDNS, in whatever style. */
export function mentionsKey(text: string): boolean {
  return /(?:^|[\s"'{,])(?:Corefile|[\w.-]{1,100}\.(?:server|override))["']?[ \t]*:(?:\s|$)/.test(text)
}

/** Finds texts for CoreDNS in the document from `start` to `end` of the host that no parser can read: block scalars, by the line of their key and by their indentation. */
export function blocksByLines(host: HostText, start: number, end: number): BlocksByLines {
  const document = host.text.slice(start, end)
  const isConfigMap = /^[ \t-]*kind:[ \t]*["']?ConfigMap\b/m.test(document)
  const entries = new Map<string, HostText>()
  const about: EmbeddingDocument = { ...describe(document, isConfigMap), entries }
  const embedded: Embedded[] = []
  let isTemplate = false
  for (let at = start; at < end; ) {
    const line = lineAt(host.text, at, end)
    const match = line.text.length <= longestKeyLine ? keyLine.exec(line.text) : null
    const key = match?.groups?.key ?? ''
    if (!match || !(isCorefileKey(key) || (isConfigMap && kindOfKey(about.name, key)))) {
      isTemplate ||= hasTemplateAction(line.text)
      at = line.next
      continue
    }
    const column = match.groups?.lead?.length ?? 0
    const block = blockBelow(host.text, line.next, end, column)
    const place = placeOf(match, at, { start: line.next, end: block.end }, column, block.indent)
    const inner = scalarText(host, place)
    entries.set(key, inner)
    const comment = match.indices?.groups?.comment
    const value: FoundValue = {
      key,
      keyStart: at + column,
      floor: start,
      inner,
      start: place.start,
      end: block.end,
      comment: comment && { start: at + comment[0], end: at + comment[1] },
      ...(isConfigMap ? {} : { as: { kind: 'corefile', name: nameOfKey(about.namespace, about.name, key) } }),
    }
    const one = isConfigMap || mayBeCorefile(inner.text) ? embeddedValue(host, about, value, 'recovered') : undefined
    if (one) embedded.push(one)
    isTemplate ||= block.hasLowActions
    at = block.end
  }
  return { embedded, isTemplate }
}

function placeOf(match: RegExpExecArray, at: number, lines: Range, column: number, indent?: number): ScalarPlace {
  const header = readBlockHeader(match.groups?.header ?? '')
  const start = at + (match.indices?.groups?.header?.[0] ?? 0)
  const known = header.indicator === 0 && indent !== undefined ? { indent } : {}
  return { style: 'block', start, lines, header, parentIndent: column, ...known }
}

interface Line {
  readonly text: string
  /** Number of blanks at its start. */
  readonly blanks: number
  /** Offset of the next line. */
  readonly next: number
}

function lineAt(source: string, at: number, end: number): Line {
  const lineBreak = source.indexOf('\n', at)
  const next = lineBreak === -1 || lineBreak >= end ? end : lineBreak + 1
  const text = source.slice(at, next).replace(/\r?\n$/, '')
  return { text, blanks: text.length - text.trimStart().length, next }
}

interface Block {
  readonly end: number
  /** Indentation of its first line that is indented more than the key. */
  readonly indent: number | undefined
  /** True when template actions stand on lines that YAML would not take as part of the block. */
  readonly hasLowActions: boolean
}

/**
 * The lines that belong to a key in `column`: those indented more, empty ones, and lines of template actions alone, as
 * long as these do not close something that was opened before the block or open something that is not closed in it.
 */
function blockBelow(source: string, start: number, end: number, column: number): Block {
  const nesting = new TemplateNesting()
  let indent: number | undefined
  let hasLowActions = false
  let opened: number | undefined
  let at = start
  while (at < end) {
    const line = lineAt(source, at, end)
    if (line.text.trim() !== '') {
      const isLow = line.blanks <= column
      if (isLow && (!isTemplateLine(line.text) || nesting.leaves(line.text))) break
      if (isLow) hasLowActions = true
      else indent ??= line.blanks
      nesting.read(line.text)
      if (nesting.depth === 0) opened = undefined
      else if (isLow) opened ??= at
    }
    at = line.next
  }
  return { end: opened ?? at, indent, hasLowActions }
}

/** What the lines of a document say of the object in it. */
function describe(document: string, isConfigMap: boolean): Omit<EmbeddingDocument, 'entries'> {
  const metadata = /^( *)metadata:[ \t]*\r?\n((?:(?:\1[ \t].*|[ \t]*(?:\{\{|\{%).*|[ \t]*)(?:\r?\n|$))*)/m.exec(
    document,
  )?.[2]
  return {
    apiVersion: plainValue(document, 'apiVersion'),
    kind: isConfigMap ? 'ConfigMap' : plainValue(document, 'kind'),
    name: plainValue(metadata ?? '', 'name'),
    namespace: plainValue(metadata ?? '', 'namespace'),
  }
}

function plainValue(lines: string, key: string): string | undefined {
  const value = new RegExp(`^[ \\t-]*${key}:[ \\t](.*)$`, 'm').exec(lines)?.[1]?.trim()
  return value?.replace(/^(["'])(.*)\1$/, '$2')
}
