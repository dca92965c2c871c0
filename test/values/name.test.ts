import { describe, expect, it } from 'vitest'
import {
  absoluteName,
  countLabels,
  fqdn,
  isDomainName,
  isSubdomain,
  labelStarts,
  normalizeName,
  parentOf,
  withoutDot,
} from '../../src/values/name.ts'
import { agreesAtEveryRelease } from './recorded.ts'

describe('names as the DNS library sees them', () => {
  agreesAtEveryRelease('dns.IsDomainName', (release, text) => ({ value: String(isDomainName(text, release)) }))
  agreesAtEveryRelease('dns.Fqdn', (release, text) => ({ value: fqdn(text, release) }))
  agreesAtEveryRelease('dns.CountLabel', (_, text) => ({ value: String(countLabels(text)) }))
  agreesAtEveryRelease('dns.IsSubDomain', (_, parent, child) => ({ value: String(isSubdomain(parent, child)) }))
  agreesAtEveryRelease('plugin.Name.Normalize', (release, text) => ({ value: normalizeName(text, release) }))

  it('knows that the empty text was a name up to 1.3.0', () => {
    expect(isDomainName('', '1.2.6')).toBe(true)
    expect(isDomainName('', '1.3.1')).toBe(false)
  })

  it('reads a long name in linear time, however often it was called before', () => {
    for (let round = 0; round < 50_000; round++) isDomainName(`host${round}.example.org`, '1.15.0')
    const started = performance.now()
    isDomainName('a'.repeat(500_000), '1.15.0')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('finds where labels start', () => {
    expect(labelStarts('a.bc\\.d.e.')).toEqual([0, 2, 8])
    expect(labelStarts('.')).toEqual([])
  })
})

describe('names that are put together', () => {
  it('are absolute and in lower case where they are compared', () => {
    expect(['WWW.Example.org', 'www.example.org.', '.'].map(absoluteName)).toEqual([
      'www.example.org.',
      'www.example.org.',
      '.',
    ])
  })

  it('have one above them, the root itself', () => {
    expect(['www.example.org.', 'org.', '.'].map(parentOf)).toEqual(['example.org.', '.', '.'])
  })

  it('lose their final dot, the root does not', () => {
    expect(['example.org.', 'example.org', '.'].map(withoutDot)).toEqual(['example.org', 'example.org', '.'])
  })
})
