import type { LintResult, Target } from '../lint/result.ts'
import { visible } from '../text/width.ts'
import { counted, listed } from './words.ts'

/** More releases than this are counted, not named. */
const mostNamed = 3

/**
 * The releases that were judged, and who said so: `CoreDNS 1.12.0, from the image in deploy/coredns.yaml:71`; empty where there was no
 * Corefile. `note` says more of a release that a person chose.
 */
export function judgedBy({ files }: LintResult, note: string | null): string {
  const targets = files.flatMap(({ corefiles }) => corefiles.map(({ target }) => target))
  const groups = [...Map.groupBy(targets, nameOf)].map(([name, same]) => ({ name, same }))
  const [only] = groups
  if (only === undefined) return ''
  if (groups.length === 1) return withOrigin(only.name, only.same, note)
  if (groups.length > mostNamed) return manyReleases(targets)
  const parts = groups.map(({ name, same }) => {
    const origin = originOf(same)
    const count = isAssumed(same) ? ` for ${counted(same.length, 'Corefile')}` : ''
    if (origin === '') return name
    return name.endsWith(')') ? `${name.slice(0, -1)}, ${origin}${count})` : `${name} (${origin}${count})`
  })
  return `CoreDNS ${listed(parts)}${targets.some(isGuess) ? '; name what is assumed with --coredns or --kubernetes' : ''}`
}

function withOrigin(name: string, same: readonly Target[], note: string | null): string {
  if (isAssumed(same)) return `CoreDNS ${name} assumed, name yours with --coredns or --kubernetes`
  const origin = originOf(same)
  if (note !== null && (origin === '' || origin === fromConfiguration)) return note
  return `CoreDNS ${name}${origin === '' ? '' : `, ${origin}`}`
}

function manyReleases(targets: readonly Target[]): string {
  const releases = new Set(targets.flatMap((target) => target.releases))
  const origin = originOf(targets.filter((target) => !isGuess(target)))
  const guessed = targets.filter(isGuess).length
  const rest = guessed === 0 ? [] : [`assumed for ${counted(guessed, 'Corefile')}`]
  const told = [...(origin === '' ? [] : [origin]), ...rest].join('; ')
  return `${counted(releases.size, 'CoreDNS release')}${told === '' ? '' : `, ${told}`}`
}

/** `1.9.0 to 1.11.4 (12 releases, node-cache)`. */
function nameOf({ coredns, releases, build }: Target): string {
  const oldest = releases[0] ?? coredns
  const more = [
    ...(releases.length > 2 ? [`${releases.length} releases`] : []),
    ...(build === 'official' ? [] : [visible(build)]),
  ]
  const span = releases.length > 1 ? `${oldest} ${releases.length === 2 ? 'and' : 'to'} ${coredns}` : coredns
  return `${span}${more.length > 0 ? ` (${more.join(', ')})` : ''}`
}

function isGuess({ from }: Target): boolean {
  return from === 'assumed'
}

function isAssumed(targets: readonly Target[]): boolean {
  return targets.every(isGuess)
}

const fromConfiguration = 'from the configuration'

/** Who said so: the first place, and how many there are besides; empty for a flag. */
function originOf(targets: readonly Target[]): string {
  const places = new Map<string, string[]>()
  for (const from of new Set(targets.map((target) => target.from))) {
    const [, of = from, place = ''] = /^(image|add-on) (.*)$/s.exec(from) ?? []
    const known = places.get(of)
    if (known === undefined) places.set(of, [place])
    else known.push(place)
  }
  const parts = [...places].map(([of, all]) => {
    if (of === 'assumed') return 'assumed'
    if (of === 'config') return fromConfiguration
    const what = of === 'image' ? 'image' : of === 'add-on' ? 'add-on version' : ''
    if (what === '') return ''
    const several = all.length > 1 || / and /.test(all[0] ?? '')
    const more = all.length > 1 ? ` and ${all.length - 1} more` : ''
    return `from the ${what}${several ? 's' : ''} in ${visible(all[0] ?? '')}${more}`
  })
  return parts.filter((part) => part !== '').join(', ')
}
