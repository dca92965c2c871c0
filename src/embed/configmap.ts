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
