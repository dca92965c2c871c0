import { describe, expect, it } from 'vitest'
import { compare } from '../conformance/agreement.ts'
import { loadSuite } from '../conformance/case.ts'
import { readRecording } from '../conformance/record.ts'

for (const suite of ['language', 'language-generated', 'plugins', 'servers']) {
  const { cases } = await loadSuite(suite)
  const recording = readRecording(suite)
  describe(`${suite}: our verdict and the server's`, () => {
    it.each(cases.map((one) => [one.id, one] as const))('%s', (id, one) => {
      const standings = Object.entries(recording.cases[id]?.verdicts ?? {}).map(([release, theirs]) => {
        const { ours, standing } = compare(one, release, theirs)
        return `${release}: ${standing === 'agree' ? 'agree' : `${theirs}, ours ${ours.kind} ${ours.unknown}`}`
      })
      expect(standings.filter((standing) => !standing.endsWith('agree'))).toEqual([])
    })
  })
}
