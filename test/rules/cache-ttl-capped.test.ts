import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/cache-ttl-capped.ts'
import { findings } from './lint-text.ts'

const find = (text: string, release = '1.12.0') => findings(text, { rules: [rule], release })
const cluster = (ttl: string, ...cache: string[]) =>
  `. {\n    kubernetes cluster.local {\n        ttl ${ttl}\n    }\n    cache {\n${cache.map((line) => `        ${line}\n`).join('')}    }\n}\n`

describe('cache-ttl-capped', () => {
  it.each([
    ['an hour', '. {\n    cache 3600\n}\n'],
    ['a capacity', '. {\n    cache {\n        success 10000\n    }\n}\n'],
    ['a TTL that is not known', '. {\n    cache {$TTL}\n}\n'],
    ['five seconds', cluster('5')],
    ['a shorter minimum', cluster('0', 'success 9984 3600 0')],
    ['a zone that is not kept', cluster('0', 'disable success cluster.local')],
    ['no cache', '. {\n    kubernetes cluster.local {\n        ttl 0\n    }\n}\n'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('knows from which release on the number counts', async () => {
    expect(await find('. {\n    cache 7200\n}\n', '1.14.3')).toHaveLength(1)
    expect(await find('. {\n    cache 7200\n}\n', '1.14.4')).toEqual([])
    expect(await find(cluster('1'), '1.15.0')).toHaveLength(1)
  })
})
