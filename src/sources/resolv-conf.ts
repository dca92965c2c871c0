import type { Placed, SourceBase } from './source.ts'

/** A resolv.conf, or what a Pod's dnsConfig makes of one. */
export interface ResolvConf extends SourceBase {
  readonly kind: 'resolv-conf'
  /** All of them; the C libraries use the first three. */
  readonly nameservers: readonly Placed[]
  /** The search list that counts: of the last `search` or `domain`. */
  readonly search: readonly Placed[]
  readonly options: readonly { readonly name: string; readonly value: string | undefined; readonly at: Placed }[]
  /** `options ndots`, 1 when not set, at most 15. */
  readonly ndots: number
}
