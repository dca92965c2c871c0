import { describe, expect, it } from 'vitest'
import { platformNames, rootOfPlatform } from '../../grammar/platforms/index.ts'
import { lint } from '../../src/lint/run.ts'
import { rules } from '../../src/rules/index.ts'
import { platformCases } from '../conformance/cases/platforms.ts'
import { parseVerdict, readRecording } from '../conformance/record.ts'
import { optionsFor } from '../rules/lint-text.ts'

const recording = readRecording('platforms')

function configMap(name: string, data: Readonly<Record<string, string>>) {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'kube-system' }, data }
  return { path: `${name}.json`, text: JSON.stringify(object, null, 2) }
}

/** Lints a Corefile and a ConfigMap that it may import, each in a file of its own. */
async function judged(text: string, custom: Readonly<Record<string, string>>, release: string) {
  const { findImport: _none, ...options } = optionsFor('', { rules, release })
  const files = [configMap('coredns', { Corefile: text }), configMap('coredns-custom', custom)]
  const result = await lint(files, { ...options, pedantic: false })
  const refusals = result.files.map(({ findings }) => findings.filter(({ effect }) => effect === 'refused').length)
  return { verdict: result.files[0]?.corefiles[0]?.verdict, inRoot: refusals[0] ?? 0, inCustom: refusals[1] ?? 0 }
}

describe.each(recording.releases)('CoreDNS %s', (release) => {
  it('says of Corefiles of platforms with their parts what we say, and what it refuses is shown in the parts', async () => {
    for (const { id, text, custom } of platformCases) {
      const verdict = parseVerdict(recording.cases[id]?.verdicts[release] ?? '')
      const said = verdict.class === 'ok' || verdict.class === 'environment' ? 'accepted' : 'refused'
      const ours = await judged(text, custom, release)
      expect(`${id}: ${ours.verdict}`).toBe(`${id}: ${said}`)
      if (said === 'refused' && ours.inRoot === 0) expect(ours.inCustom, id).toBeGreaterThan(0)
    }
  })

  it('starts with what a platform installs with it', () => {
    for (const name of platformNames) {
      const text = rootOfPlatform(name, release).replaceAll('/etc/coredns/custom/', 'custom/')
      const one = platformCases.find((each) => each.text === text && each.id.endsWith('-comments'))
      expect(one, `${name} ${release}`).toBeDefined()
    }
  })
})
