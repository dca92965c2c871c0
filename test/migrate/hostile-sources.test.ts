import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MigrationExample } from './examples.ts'
import { hostileSources } from './hostile-sources.ts'
import { runExample } from './run-example.ts'

const RUNS = 150
/** The same sources every time: rare combinations of options are no matter of the texts in them. */
const SEED = 11

/** Older releases answer hosts and templates otherwise, which is not what this is about. */
const releases = fc.constantFrom('1.15.0', '1.14.7', '1.14.3', '1.12.4', '1.11.4')

/** Accepted, proved, nothing without words; whatever cannot be written is said to be left out. */
async function expectNothingWrong(example: MigrationExample, release: string): Promise<void> {
  const { migration, proof } = await runExample(example, release)
  expect({ example, corefile: migration.corefile, verdict: proof.verdict }).not.toMatchObject({
    verdict: { kind: 'refused' },
  })
  // What a person has to decide first is not written.
  if (migration.conflicts.length > 0) return
  const told = [...(proof.comparison?.undeclared ?? []), ...proof.unrelated]
  expect({ example, corefile: migration.corefile, told: told.slice(0, 2) }).toMatchObject({ told: [] })
  for (const { note } of migration.items) expect(note).not.toBe('')
}

describe('sources with texts that mean something in a Corefile', () => {
  it.each(hostileSources)(
    '%s become a Corefile that CoreDNS takes and that answers the same',
    async (_kind, arbitrary) => {
      await fc.assert(
        fc.asyncProperty(arbitrary, releases, async (example, release) => {
          await expectNothingWrong(example, release)
        }),
        { numRuns: RUNS, seed: SEED },
      )
    },
    120_000,
  )
})
