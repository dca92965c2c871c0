import { describe, expect, it } from 'vitest'
import { everInTree } from '../../grammar/releases.ts'
import { looksLikeZone } from '../../src/lint/directive-words.ts'

describe('looksLikeZone', () => {
  it.each([
    '.',
    '.:53',
    'example.org',
    'example.org:1053',
    '10.0.0.0/8',
    '10.0.0.1',
    'fe80::1',
    'tls://.',
    'dns://a',
    'cluster.local',
    'org.',
    '*.org',
    'a:53',
  ])('%s does', (word) => expect(looksLikeZone(word)).toBe(true))
  it.each(['whoami', 'k8s_external', 'example', '{', '}', 'a b.c', '"a.b"', 'whoami{', ''])('%s does not', (word) =>
    expect(looksLikeZone(word)).toBe(false),
  )
  it('no plugin does', () => {
    expect([...everInTree].filter(looksLikeZone)).toEqual([])
  })
})
