import { formatIp, parseIp } from '../../values/ip.ts'
import { normalizeName } from '../../values/name.ts'
import type { OccurrenceView } from '../../verdict/servers-view.ts'
import type { Pattern, Vocabulary } from '../decision.ts'

/** Collects what a configuration distinguishes names by. */
export class VocabularyBuilder implements Vocabulary {
  readonly names = new Set<string>()
  readonly types = new Map<string, ReadonlySet<string>>()
  readonly domains = new Set<string>()
  readonly addresses = new Set<string>()
  readonly clusterDomains = new Set<string>()
  readonly patterns: Pattern[] = []

  /** A name that is treated unlike its neighbours: for all types, or for those given alone. */
  name(text: string, types: ReadonlySet<string> | null = null): void {
    const name = normalizeName(text)
    const isNew = !this.names.has(name)
    const known = this.types.get(name)
    this.names.add(name)
    if (types === null) this.types.delete(name)
    else if (isNew) this.types.set(name, types)
    else if (known !== undefined && known !== types) this.types.set(name, new Set([...known, ...types]))
  }

  /** A zone, under which every name may be treated alike. */
  domain(text: string): void {
    this.domains.add(normalizeName(text))
  }

  /** An address whose reverse name is treated unlike its neighbours; anything else is left out. */
  address(text: string): void {
    const ip = parseIp(text)
    if (ip !== undefined) this.addresses.add(formatIp(ip))
  }

  clusterDomain(zone: string): void {
    this.clusterDomains.add(normalizeName(zone))
  }

  /** A pattern of a plugin that names in zones are matched against: an expression, or what has these names. */
  pattern(
    source: string,
    occurrence: OccurrenceView,
    zones: readonly string[],
    names: readonly string[] | null = null,
  ): void {
    this.patterns.push({ source, names, zones, within: wordsOf(occurrence) })
  }
}

function wordsOf({ tokens }: OccurrenceView): string {
  return Array.from({ length: tokens.count }, (_, at) => tokens.value(at)).join(' ')
}
