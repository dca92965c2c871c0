/** A key that speaks of a Corefile, as people and charts write it: `Corefile`, `corefile`, `externalCoreFile`, `Corefile-second`. */
const corefileKey = /corefile/i

/** Names of files that are about a Corefile and are none. */
const otherFile = /\.(?:md|txt|ya?ml|json|sh|conf|png|svg)$/i

/** Such a key in whatever language, its quotes escaped or not, before `:` or `=`. */
const keySign = /corefile[\w.-]{0,60}(?:\\{0,16}["']\s{0,8}[:=]|[ \t]{0,60}:(?=\s|$)|[ \t]{0,60}=(?![=~>]))/i

/** A key whose value may be the text of a file that is named beside it. */
const contentSign = /\b(?:contents?|inline)\\{0,16}["']?[ \t]{0,60}[:=]/i

/** Keys of the coredns chart's values. */
const serversSign = /\bservers\\{0,16}["']?[ \t]{0,60}:/
const pluginsSign = /\bplugins\\{0,16}["']?[ \t]{0,60}:/

/** Keys whose value is what is in a file, or what a setting is when nobody sets it. */
const contentKey = /^(?:contents?|inline|data|text|value|default|body)$/i

/** Keys whose value names a file. */
const fileKey = /^(?:path|dest|destination|target|file|file_?name|name|source)$/i

/** False when a text surely holds no text for CoreDNS; a cheap look for words. */
export function mayHoldCorefile(text: string): boolean {
  if (keySign.test(text)) return true
  if (text.includes(customName) && /\.(?:server|override)\b/.test(text)) return true
  if (contentSign.test(text) && corefileKey.test(text)) return true
  return serversSign.test(text) && pluginsSign.test(text)
}

/** The ConfigMap whose keys AKS, DOKS, K3s and RKE2 import into their own Corefile. */
export const customName = 'coredns-custom'

/** True for a key whose value, if it reads like a Corefile, is one. */
export function isCorefileKey(key: string): boolean {
  return corefileKey.test(key) && !otherFile.test(key)
}

/** True for a text that can be a Corefile and not just the name of one: it has a second line, or a brace that is none of a template's. */
export function mayBeCorefile(text: string): boolean {
  return text.trim().includes('\n') || /(?<![$%{])\{(?![{%$#])/.test(text)
}

/** True for a text with a line that opens a block as server blocks and plugins do, and none that ends as those of other languages do. */
function looksLikeCorefile(text: string): boolean {
  if (/;[ \t]{0,60}\r?$/m.test(text)) return false
  return /^(?:[^\n#"'=;()]{0,1000}[^\s#"'=;:(){}]|[ \t]{0,60}\([\w.-]{1,60}\))[ \t]{0,60}\{[ \t]{0,60}(?:#.*)?\r?$/m.test(
    text,
  )
}

/** False when a string under a key surely is no text for CoreDNS and holds none, wherever it stands. */
export function mayMatter(key: string, text: string): boolean {
  if (isCorefileKey(key)) return mayBeCorefile(text)
  return mayHoldCorefile(text) || (contentKey.test(key) && looksLikeCorefile(text))
}

/** What stands around a string. */
export interface Surroundings {
  /** The key it is the value of, undefined in a list. */
  readonly key: string | undefined
  /** The keys around that one, the nearest first; undefined for an item of a list. */
  keysAround(): Iterable<string | undefined>
  /** The strings beside it and beside what it stands in, with their keys. */
  stringsBeside(): Iterable<readonly [key: string, value: string]>
}

/** True when a string is a Corefile by its key, or by the file it is the content of; and by how it reads. */
export function isCorefileByPlace(text: string, around: Surroundings): boolean {
  const { key } = around
  if (key === undefined) return false
  if (isCorefileKey(key)) return mayBeCorefile(text)
  if (!contentKey.test(key) || !looksLikeCorefile(text)) return false
  let distance = 0
  for (const outer of around.keysAround()) {
    if (distance++ === 2) break
    if (outer !== undefined && isCorefileKey(outer)) return true
  }
  for (const [name, value] of around.stringsBeside()) {
    if (fileKey.test(name) && isCorefileKey(value.slice(value.lastIndexOf('/') + 1))) return true
  }
  return false
}
