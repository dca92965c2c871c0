import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, suggest } from '../../src/text/suggest.ts'

describe('suggest', () => {
  const names = ['forward', 'fallthrough', 'hosts', 'log', 'kubernetes', 'max_concurrent', 'ttl']

  it('finds what was probably meant', () => {
    const meant = {
      foward: 'forward',
      forwrad: 'forward',
      fallthru: 'fallthrough',
      HOST: 'hosts',
      lgo: 'log',
      kubernets: 'kubernetes',
      'max-concurent': 'max_concurrent',
      maxConcurrent: 'max_concurrent',
    }
    for (const [word, name] of Object.entries(meant)) expect([word, suggest(word, names)]).toEqual([word, name])
  })

  it('says nothing when no candidate is near', () => {
    for (const word of ['', 'x', 'it', 'cache', 'forwarder-of-names', 'f'.repeat(1000)])
      expect([word, suggest(word, names)]).toEqual([word, null])
    expect(suggest('log', [])).toBeNull()
  })

  it('takes the only one that goes on behind a hyphen or underscore, before one that is only near', () => {
    const rules = ['loop-missing', 'hosts-missing-fallthrough', 'hosts-wildcard', 'reload-missing']
    expect(suggest('hosts-missing', rules)).toBe('hosts-missing-fallthrough')
    expect(suggest('hosts', rules)).toBeNull()
    expect(suggest('loop-misssing', rules)).toBe('loop-missing')
    expect(suggest('serve', ['serve_stale', 'servf'])).toBe('servf')
  })

  it('takes the nearest, and of equally near ones the first', () => {
    expect(suggest('tlss', ['tis', 'tls'])).toBe('tls')
    expect(suggest('tlss', ['tlsa', 'tlsb'])).toBe('tlsa')
  })

  it('finds every candidate by its own name, and by any two neighbours swapped', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(word, fc.nat(), (name, at) => {
        expect(suggest(name, [name])).toBe(name)
        const index = at % (name.length - 1)
        const swapped = name.slice(0, index) + name[index + 1] + name[index] + name.slice(index + 2)
        expect(suggest(swapped, [name])).toBe(name)
      }),
    )
  })
})

describe('didYouMean', () => {
  it('completes a sentence, or adds nothing', () => {
    expect(`unknown plugin "foward"${didYouMean('foward', ['forward'])}`).toBe(
      'unknown plugin "foward": did you mean "forward"?',
    )
    expect(didYouMean('xyz', ['forward'])).toBe('')
  })
})
