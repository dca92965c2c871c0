import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isPluginOf } from '../../grammar/releases.ts'
import { expand } from '../../src/expand/expand.ts'
import { judge } from '../../src/verdict/judge.ts'
import type { Verdict } from '../../src/verdict/reason.ts'
import type { Case } from '../conformance/case.ts'
import { loadSuite, suiteNames } from '../conformance/case.ts'
import { importFiles } from '../conformance/import-files.ts'
import { parseVerdict, readRecording, recordingFile } from '../conformance/record.ts'

const DOLLAR = '`${A}` is a shell or Terraform placeholder to us: what will stand there nobody knows'
const NEVER_STARTED = 'the recording stops before ports are opened, and it is the opening that fails'

/** Where we say something else than the release, and why. A reason that no longer applies fails as well. */
const DISAGREEMENTS: Readonly<Record<string, string>> = {
  'P2-dollar-brace-is-no-reference': DOLLAR,
  'P2-percent-is-no-reference': '`%A%` is a placeholder to us',
  'K4-template-placeholder': '`{{.Zone}}` is a placeholder to us',
  'wild-005': DOLLAR,
  'wild-104': DOLLAR,
  'mild-045': 'what stands in /etc/hosts, and that it names no server, is not known to us',
  'K1-quic': NEVER_STARTED,
  'K6-different-transport': NEVER_STARTED,
}

const THERE = new Set(['/', '/etc', '/etc/hosts', '/etc/resolv.conf', '/tmp', '.', './'])

function verdictOf(one: Case, release: string): Verdict {
  const files = [...Object.keys(one.files ?? {}), one.path ?? 'Corefile']
  const exists = (path: string) => {
    const wanted = path.replace(/^\.\//, '').replace(/\/$/, '')
    return THERE.has(path) || files.some((file) => file === wanted || file.startsWith(`${wanted}/`))
  }
  const configuration = expand(one.text, {
    release,
    isDirective: (name) => isPluginOf(release, name),
    environment: (name) => one.env?.[name] ?? '',
    findImport: importFiles(one),
  })
  return judge(configuration, { release, fileExists: exists, interfaceExists: (name) => name === 'lo' }).verdict
}

/** What a recorded verdict is to us (RELEASES: a missing service is no fault of the text). */
function kindOf(recorded: string): 'accepted' | 'refused' {
  return ['ok', 'environment'].includes(parseVerdict(recorded).class) ? 'accepted' : 'refused'
}

for (const suite of suiteNames().filter((name) => existsSync(recordingFile(name)))) {
  const { cases } = await loadSuite(suite)
  const recording = readRecording(suite)
  describe(`${suite}: our verdict`, () => {
    it.each(cases.map((one) => [one.id, one] as const))('%s', (id, one) => {
      const recorded = recording.cases[id]?.verdicts ?? {}
      const theirs = Object.entries(recorded).map(([release, verdict]) => `${release} ${kindOf(verdict)}`)
      const ours = Object.keys(recorded).map((release) => `${release} ${verdictOf(one, release).kind}`)
      if (DISAGREEMENTS[id] === undefined) expect(ours).toEqual(theirs)
      else expect(ours).not.toEqual(theirs)
    })
  })
}
