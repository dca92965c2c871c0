import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isPluginOf } from '../../grammar/releases.ts'
import type { Configuration } from '../../src/expand/configuration.ts'
import { expand } from '../../src/expand/expand.ts'
import { loadSuite } from '../conformance/case.ts'
import { importFiles } from '../conformance/import-files.ts'

interface Recorded {
  readonly blocks:
    | readonly {
        readonly keys: readonly string[]
        readonly directives: Record<string, readonly (string | number)[][]>
      }[]
    | null
  /** Missing where CoreDNS never came to an end. */
  readonly error?: { readonly message: string; readonly line?: number; readonly file?: string } | null
  readonly older?: Record<string, Partial<Pick<Recorded, 'blocks' | 'error'>>>
}

/** What CoreDNS's own parser made of the texts: test/conformance/README.md says how it was recorded. */
function recorded(suite: string): { releases: readonly string[]; cases: Record<string, Recorded> } {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../conformance/verdicts/${suite}.json`), 'utf8'))
}

function blocksOf({ blocks }: Configuration): Recorded['blocks'] {
  return blocks.map(({ keys, directives }) => ({
    keys: keys.map(({ value }) => value),
    directives: Object.fromEntries(
      [...directives].map(([name, tokens]) => [
        name,
        Array.from({ length: tokens.count }, (_, number) => [
          tokens.value(number),
          tokens.line(number),
          tokens.file(number) || 'Corefile',
        ]),
      ]),
    ),
  }))
}

for (const suite of ['language', 'language-generated']) {
  const { cases: verdicts } = recorded(suite)
  const { cases } = await loadSuite(suite)
  const release = '1.15.0'
  describe(`${suite}: what CoreDNS ${release} reads`, () => {
    for (const one of cases) {
      it(one.id, () => {
        const { blocks, error } = verdicts[one.id] as Recorded
        const configuration = expand(one.text, {
          isDirective: (name) => isPluginOf(release, name),
          environment: (name) => one.env?.[name] ?? '',
          findImport: importFiles(one),
        })
        const [problem] = configuration.problems
        if (error === null) {
          expect(problem?.kind).toBeUndefined()
          expect(blocksOf(configuration)).toEqual(blocks)
        } else {
          expect(problem, error?.message).toBeDefined()
        }
      })
    }
  })
}
