import { everInTree } from '../../grammar/releases.ts'

/** What a text reads as that somebody adds to a Corefile: directives for a server block, or server blocks; null for anything else. */
export function readsAsDirectives(text: string): 'override' | 'server' | null {
  const line = text.split('\n').find((one) => !/^\s*(?:#.*)?$/.test(one))
  if (line === undefined) return null
  const [first = ''] = line.trim().split(/\s+/)
  if (everInTree.has(first) || first === 'import') return 'override'
  return /^\s*[^\s{}"':]+(?::\d+)?(?:\s+[^\s{}]+)*\s*\{\s*$/.test(line) && /[.:]|^\.$/.test(first) ? 'server' : null
}
