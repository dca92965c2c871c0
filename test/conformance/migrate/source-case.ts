import { createHash } from 'node:crypto'

/** Sources as people have them, made from a seed, and what they are migrated to. */
export interface SourceCase {
  readonly id: string
  /** What it is about, for counting: `address`, `kube-dns`, `hostAliases`. */
  readonly topic: string
  readonly files: Readonly<Record<string, string>>
  /** The Corefile it goes into; null for a new one. */
  readonly into: string | null
  /** The CoreDNS release of the result. */
  readonly release: string
  /** What is said of the release of dnsmasq beside the sources; null for nothing. */
  readonly dnsmasq: string | null
  /** How a person decides where somebody has to. */
  readonly reading: 'running' | 'intended' | null
  /** The dnsmasq that runs beside the result; null where the source is none, or needs more than can be started here. */
  readonly live: {
    /** The release that runs. */
    readonly dnsmasq: string
    readonly options: readonly string[]
    readonly files: Readonly<Record<string, string>>
  } | null
}

/** Eight hexadecimal digits of a text or of any JSON. */
export function fingerprint(of: unknown): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 8)
}
