import { foldCase, labelStarts } from './name.ts'

interface Entry<Item> {
  readonly order: number
  readonly item: Item
}

/** Things by the zone they are about. Whatever is looked up takes time by the labels of the name, not by the number of zones. */
export class ZoneIndex<Item> {
  readonly #entries = new Map<string, Entry<Item>[]>()
  #count = 0
  /** The entries for each zone and the zones below it, as far as somebody asked. */
  #within: Map<string, Entry<Item>[]> | undefined

  add(zone: string, item: Item): void {
    const key = foldCase(zone)
    const entry = { order: this.#count++, item }
    const others = this.#entries.get(key)
    if (others === undefined) this.#entries.set(key, [entry])
    else others.push(entry)
    this.#within = undefined
  }

  /** What was added for a zone and zones below it (`isSubdomain(zone, other)`), in the order in which it was added. Slow when it takes turns with `add`. */
  *within(zone: string): Generator<Item> {
    this.#within ??= this.#gatherWithin()
    for (const { item } of this.#within.get(foldCase(zone)) ?? []) yield item
  }

  #gatherWithin(): Map<string, Entry<Item>[]> {
    const within = new Map<string, Entry<Item>[]>()
    for (const [key, entries] of this.#entries) {
      for (const above of zonesAround(key)) {
        const others = within.get(above)
        if (others === undefined) within.set(above, [...entries])
        else for (const entry of entries) others.push(entry)
      }
    }
    for (const entries of within.values()) entries.sort((a, b) => a.order - b.order)
    return within
  }

  /** What was added for a name or a zone above it (`isSubdomain(zone, name)`), in the order in which it was added. */
  *around(name: string): Generator<Item> {
    const lists = this.#listsAround(name)
    const [only] = lists
    if (lists.length === 1 && only !== undefined) for (const { item } of only) yield item
    if (lists.length < 2) return
    const next = lists.map(() => 0)
    for (;;) {
      let first = -1
      let order = Number.POSITIVE_INFINITY
      for (const [at, list] of lists.entries()) {
        const entry = list[next[at] as number]
        if (entry !== undefined && entry.order < order) {
          first = at
          order = entry.order
        }
      }
      if (first === -1) return
      yield (lists[first] as Entry<Item>[])[next[first] as number]?.item as Item
      next[first] = (next[first] as number) + 1
    }
  }

  /** Whether something was added for a name or a zone above it. */
  covers(name: string): boolean {
    return this.#listsAround(name).length > 0
  }

  /** What was added for the zone that has the most labels of those around a name; nothing where there is none. */
  nearest(name: string): readonly Item[] {
    const [nearest] = this.#listsAround(name)
    return nearest === undefined ? [] : nearest.map(({ item }) => item)
  }

  /** The entries for a name and the zones above it, from the longest zone to the root. */
  #listsAround(name: string): Entry<Item>[][] {
    return zonesAround(foldCase(name)).flatMap((key) => {
      const entries = this.#entries.get(key)
      return entries === undefined ? [] : [entries]
    })
  }
}

/** A name and the zones in which it lies, from itself to the root. */
export function zonesAround(name: string): string[] {
  const zones = labelStarts(name).map((start) => name.slice(start))
  return zones.at(-1) === '.' ? zones : [...zones, '.']
}
