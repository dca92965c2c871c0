import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/cache-argument-not-seconds.ts'
import { findings } from './lint-text.ts'

const find = (cache: string) => findings(`. {\n    ${cache}\n    forward . 10.0.0.2\n}\n`, { rules: [rule] })

describe('cache-argument-not-seconds', () => {
  it.each([
    'cache',
    'cache 30',
    'cache 30 example.org',
    'cache example.org',
    'cache 30 10.in-addr.arpa',
    'cache 10.0.0.0/8',
    'cache s.example',
    'cache {$TTL}',
    'cache {$TTL} 30',
    'cache 30 {$ZONES}',
    'cache {\n        success 100 30\n    }',
  ])('is silent about %s', async (cache) => {
    expect(await find(cache)).toEqual([])
  })

  it.each([
    ['cache 30s', '30'],
    ['cache 5m', '300'],
    ['cache 1h example.org', '3600'],
    ['cache 1d', '86400'],
    ['cache 30sec', '30'],
    ['cache 1.5h', '5400'],
    ['cache 500ms', null],
    ['cache 30.5', null],
    ['cache 0s', null],
    ['cache 30 300', null],
    ['cache 30 5m', null],
    ['cache example.org 30', null],
  ])('finds %s and writes %s', async (cache, seconds) => {
    const found = await find(cache)
    expect(found.map(({ fix }) => fix?.edits[0]?.text ?? null)).toEqual([seconds])
  })
})
