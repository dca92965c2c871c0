import { foldCase } from '../values/name.ts'
import type { BlockPlan } from './blocks.ts'
import { line } from './corefile-line.ts'
import type { Item } from './plan.ts'

/** A Corefile as text, and the line (1-based) that each item is expressed on first. */
export interface Rendered {
  readonly text: string
  readonly lineOf: ReadonlyMap<Item, number>
}

/** Writes server blocks in the layout of `corefile fmt`: four spaces, one blank line between blocks. */
export function renderCorefile(blocks: readonly BlockPlan[], port: number): Rendered {
  const lines: string[] = []
  const lineOf = new Map<Item, number>()
  for (const block of blocks) {
    if (lines.length > 0) lines.push('')
    lines.push(`${keysWithPort(block.keys, port)} {`)
    for (const { text, items } of block.directives.flatMap((directive) => directive.lines)) {
      lines.push(`    ${text}`)
      for (const item of items) if (!lineOf.has(item)) lineOf.set(item, lines.length)
    }
    lines.push('}')
  }
  return { text: lines.length === 0 ? '' : `${lines.join('\n')}\n`, lineOf }
}

/** The keys of a server block with their port, in lower case: before 1.14.7 CoreDNS finds no others. */
export function keysWithPort(keys: readonly string[], port: number): string {
  return line(...keys.map((key) => `${foldCase(key)}:${port}`))
}
