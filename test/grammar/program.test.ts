import { describe, expect, it } from 'vitest'
import { type DeclaredPlugin, type DeclaredPlugins, programOf } from '../../grammar/program.ts'
import { pluginOrder, RELEASES } from '../../grammar/releases.ts'

const declared = (plugins: Readonly<Record<string, Partial<DeclaredPlugin>>>): DeclaredPlugins =>
  new Map(
    Object.entries(plugins).map(([name, more]) => [name, { place: null, answers: null, description: null, ...more }]),
  )

/** The plugins of an order from one through another. */
function stretch(order: readonly string[], from: string, to: string): readonly string[] {
  return order.slice(order.indexOf(from), order.indexOf(to) + 1)
}

describe('the official program', () => {
  it('has the plugins of its release in their order', () => {
    for (const release of RELEASES) {
      const program = programOf(release)
      expect(program.plugins).toBe(pluginOrder(release))
      expect(program.plugins.every((name, index) => program.position(name) === index)).toBe(true)
    }
    expect(programOf('1.15.0')).toBe(programOf('1.15.0', 'official'))
    expect(programOf('1.15.0').position('proxy')).toBe(-1)
  })

  it('knows which of them answer names, and nothing of others', () => {
    const program = programOf('1.15.0')
    expect(['forward', 'cache', 'proxy', 'fanout'].map((name) => program.answers(name))).toEqual([
      true,
      false,
      null,
      null,
    ])
    expect(program.describe('forward')?.grammar.name).toBe('forward')
    expect(program.describe('proxy')).toBeNull()
    expect([program.isExternal('forward'), program.isPlaced('forward'), program.isPlaced('fanout')]).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('plugins that are added', () => {
  it('run beside the plugins they name, in the order in which they are written', () => {
    const program = programOf(
      '1.15.0',
      'official',
      declared({
        d: { place: { after: 'c' } },
        a: { place: { before: 'forward' } },
        b: { place: { before: 'forward' } },
        c: { place: { after: 'cache' } },
        e: { place: { after: 'cache' } },
      }),
    )
    const order = program.plugins
    expect(stretch(order, 'a', 'forward')).toEqual(['a', 'b', 'forward'])
    expect(order.slice(order.indexOf('cache'), order.indexOf('cache') + 4)).toEqual(['cache', 'c', 'd', 'e'])
    expect(order.filter((name) => pluginOrder('1.15.0').includes(name))).toEqual(pluginOrder('1.15.0'))
  })

  it('run last where nobody says, or where the release has no such neighbour', () => {
    const program = programOf(
      '1.9.4',
      'official',
      declared({ late: {}, later: { place: { before: 'multisocket' } }, near: { place: { before: 'forward' } } }),
    )
    expect(program.plugins.slice(-2)).toEqual(['late', 'later'])
    expect(['late', 'later', 'near'].map((name) => program.isPlaced(name))).toEqual([false, false, true])
  })

  it('may be from the CoreDNS of another release, and are its own where it has them', () => {
    const proxy = declared({ proxy: { answers: true } })
    expect(programOf('1.4.0', 'official', proxy).isExternal('proxy')).toBe(false)
    expect(programOf('1.4.0', 'official', proxy).plugins).toEqual(pluginOrder('1.4.0'))
    const program = programOf('1.5.0', 'official', proxy)
    expect([program.isExternal('proxy'), program.answers('proxy'), program.describe('proxy')]).toEqual([
      true,
      true,
      null,
    ])
  })

  it('can move a plugin of CoreDNS', () => {
    const program = programOf('1.15.0', 'official', declared({ cache: { place: { before: 'forward' } } }))
    expect(stretch(program.plugins, 'cache', 'forward')).toEqual(['cache', 'forward'])
    expect(program.plugins).toHaveLength(pluginOrder('1.15.0').length)
    expect(program.isExternal('cache')).toBe(false)
  })

  it('are added to NodeLocal DNSCache too', () => {
    const program = programOf('1.10.0', 'node-cache 1.22.20', declared({ fanout: {} }))
    expect([program.has('fanout'), program.has('file'), program.has('forward')]).toEqual([true, false, true])
  })
})

describe('a plugin.cfg of its own', () => {
  const lines = [
    'forward:forward',
    'errors',
    'fanout:github.com/networkservicemesh/fanout',
    'cache:example.org/our/cache',
    'multisocket',
    'own',
  ]

  it('decides which plugins there are and in which order they run', () => {
    expect(programOf('1.15.0', lines).plugins).toEqual(['forward', 'errors', 'fanout', 'cache', 'multisocket', 'own'])
    expect(
      programOf('1.15.0', lines, declared({ other: {}, fanout: { place: { before: 'forward' } } })).plugins,
    ).toEqual(programOf('1.15.0', lines).plugins)
  })

  it('leaves out what the release does not have', () => {
    expect(programOf('1.9.4', lines).plugins).toEqual(['forward', 'errors', 'fanout', 'cache', 'own'])
  })

  it('takes a plugin from elsewhere for another one, whatever its name', () => {
    const program = programOf('1.15.0', lines)
    expect(lines.map((line) => program.isExternal(line.replace(/:.*/, '')))).toEqual([
      false,
      false,
      true,
      true,
      false,
      true,
    ])
    expect([program.describe('cache'), program.answers('cache')]).toEqual([null, null])
    expect(program.describe('forward')).not.toBeNull()
    expect(program.isPlaced('fanout')).toBe(true)
  })
})
