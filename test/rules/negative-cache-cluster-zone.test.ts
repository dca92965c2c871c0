import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/negative-cache-cluster-zone.ts'
import { findings } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })
const block = (cache: string, ...lines: string[]) =>
  `. {\n    kubernetes cluster.local in-addr.arpa\n    cache ${cache} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n}\n`

describe('negative-cache-cluster-zone', () => {
  it.each([
    ['denials kept out', block('30', 'disable denial cluster.local')],
    ['all denials kept out', block('30', 'disable denial')],
    ['a zone around it', block('30', 'disable denial local')],
    ['a cache for other names', block('30 example.org')],
    ['a word that is not known', block('30', 'disable denial {$ZONE}')],
    ['no cache', '. {\n    kubernetes cluster.local\n}\n'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('is not content with answers kept out', async () => {
    expect(await find(block('30', 'disable success cluster.local'))).toHaveLength(1)
  })
})
