import type { HostText } from './inner-text.ts'
import { sliceText } from './inner-text.ts'

/**
 * What a literal of a kustomize generator (`KEY=VALUE`) makes an entry of; undefined when it makes none. Quotes around the value are
 * not part of it.
 *
 * Source: kustomize api/kv/kv.go parseLiteralSource.
 */
export function entryOfLiteral(literal: HostText): { readonly key: string; readonly value: HostText } | undefined {
  const { text } = literal
  const equals = text.indexOf('=')
  if (equals < 1) return undefined
  const start = equals + 1 + (/^["']*/.exec(text.slice(equals + 1))?.[0].length ?? 0)
  let end = text.length
  while (end > start && (text[end - 1] === '"' || text[end - 1] === "'")) end--
  return { key: text.slice(0, equals), value: sliceText(literal, { start, end }) }
}
