import { describe, expect, it } from 'vitest'
import { filledInBy } from '../../grammar/node-cache.ts'

describe('what NodeLocal DNSCache fills in', () => {
  const words = (build: Parameters<typeof filledInBy>[0]) => [...filledInBy(build).keys()]

  it.each([
    ['node-cache 1.15.5', 0],
    ['node-cache 1.15.6', 2],
    ['node-cache 1.15.12', 2],
    ['node-cache 1.15.13', 4],
    ['node-cache 1.26.7', 4],
    ['node-cache 99.0.0', 4],
    ['node-cache', 4],
  ] as const)('%s fills in %d words', (build, count) => {
    expect(words(build)).toHaveLength(count)
  })

  it('is nothing for other programs', () => {
    expect(words('official')).toEqual([])
    expect(words(['forward', 'cache'])).toEqual([])
  })

  it('leaves the domain of the cluster to who installs it', () => {
    expect(words('node-cache')).not.toContain('__PILLAR__DNS__DOMAIN__')
  })
})
