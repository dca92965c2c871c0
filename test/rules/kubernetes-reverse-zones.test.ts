import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/kubernetes-reverse-zones.ts'
import { findings } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })

describe('kubernetes-reverse-zones', () => {
  it.each([
    ['reverse zones', '. {\n    kubernetes cluster.local in-addr.arpa\n}\n'],
    ['networks', '. {\n    kubernetes cluster.local 10.96.0.0/12\n}\n'],
    ['a block that gets no such queries', 'cluster.local {\n    kubernetes\n}\n'],
    [
      'another kubernetes that has them',
      '. {\n    kubernetes cluster.local\n}\n10.in-addr.arpa {\n    kubernetes 10.in-addr.arpa a\n}\n',
    ],
    ['the root, which has every address', '. {\n    kubernetes .\n}\n'],
    ['zones that are not known', '. {\n    kubernetes cluster.local {$REVERSE}\n}\n'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })
})
