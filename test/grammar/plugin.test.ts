import { describe, expect, it } from 'vitest'
import { LazyPlugin } from '../../grammar/plugin.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { plugin } from '../../grammar/schema.ts'

describe('a plugin', () => {
  it('is loaded when somebody asks, and once', () => {
    let loads = 0
    const grammar = plugin('whoami', { source: 'plugin/whoami/setup.go setup' })
    const lazy = new LazyPlugin(() => {
      loads++
      return { default: grammar }
    })
    expect(loads).toBe(0)
    expect([lazy.grammar, lazy.quirks, lazy.grammar]).toEqual([grammar, {}, grammar])
    expect(loads).toBe(1)
  })

  it('is in the index under its own name', () => {
    expect([...pluginGrammars].filter(([name, { grammar }]) => grammar.name !== name)).toEqual([])
  })
})
