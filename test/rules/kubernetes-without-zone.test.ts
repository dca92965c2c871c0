import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/kubernetes-without-zone.ts'
import { findings } from './lint-text.ts'

const find = (text: string, clusterDomain: string | null = null) =>
  findings(text, { rules: [rule], settings: { clusterDomain } })

describe('kubernetes-without-zone', () => {
  it.each([
    ['a zone behind it', '. {\n    kubernetes cluster.local\n}\n'],
    ['the zone of the block', 'cluster.local {\n    kubernetes\n}\n'],
    [
      'what harms nobody',
      '. cluster.local {\n    kubernetes {\n        fallthrough\n    }\n    forward . 10.0.0.2\n}\n',
    ],
    ['a zone that is not known', '. {\n    kubernetes {$DOMAIN}\n}\n'],
    ['a block that is not known', '{$ZONE} {\n    kubernetes\n}\n'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('says nothing of cluster names where they have a zone of their own', async () => {
    const [found] = await find('. cluster.local {\n    kubernetes\n    forward . 10.0.0.2\n}\n')
    expect(found?.message).toContain('every name outside of the cluster gets NXDOMAIN (write')
  })

  it('offers the domain that the configuration names', async () => {
    const [found] = await find('. {\n    kubernetes\n    forward . 10.0.0.2\n}\n', 'k8s.example')
    expect(found?.fix?.edits[0]?.text).toMatch(/^ k8s\.example in-addr\.arpa ip6\.arpa \{\n {8}fallthrough/)
  })
})
