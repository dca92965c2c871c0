import { posix } from 'node:path'
import type { FindImport } from '../../src/expand/expand.ts'
import { globExpression, hasGlobMeta } from '../../src/values/glob.ts'
import { isInvalid } from '../../src/values/invalid.ts'
import type { Case } from './case.ts'

/**
 * Answers imports from the files of a case, as a server finds them whose working directory holds those files alone
 * (caddyfile/parse.go doImport, filepath.Glob).
 */
export function importFiles({
  files = {},
  path = 'Corefile',
  text,
}: Pick<Case, 'files' | 'path' | 'text'>): FindImport {
  const all: Record<string, string> = { ...files, [path]: text }
  const directories = new Set(
    Object.keys(all).flatMap((file) =>
      file
        .split('/')
        .slice(0, -1)
        .map((_, at, parts) => parts.slice(0, at + 1).join('/')),
    ),
  )
  return (pattern, importer) => {
    const isAbsolute = posix.isAbsolute(pattern)
    const wanted = isAbsolute
      ? pattern
      : posix.join(posix.dirname(importer === '' ? path : importer), pattern).replace(/(.)\/$/, '$1')
    if (count(wanted, '*') > 1 || count(wanted, '?') > 1 || (wanted.includes('[') && wanted.includes(']')))
      return { kind: 'wildcards' }
    const elements = wanted.split('/').map(globExpression)
    if (elements.some(isInvalid)) return { kind: 'bad-pattern' }
    const matches = (name: string) => {
      if (!hasGlobMeta(wanted)) return name === wanted
      const parts = name.split('/')
      return parts.length === elements.length && parts.every((part, at) => (elements[at] as RegExp).test(part))
    }
    if ([...directories].some(matches)) return { kind: 'directory' }
    const found = Object.keys(all).filter(matches).sort()
    return { kind: 'files', files: found.map((file) => ({ path: file, text: all[file] ?? '' })) }
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
