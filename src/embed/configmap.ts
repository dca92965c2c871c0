import type { Range } from '../text/range.ts'
import type { EmbeddedKind } from './embedded.ts'

/** False when a text surely holds no ConfigMap with a text for CoreDNS; a cheap look for words. */
export function holdsConfigMap(text: string): boolean {
  if (!text.includes('ConfigMap')) return false
  return text.includes('Corefile') || (text.includes(customName) && /\.(?:server|override)\b/.test(text))
}

/** The ConfigMap whose keys AKS, DOKS, K3s and RKE2 import into their own Corefile. */
const customName = 'coredns-custom'

/** What the value under `key` of a ConfigMap is to CoreDNS, undefined when nothing. */
export function kindOfKey(configMapName: string | undefined, key: string): EmbeddedKind | undefined {
  if (key === 'Corefile') return 'configmap'
  if (configMapName !== customName) return undefined
  if (key.endsWith('.server')) return 'corefile'
  return key.endsWith('.override') ? 'fragment' : undefined
}

/** How people speak of a key: `kube-system/coredns Corefile`. */
export function nameOfKey(namespace: string | undefined, name: string | undefined, key: string): string {
  const object = name ?? 'ConfigMap'
  return `${namespace ? `${namespace}/${object}` : object} ${key}`
}

/** The documents of a YAML text that may hold a text for CoreDNS. No value can hold a line that starts with `---` and a blank, so they can be told apart without parsing. */
export function documentRanges(text: string): Range[] {
  const ranges: Range[] = []
  const marker = /\n---(?=[ \t\r\n]|$)/g
  let start = 0
  for (let match = marker.exec(text); match; match = marker.exec(text)) {
    ranges.push({ start, end: match.index + 1 })
    start = match.index + 1
  }
  ranges.push({ start, end: text.length })
  return ranges.filter((range) => holdsConfigMap(text.slice(range.start, range.end)))
}
