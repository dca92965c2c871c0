import { type Release, releaseNumber } from '../src/values/release.ts'
import { NEWEST, RELEASES, type ReleaseError, resolveRelease } from './releases.ts'

const BOUND = String.raw`v?\d{1,3}(?:\.x|\.\d{1,3}(?:\.x|\.\d{1,3})?)?|latest|newest`
const COMPARISON = new RegExp(`^(>=|<=|>|<)(${BOUND})$`, 'i')
const SPAN = new RegExp(`^(${BOUND})\\.\\.(${BOUND})$`, 'i')
/** `1.9-1.12` without blanks; a single number after the hyphen is a vendor's revision (`1.11.3-8`). */
const TIGHT_SPAN = /^(v?\d{1,3}\.[\dx.]{1,7})-(v?\d{1,3}\.[\dx.]{1,7}|latest|newest)$/i
const WHOLE_LINE = /^v?\d{1,3}(?:\.\d{1,3})?\.x$/i

/** Longer than anything a person writes; keeps a hostile configuration cheap. */
const LONGEST = 500

/**
 * The releases that a text means, oldest first and at least one. Its items stand between commas or blanks:
 * - a release as `resolveRelease` reads it is itself (`1.12` is its newest patch); `=` before it changes nothing;
 * - `1.11.x` is every 1.11, `1.x` every 1; `1.9 - 1.12`, `1.9..1.12` and `1.9.0-1.12.4` are all from the first to the last patch of the
 *   second; several such items add up;
 * - `>=1.9`, `>1.9`, `<1.12`, `<=1.12` keep, of those or else of all releases, what meets every one of them. A shortened bound stands for
 *   all of its patches: `>1.9` begins at 1.10.0, `<=1.12` ends with 1.12.4.
 */
export function resolveReleases(text: string): { readonly releases: readonly Release[] } | ReleaseError {
  const trimmed = text.trim()
  const items = trimmed.length > LONGEST ? [] : itemsOf(trimmed)
  const named = new Set<Release>()
  const conditions: Condition[] = []
  for (const item of items) {
    const comparison = COMPARISON.exec(item)
    if (comparison) {
      conditions.push(comparing(comparison[1] as string, comparison[2] as string))
      continue
    }
    const found = releasesNamed(item)
    if ('error' in found) return items.length === 1 || isReleaseLike(item) ? found : malformed(trimmed, item)
    for (const release of found.releases) named.add(release)
  }
  if (named.size === 0 && conditions.length === 0) return malformed(trimmed, trimmed)
  const releases = RELEASES.filter(
    (release) => (named.size === 0 || named.has(release)) && conditions.every((holds) => holds(releaseNumber(release))),
  )
  return releases.length > 0 ? { releases } : nothingIn(trimmed)
}

type Condition = (number: number) => boolean

function itemsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .join(' ')
    .replaceAll(' - ', '..')
    .replace(/([<>=]) /g, '$1')
    .replace(/(?<=[^<>=, ])(?=[<>])/g, ' ')
    .split(/[ ,]+/)
    .filter((item) => item !== '')
}

function comparing(operator: string, bound: string): Condition {
  const { first, last } = numbersOf(bound)
  if (operator === '>=') return (number) => number >= first
  if (operator === '<=') return (number) => number <= last
  return operator === '>' ? (number) => number > last : (number) => number < first
}

/** The smallest and the largest release number that a bound may stand for. */
function numbersOf(bound: string): { readonly first: number; readonly last: number } {
  const word = /^(?:latest|newest)$/i.test(bound) ? NEWEST : bound.replace(/^v|\.x$/gi, '')
  const parts = word.split('.').map(Number)
  const [major = 0] = parts
  return {
    first: releaseNumber([major, parts[1] ?? 0, parts[2] ?? 0].join('.')),
    last: releaseNumber([major, parts[1] ?? 999, parts[2] ?? 999].join('.')),
  }
}

/** What one item without a comparison names. */
function releasesNamed(item: string): { readonly releases: readonly Release[] } | ReleaseError {
  const span = SPAN.exec(item) ?? TIGHT_SPAN.exec(item)
  if (span || WHOLE_LINE.test(item)) {
    const first = numbersOf(span ? (span[1] as string) : item).first
    const last = numbersOf(span ? (span[2] as string) : item).last
    const releases = RELEASES.filter((release) => releaseNumber(release) >= first && releaseNumber(release) <= last)
    return releases.length > 0 ? { releases } : nothingIn(span ? `${span[1]} - ${span[2]}` : item)
  }
  const found = resolveRelease(item.replace(/^=+/, ''))
  if ('release' in found) return { releases: [found.release] }
  return isReleaseLike(item) ? found : malformed(item, item)
}

/** Whether an item is well written, so that what is wrong is which release it names. */
function isReleaseLike(item: string): boolean {
  return (
    /^=*v?\d{1,3}(?:\.\d{1,3}){0,2}$/i.test(item) || SPAN.test(item) || TIGHT_SPAN.test(item) || WHOLE_LINE.test(item)
  )
}

function malformed(text: string, item: string): ReleaseError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  const where = item === text ? '' : ` (at "${item}")`
  const [, sign, bound] = /^([~^])(v?\d[\d.]*)$/.exec(item) ?? []
  return {
    error: `"${shown}" names no CoreDNS releases${where}: write 1.12.0, 1.12 (its newest patch), 1.11.x, 1.9 - 1.12 or >=1.9 <1.12`,
    suggestion: bound ? (sign === '^' ? `>=${bound}` : `${bound.split('.').slice(0, 2).join('.')}.x`) : null,
  }
}

function nothingIn(text: string): ReleaseError {
  return {
    error: `no CoreDNS release is in "${text}": known here are ${RELEASES[0]} to ${NEWEST}`,
    suggestion: null,
  }
}
