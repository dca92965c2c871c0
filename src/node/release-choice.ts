import { resolveReleases } from '../../grammar/release-ranges.ts'
import { coreDnsOfKubernetes } from '../../grammar/releases.ts'

/** The releases somebody chose, and what to say of them where more is to say than their numbers. */
export interface ReleaseChoice {
  readonly releases: readonly string[]
  readonly note: string | null
}

/** Which of the two texts is wrong, and why, with what would do. */
export interface ReleaseMistake {
  readonly of: 'coredns' | 'kubernetes'
  readonly error: string
}

/** The releases meant by the text of a CoreDNS or of a Kubernetes release; null when neither is given, a mistake when both are. */
export function releasesOf(texts: {
  readonly coredns?: string | undefined
  readonly kubernetes?: string | undefined
}): ReleaseChoice | ReleaseMistake | null {
  const { coredns, kubernetes } = texts
  if (coredns !== undefined && kubernetes !== undefined) {
    return { of: 'kubernetes', error: 'a CoreDNS and a Kubernetes release are given: name one of them' }
  }
  if (coredns !== undefined) {
    const found = resolveReleases(coredns)
    if ('error' in found) return { of: 'coredns', error: withSuggestion(found) }
    return { releases: found.releases, note: null }
  }
  if (kubernetes === undefined) return null
  const found = coreDnsOfKubernetes(kubernetes)
  if ('error' in found) return { of: 'kubernetes', error: withSuggestion(found) }
  return { releases: [found.release], note: found.note }
}

function withSuggestion({ error, suggestion }: { error: string; suggestion: string | null }): string {
  return suggestion === null || error.includes(suggestion) ? error : `${error}: did you mean ${suggestion}?`
}
