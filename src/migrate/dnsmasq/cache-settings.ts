import type { DnsmasqOption } from '../../sources/dnsmasq.ts'
import { differs, exact, untranslatable } from '../contribution.ts'
import type { CachePlan, Item } from '../plan.ts'
import { type DnsmasqContext, isTarget, sourceOfOption } from './context.ts'

/** What `cache` keeps of each kind where nothing is said, and for how long at most (plugin/cache `defaultCap`, `maxTTL`, `maxNTTL`). */
const USUAL = { capacity: 9984, success: 3600, denial: 1800 } as const
/** Seconds: what dnsmasq makes of more with `--min-cache-ttl` (`TTL_FLOOR_LIMIT`). */
const HIGHEST_FLOOR = 3600
/** Seconds of `--use-stale-cache` without a number, and what stands here for no limit at all. */
const STALE = { usual: 86_400, unlimited: 31_536_000 } as const

/** How answers are kept: `--cache-size`, `--no-negcache`, `--use-stale-cache` and the limits of TTLs, which together are one `cache`. */
export class CacheSettings {
  /** True with `--cache-size=0`. */
  isOff = false
  readonly #context: DnsmasqContext
  readonly #items: Item[] = []
  readonly #secondsItems: Item[] = []
  #seconds: number | null = null
  #capacity: number | null = null
  #floor = 0
  #keepsDenials = true
  #stale: number | null = null

  constructor(context: DnsmasqContext) {
    this.#context = context
  }

  /** Notes one of the options, and says what becomes of it; null for any other option. */
  read(option: DnsmasqOption): Item | null {
    const number = option.value.type === 'number' ? option.value.number.value : null
    switch (option.name) {
      case 'cache-size':
        return this.#readSize(option, number ?? 150)
      case 'no-negcache':
        return this.#readDenials(option)
      case 'use-stale-cache':
        return this.#readStale(option, number ?? STALE.usual)
      case 'max-ttl':
      case 'max-cache-ttl':
        return this.#readCeiling(option, number ?? 0)
      case 'min-cache-ttl':
        return this.#readFloor(option, number ?? 0)
      default:
        return null
    }
  }

  /** The `cache` of every block; null where the options say nothing of it. */
  get plan(): CachePlan | null {
    if (this.#items.length === 0) return null
    return { seconds: this.#seconds ?? 30, lines: this.#lines(), items: this.#items, secondsItems: this.#secondsItems }
  }

  #lines(): string[] {
    const capacity = this.#capacity ?? USUAL.capacity
    const line = (kind: 'success' | 'denial') => {
      if (this.#floor > 0) return [`${kind} ${capacity} ${this.#seconds ?? USUAL[kind]} ${this.#floor}`]
      return this.#capacity === null ? [] : [`${kind} ${capacity}`]
    }
    return [
      ...line('success'),
      ...line('denial'),
      ...(this.#keepsDenials ? [] : ['disable denial']),
      ...(this.#stale === null ? [] : [`serve_stale ${this.#stale}s immediate`]),
    ]
  }

  #written(item: Item): Item {
    this.#items.push(item)
    return item
  }

  #readSize(option: DnsmasqOption, size: number): Item {
    const source = sourceOfOption(option)
    this.isOff = size === 0
    if (size === 0) return exact(source, 'no cache')
    if (size <= 1024 || this.#context.clusterDomain !== null)
      return differs(source, ['D-CACHE'], 'cache keeps 9984 answers of each kind, 1024 at least')
    this.#capacity = size
    return this.#written(differs(source, ['D-CACHE'], 'success and denial of cache'))
  }

  #readDenials(option: DnsmasqOption): Item {
    const source = sourceOfOption(option)
    if (this.#context.clusterDomain !== null || !isTarget(this.#context, '1.9.4')) {
      const note = 'cache keeps negative answers as well, for the TTL of their SOA, 30 seconds at most'
      return differs(source, ['D-CACHE'], note)
    }
    this.#keepsDenials = false
    return this.#written(differs(source, ['D-CACHE'], 'disable denial in cache'))
  }

  #readStale(option: DnsmasqOption, seconds: number): Item {
    const source = sourceOfOption(option)
    if (!isTarget(this.#context, '1.10.0'))
      return untranslatable(source, `serve_stale without asking first is not in CoreDNS ${this.#context.release}`)
    this.#stale = seconds === 0 ? STALE.unlimited : seconds
    const note = seconds === 0 ? 'serve_stale of cache, for a year in place of without end' : 'serve_stale of cache'
    return this.#written(differs(source, ['D-CACHE'], note))
  }

  #readCeiling(option: DnsmasqOption, seconds: number): Item {
    const source = sourceOfOption(option)
    if (seconds === 0) return exact(source, '0 is no limit: nothing to write')
    this.#seconds = Math.min(seconds, this.#seconds ?? seconds)
    const item = differs(source, ['D-TTL', 'D-CACHE'], `cache ${seconds}, which caps the TTL of answers too`)
    this.#secondsItems.push(item)
    return this.#written(item)
  }

  #readFloor(option: DnsmasqOption, seconds: number): Item {
    const source = sourceOfOption(option)
    if (seconds === 0) return exact(source, '0 is no limit: nothing to write')
    this.#floor = Math.min(seconds, HIGHEST_FLOOR)
    return this.#written(differs(source, ['D-TTL', 'D-CACHE'], 'the least TTL of success and denial in cache'))
  }
}
