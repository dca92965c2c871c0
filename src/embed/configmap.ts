import type { Range } from '../text/range.ts'
import type { EmbeddedKind } from './embedded.ts'
import { customName, isCorefileKey, mayBeCorefile, mayHoldCorefile } from './signs.ts'

/** What the value under `key` of a ConfigMap is to CoreDNS, undefined when nothing. */
export function kindOfKey(configMapName: string | undefined, key: string): EmbeddedKind | undefined {
  if (key === 'Corefile') return 'configmap'
  if (configMapName !== customName) return undefined
  if (key.endsWith('.server')) return 'corefile'
  return key.endsWith('.override') ? 'fragment' : undefined
}

/** What the value under `key` of a ConfigMap is to CoreDNS by its key, or where that says little by its text too. */
export function kindOfValue(configMapName: string | undefined, key: string, text: string): EmbeddedKind | undefined {
  return kindOfKey(configMapName, key) ?? (isCorefileKey(key) && mayBeCorefile(text) ? 'configmap' : undefined)
}

/** How people speak of a key: `kube-system/coredns Corefile`. */
export function nameOfKey(namespace: string | undefined, name: string | undefined, key: string): string {
  const object = name ?? 'ConfigMap'
  return `${namespace ? `${namespace}/${object}` : object} ${key}`
}

/** The documents of a YAML text that may hold a text for CoreDNS. No value can hold a line that starts with `---` and a blank, so they can be told apart without parsing. */
export function documentRanges(text: string): Range[] {
  return allDocuments(text).filter((range) => mayHoldCorefile(text.slice(range.start, range.end)))
}

/** All documents of a YAML text. */
export function allDocuments(text: string): Range[] {
  const ranges: Range[] = []
  const marker = /\n---(?=[ \t\r\n]|$)/g
  let start = 0
  for (let match = marker.exec(text); match; match = marker.exec(text)) {
    ranges.push({ start, end: match.index + 1 })
    start = match.index + 1
  }
  ranges.push({ start, end: text.length })
  return ranges
}
