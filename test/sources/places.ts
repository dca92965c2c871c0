import { fileText } from '../../src/embed/inner-text.ts'
import { ManifestDocument, type ManifestNode } from '../../src/sources/manifest.ts'
import type { SourceText } from '../../src/sources/source.ts'
import type { Range } from '../../src/text/range.ts'

/** A file as readers take it. */
export function source(path: string, text: string): SourceText {
  return { path, text: fileText(text) }
}

/** The first value of a manifest. */
export function manifest(text: string): ManifestNode {
  const [root] = new ManifestDocument(fileText(text), { start: 0, end: text.length }).roots()
  if (!root) throw new Error('no document')
  return root
}

/** What stands in a text at a range. */
export function at(text: string, range: Range | undefined): string | undefined {
  return range && text.slice(range.start, range.end)
}

/** Every range in a model, and every value that has one beside it; texts with maps of their own are left out. */
export function* placesIn(model: unknown): Generator<{ range: Range; value: unknown }> {
  if (typeof model !== 'object' || model === null || model instanceof Map || 'toOuter' in model) return
  if (Array.isArray(model)) {
    for (const item of model) yield* placesIn(item)
    return
  }
  const record = model as Record<string, unknown>
  for (const [key, value] of Object.entries(record)) {
    if (isRange(value)) yield { range: value, value: key === 'range' ? record.value : undefined }
    else yield* placesIn(value)
  }
}

function isRange(value: unknown): value is Range {
  return (
    typeof value === 'object' && value !== null && 'start' in value && 'end' in value && Object.keys(value).length === 2
  )
}
