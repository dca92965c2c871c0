import { describe, expect, it } from 'vitest'
import { findUnits } from '../../src/lint/units.ts'
import { walk } from '../../src/node/walk.ts'
import { corpusFiles, hasShared, needsShared, sharedText } from '../shared.ts'
import { directoryWith } from './directory.ts'

/** Manifests that speak of CoreDNS and hold no Corefile, and why. */
const without: Readonly<Record<string, string>> = {
  'ProZsolt/selfhosted/coredns/docker-compose.yml': 'mounts one from a directory',
  'WiiLink24/production-deployment/docker-compose.yml': 'mounts one from a file',
  'k8gb-io/k8gb/chart/k8gb/values.yaml': 'says deployment.skipConfig: its servers only open ports',
}

describe.skipIf(!hasShared)(`manifests as their owners keep them${needsShared}`, () => {
  it('all give their Corefiles, but those that have none', async () => {
    const rows = sharedText('corpus/INDEX.tsv').trim().split('\n').slice(1)
    const paths = new Map(
      rows.map((row) => row.split('\t')).map(([file = '', repo = '', path = '']) => [file, `${repo}/${path}`]),
    )
    const texts = new Map(
      corpusFiles('manifests').map(({ name, text }) => [paths.get(`manifests/${name}`) ?? name, text]),
    )
    const { paths: walked } = await walk('.', directoryWith(Object.fromEntries(texts)))
    expect(walked.toSorted()).toEqual([...texts.keys()].toSorted())
    const empty: string[] = []
    for (const path of walked) {
      const { units } = await findUnits({ path, text: texts.get(path) ?? '' })
      if (units.length === 0) empty.push(path)
    }
    expect(empty).toEqual(Object.keys(without))
  })
})
