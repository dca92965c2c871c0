import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/serve-stale-cluster-zone.ts'
import { findings } from './lint-text.ts'

const find = (text: string, release = '1.15.0') => findings(text, { rules: [rule], release })
const block = (cache: string, ...lines: string[]) =>
  `. {\n    kubernetes cluster.local in-addr.arpa\n    cache ${cache} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n}\n`

describe('serve-stale-cluster-zone', () => {
  it.each([
    ['a look before', block('30', 'serve_stale 1h verify')],
    ['no stale answers', block('30', 'prefetch 10')],
    ['a period of nothing', block('30', 'serve_stale 0s')],
    ['names of the cluster kept out', block('30', 'serve_stale', 'disable success cluster.local')],
    ['every name kept out', block('30', 'serve_stale', 'disable success')],
    ['a cache for other names', block('30 example.org', 'serve_stale')],
    ['a mode that is not known', block('30', 'serve_stale 1h {$MODE}')],
    ['a cache in another block', `${block('30')}a.example {\n    cache {\n        serve_stale\n    }\n}\n`],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('says what the release can do', async () => {
    expect((await find(block('30', 'serve_stale')))[0]?.message).toContain(
      'serve_stale 1h verify, or disable success cluster.local)',
    )
    const [old] = await find(block('30', 'serve_stale 1h'), '1.8.0')
    expect(old?.message).toContain('(write a block of its own for cluster.local)')
    expect(old?.fix).toBeNull()
    expect(await find(block('30', 'serve_stale', 'disable denial cluster.local'))).toHaveLength(1)
  })

  it('does not mend a mode with more words behind it', async () => {
    const [found] = await find(block('30', 'serve_stale 1h immediate 30s'))
    expect(found?.fix).toBeNull()
  })
})
