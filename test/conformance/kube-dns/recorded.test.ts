import { describe, expect, it } from 'vitest'
import { fileText } from '../../../src/embed/inner-text.ts'
import { readKubeDnsConfigMap } from '../../../src/sources/kube-dns-configmap.ts'
import { ManifestDocument } from '../../../src/sources/manifest.ts'
import type { Data } from './cases.ts'
import { configMaps } from './cases.ts'
import { readKubeDnsRecording } from './record.ts'

function isTaken(data: Data, release: string): boolean {
  const text = JSON.stringify({ kind: 'ConfigMap', data })
  const [root] = new ManifestDocument(fileText(text), { start: 0, end: text.length }).roots()
  if (!root) throw new Error('no object')
  return readKubeDnsConfigMap('cm.json', root, release).refusals.length === 0
}

describe('ConfigMaps of kube-dns', () => {
  const recording = Object.entries(readKubeDnsRecording())

  it('are recorded', () => {
    expect(recording.length).toBeGreaterThan(0)
    for (const [, taken] of recording) expect(taken).toHaveLength(configMaps.length)
  })

  it.each(recording)('are taken by %s where it takes them', (release, taken) => {
    const ours = configMaps.map((data) => [JSON.stringify(data), isTaken(data, release)])
    expect(ours).toEqual(configMaps.map((data, index) => [JSON.stringify(data), taken[index] === 'y']))
  })
})
