import { describe, expect, it } from 'vitest'
import { isPluginOf } from '../../grammar/releases.ts'
import type { Configuration } from '../../src/expand/configuration.ts'
import { expand } from '../../src/expand/expand.ts'
import { loadSuite } from '../conformance/case.ts'
import { importFiles } from '../conformance/import-files.ts'
import { outcomeAt, readRecording } from '../conformance/record.ts'

/** Where we name another line than CoreDNS, and why. */
const OTHER_LINES: Readonly<Record<string, string>> = {
  'P5-imports-itself': 'the line that imports the snippet says more than the brace at its end',
  'P5-imports-itself-by-reference': 'the line that imports the snippet says more than the brace at its end',
  'P5-mutual-import': 'the first line that closes the circle, not the one at which a count of 10000 runs out',
  'P6-two-files-import-each-other':
    'the first line that closes the circle, not the one at which a count of 100000 runs out',
}

function blocksOf({ blocks }: Configuration, path: string) {
  return blocks.map(({ keys, directives }) => ({
    keys: keys.map(({ value }) => value),
    directives: Object.fromEntries(
      [...directives].map(([name, tokens]) => [
        name,
        Array.from({ length: tokens.count }, (_, number) => [
          tokens.value(number),
          tokens.line(number),
          tokens.file(number) || path,
        ]),
      ]),
    ),
  }))
}

for (const suite of ['language', 'language-generated']) {
  const { cases } = await loadSuite(suite)
  const recording = readRecording(suite)
  for (const release of recording.releases) {
    describe(`${suite}: what CoreDNS ${release} reads`, () => {
      it.each(cases.map((one) => [one.id, one] as const))('%s', (id, one) => {
        const recorded = recording.cases[id]
        if (recorded === undefined) throw new Error('not recorded')
        const { blocks, error } = outcomeAt(recorded, release)
        const path = one.path ?? 'Corefile'
        const configuration = expand(one.text, {
          release,
          isDirective: (name) => isPluginOf(release, name),
          environment: (name) => one.env?.[name] ?? '',
          findImport: importFiles(one),
        })
        const problem = configuration.problems[0]
        if (error === null) {
          expect(problem?.kind).toBeUndefined()
          expect(blocksOf(configuration, path)).toEqual(blocks)
          return
        }
        // A start that did not come to an end says nothing of the parser.
        if (error === undefined) return
        if (problem === undefined) expect.unreachable(error.message)
        if (error.line === undefined) return
        const { list, index } = problem.at
        const place = { line: list.line(index), file: list.file === path ? '' : list.file }
        const theirs = { line: error.line, file: error.file ?? '' }
        if (OTHER_LINES[id] === undefined) expect(place).toEqual(theirs)
        else expect(place).not.toEqual(theirs)
      })
    })
  }
}
