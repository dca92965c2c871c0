import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tally } from './agreement.ts'

/** What is known of the shared corpus where it is not at hand: numbers alone. */
export interface CorpusCounts {
  /** How many different Corefiles are in it. */
  readonly texts: number
  /** How many of them were left out, by reason. */
  readonly skipped: Readonly<Record<string, number>>
  /** By release, then by where a text comes from. */
  readonly tallies: Readonly<Record<string, Readonly<Record<string, Tally>>>>
}

const file = join(import.meta.dirname, 'recorded-corpus-counts.json')

/** The numbers of the last time that the corpus was at hand. */
export function readCorpusCounts(): CorpusCounts {
  if (!existsSync(file)) return { texts: 0, skipped: {}, tallies: {} }
  return JSON.parse(readFileSync(file, 'utf8')) as CorpusCounts
}

/** Keeps the numbers for when it is not at hand. */
export function writeCorpusCounts(counts: CorpusCounts): void {
  writeFileSync(file, `${JSON.stringify(counts, null, 2)}\n`)
}
