import { describe, expect, it } from 'vitest'
import { newestProperty, propertiesOf, propertyNames, propertySpans } from '../../grammar/lookup.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { isPluginOf, RELEASES } from '../../grammar/releases.ts'
import { plugin, property, since } from '../../grammar/schema.ts'

// Named like a plugin of some releases, because only those are asked.
const proxy = plugin('proxy', {
  source: 'none',
  properties: since({
    '1.0.0': { always: property(), early: property({ until: '1.2.0' }), again: property() },
    '1.2.0': { always: property({ default: 'x' }), late: property({ since: '1.3.0' }) },
    '1.4.0': { always: property({ default: 'y' }), late: property(), again: property() },
  }),
})

describe('properties', () => {
  it('are those of a release', () => {
    expect([...propertiesOf(proxy, '1.1.0').keys()]).toEqual(['always', 'early', 'again'])
    expect([...propertiesOf(proxy, '1.2.0').keys()]).toEqual(['always'])
    expect([...propertiesOf(proxy, '1.3.0').keys()]).toEqual(['always', 'late'])
    expect([...propertiesOf(plugin('proxy', { source: 'none' }), '1.3.0')]).toEqual([])
  })

  it('of all releases have names', () => {
    expect(propertyNames(proxy)).toEqual(['again', 'always', 'early', 'late'])
  })

  it('are known to stretches of releases, the last of which ends with the plugin', () => {
    const removed = RELEASES.find((release) => release > '1.2' && !isPluginOf(release, 'proxy'))
    expect(propertySpans(proxy, 'early')).toEqual([{ since: RELEASES[0], removed: '1.2.0' }])
    expect(propertySpans(proxy, 'again')).toEqual([
      { since: RELEASES[0], removed: '1.2.0' },
      { since: '1.4.0', removed },
    ])
    expect(propertySpans(proxy, 'always')).toEqual([{ since: RELEASES[0], removed }])
    expect(propertySpans(proxy, 'never')).toEqual([])
  })

  it('are described as the newest release that knows them does', () => {
    expect(newestProperty(proxy, 'always')?.default).toBe('y')
    expect(newestProperty(proxy, 'early')?.until).toBe('1.2.0')
    expect(newestProperty(proxy, 'never')).toBeNull()
  })

  it('never come from a release without the plugin', () => {
    for (const [name, { grammar }] of pluginGrammars) {
      for (const one of propertyNames(grammar)) {
        for (const { since: first } of propertySpans(grammar, one)) expect(isPluginOf(first, name), one).toBe(true)
      }
    }
  })
})
