import { describe, expect, it } from 'vitest'
import { compare } from '../conformance/agreement.ts'
import { loadSuite } from '../conformance/case.ts'
import { readRecording } from '../conformance/record.ts'

/** Where we say something else than a release, and why. A reason that no longer applies fails as well. */
const DISAGREEMENTS: Readonly<Record<string, string>> = {
  'mild-045': 'what stands in /etc/hosts, and that it names no server, is not known to us',
}

for (const suite of ['language', 'language-generated', 'plugins', 'servers']) {
  const { cases } = await loadSuite(suite)
  const recording = readRecording(suite)
  describe(`${suite}: our verdict and the server's`, () => {
    it.each(cases.map((one) => [one.id, one] as const))('%s', (id, one) => {
      const standings = Object.entries(recording.cases[id]?.verdicts ?? {}).map(([release, theirs]) => {
        const { ours, standing } = compare(one, release, theirs)
        return `${release}: ${standing === 'agree' ? 'agree' : `${theirs}, ours ${ours.kind} ${ours.unknown}`}`
      })
      const differing = standings.filter((standing) => !standing.endsWith('agree'))
      if (DISAGREEMENTS[id] === undefined) expect(differing).toEqual([])
      else expect(differing).not.toEqual([])
    })
  })
}
