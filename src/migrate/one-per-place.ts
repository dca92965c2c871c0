import { worst } from './contribution.ts'
import type { Item } from './plan.ts'

/** One item for each place of a source, whoever said something of it; the worst of them counts. */
export function onePerPlace(items: readonly Item[]): { items: readonly Item[]; mergedOf: ReadonlyMap<Item, Item> } {
  const firsts = new Map<string, Map<number, Item>>()
  // Values that begin together and end elsewhere are rare: a key with both for each of them would take a lot of room.
  const longer = new Map<string, Item>()
  const groups = new Map<Item, Item[]>()
  const all: Item[] = []
  for (const item of items) {
    const { path, range } = item.source
    const inFile = firsts.get(path) ?? new Map<number, Item>()
    firsts.set(path, inFile)
    let first = inFile.get(range.start)
    if (first === undefined) inFile.set(range.start, item)
    else if (first.source.range.end !== range.end) {
      const id = `${path}\n${range.start} ${range.end}`
      first = longer.get(id)
      if (first === undefined) longer.set(id, item)
    }
    if (first === undefined) {
      all.push(item)
      continue
    }
    const group = groups.get(first)
    if (group === undefined) groups.set(first, [first, item])
    else if (!group.includes(item)) group.push(item)
  }
  const mergedOf = new Map<Item, Item>()
  for (const group of groups.values()) {
    const one = group.length === 1 ? undefined : joined(group)
    if (one !== undefined) for (const item of group) mergedOf.set(item, one)
  }
  return { items: groups.size === 0 ? all : all.map((item) => mergedOf.get(item) ?? item), mergedOf }
}

/** Of items that became one the first line counts. */
export function mergedLines(lines: ReadonlyMap<Item, number>, mergedOf: ReadonlyMap<Item, Item>): Map<Item, number> {
  const lineOf = new Map<Item, number>()
  for (const [item, line] of lines) {
    const one = mergedOf.get(item) ?? item
    lineOf.set(one, Math.min(line, lineOf.get(one) ?? line))
  }
  return lineOf
}

function joined(items: readonly Item[]): Item {
  const checks = [...new Set(items.flatMap(({ check }) => check ?? []))]
  const fidelity = worst(items.map((item) => item.fidelity))
  const widening = items.find((item) => item.widening !== undefined)?.widening
  return {
    source: (items[0] as Item).source,
    fidelity,
    codes: [...new Set(items.flatMap(({ codes }) => codes))],
    note: [...new Set(items.map(({ note }) => note))].join('; '),
    check: checks.length === 0 ? null : checks.join('; '),
    ...(widening === undefined ? {} : { widening }),
  }
}
