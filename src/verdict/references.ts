import type { Configuration } from '../expand/configuration.ts'
import type { Place } from '../expand/token-view.ts'
import { isSince } from '../values/release.ts'
import type { Reason } from './reason.ts'
import { serverReason } from './server-reason.ts'

/**
 * caddyfile/parse.go replaceEnvReferences up to CoreDNS 1.2.2 (caddy 0.10.12): the end of a reference is looked for from the start of
 * the word, and a brace in front of the reference makes it crash, as in `"{{ .Name }} 60 IN A {$ADDRESS}"`.
 */
export function referenceReasons({ blocks }: Configuration, release: string): Reason[] {
  if (isSince(release, '1.2.3')) return []
  const reasons: Reason[] = []
  const check = (at: Place) => {
    const text = at.list.value(at.index)
    if (!crashes(text, '{%', '%}') && !crashes(text, '{$', '}')) return
    reasons.push(serverReason('panic', 'syntax', at, text, 'slice bounds out of range'))
  }
  for (const { keys, occurrences } of blocks) {
    for (const { at } of keys) if (at.list.hasReference(at.index)) check(at)
    for (const { tokens } of occurrences) {
      for (let number = 0; number < tokens.count; number++) {
        const at = tokens.place(number)
        if (at.list.hasReference(at.index)) check(at)
      }
    }
  }
  return reasons
}

/** Whether an end stands before the start of a reference, or so near that they overlap, when those in front of it are replaced. */
function crashes(text: string, opening: string, closing: string): boolean {
  let rest = text
  for (let start = rest.indexOf(opening); start >= 0; start = rest.indexOf(opening)) {
    const end = rest.indexOf(closing)
    if (end < 0) return false
    if (end < start + opening.length) return true
    rest = rest.replaceAll(rest.slice(start, end + closing.length), '')
  }
  return false
}
