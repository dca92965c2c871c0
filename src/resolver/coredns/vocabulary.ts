import { formatIp, parseIp } from '../../values/ip.ts'
import { normalizeName } from '../../values/name.ts'
import type { Vocabulary } from '../decision.ts'

/** Collects what a configuration distinguishes names by. */
export class VocabularyBuilder implements Vocabulary {
  readonly names = new Set<string>()
  readonly types = new Map<string, ReadonlySet<string>>()
  readonly domains = new Set<string>()
  readonly addresses = new Set<string>()
  readonly clusterDomains = new Set<string>()
  readonly patterns: { readonly source: string; readonly sample: string | null }[] = []

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

  /** A pattern that names are matched against, and a name that matches where one is known. */
  pattern(source: string, sample: string | null = null): void {
    this.patterns.push({ source, sample })
  }
}
