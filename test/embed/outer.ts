import fc from 'fast-check'
import { parseAllDocuments } from 'yaml'
import type { Embedded } from '../../src/embed/embedded.ts'
import { embeddedIn } from '../../src/embed/embedded.ts'
import type { TextEdit } from '../../src/text/edit.ts'
import { applyEdits } from '../../src/text/edit.ts'

/** A ConfigMap whose Corefile is the scalar given, as it stands behind the colon, with a key behind it. */
export function configMap(scalar: string, lineBreak = '\n'): string {
  const lines = ['apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: coredns', 'data:']
  const after = scalar.endsWith('\n') ? '' : lineBreak
  return `${lines.join(lineBreak)}${lineBreak}  Corefile: ${scalar}${after}  other: kept${lineBreak}`
}

/** The one text for CoreDNS in a file. */
export async function only(text: string, path = 'file.yaml'): Promise<Embedded> {
  const { embedded, problems } = await embeddedIn(path, text)
  const [first] = embedded
  if (!first || embedded.length !== 1 || problems.length > 0) {
    throw new Error(`${embedded.length} embedded texts, problems: ${JSON.stringify(problems)}`)
  }
  return first
}

/** The value of the first ConfigMap's key as the yaml package reads it; undefined when the text is no YAML or the value no string. */
export function valueByParser(text: string, key = 'Corefile'): string | undefined {
  const [document] = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' })
  if (!document || 'empty' in document || document.errors.length > 0) return undefined
  const value: unknown = document.getIn(['data', key])
  return typeof value === 'string' ? value : undefined
}

/** The outer text after edits of the inner one, or null where the style cannot say them. Throws when a byte outside of the value would change. */
export function editedOuter(outer: string, embedded: Embedded, edits: readonly TextEdit[]): string | null {
  const outerEdits = embedded.toOuterEdits(edits)
  if (outerEdits === null) return null
  for (const { start, end } of outerEdits) {
    if (start < embedded.range.start || end > embedded.range.end)
      throw new Error(`an edit at ${start} leaves the value`)
  }
  return applyEdits(outer, outerEdits)
}

/** What becomes of a scalar when `old` in its value is replaced by `now` (at the end when there is no `old`); null when its style cannot say it. */
export async function edited(scalar: string, old: string | undefined, now: string, lineBreak = '\n') {
  const outer = configMap(scalar, lineBreak)
  const embedded = await only(outer)
  const start = old === undefined ? embedded.text.length : embedded.text.indexOf(old)
  if (start === -1) throw new Error(`no ${JSON.stringify(old)} in ${JSON.stringify(embedded.text)}`)
  const result = editedOuter(outer, embedded, [{ start, end: start + (old ?? '').length, text: now }])
  if (result === null) return null
  const from = outer.indexOf(scalar)
  return result.slice(from, result.length - (outer.length - from - scalar.length))
}

/** Edits of a text, in order and without overlaps. */
export function editsOf(text: string): fc.Arbitrary<TextEdit[]> {
  const place = fc.oneof(fc.nat(text.length), fc.constantFrom(0, text.length), fc.constantFrom(...lineStarts(text)))
  const written = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '\t', 'x: y', ' #', '"', "'", '\\', '{', 'é', '😀', '\r', '\u0001', '\u2028'),
    maxLength: 6,
  })
  const usual = fc.constantFrom('', 'b', 'log\n', '  fallthrough\n', '\n    fallthrough', '}\n', '10.0.0.1 a b\n')
  return fc.array(fc.tuple(place, place, fc.oneof(usual, written)), { minLength: 1, maxLength: 3 }).map((drafts) => {
    const places = [...drafts.map(([a]) => a), ...drafts.map(([, b]) => b)].toSorted((a, b) => a - b)
    return drafts.map(([, , now], index) => ({
      start: places[2 * index] ?? 0,
      end: places[2 * index + 1] ?? 0,
      text: now,
    }))
  })
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
}
