import { describe, expect, it } from 'vitest'
import { externalPlugin, externalPluginNames, pluginStanding } from '../../grammar/external-plugins.ts'
import { everInTree, NEWEST } from '../../grammar/releases.ts'

describe('the external plugins', () => {
  it('are told with what they do and where they live', () => {
    expect(externalPlugin('k8s_gateway')).toEqual({
      name: 'k8s_gateway',
      summary: 'serves the external addresses of Services, Ingresses and Gateways',
      repository: 'github.com/k8s-gateway/k8s_gateway',
    })
    for (const name of externalPluginNames) {
      const plugin = externalPlugin(name)
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
      expect(plugin?.repository, name).toMatch(/^github\.com\/[\w-]+\/[\w.-]+$/)
      expect(plugin?.summary, name).toMatch(/^[a-z].{5,80}[^.]$/)
    }
  })

  it('are sorted and hold the ones that Corefiles name most', () => {
    expect(externalPluginNames).toEqual([...externalPluginNames].sort())
    for (const name of ['alternate', 'fanout', 'kubernetai', 'mdns', 'netbox', 'records', 'rrl', 'unbound', 'gslb'])
      expect(externalPlugin(name)?.name).toBe(name)
  })

  it('are no in-tree plugins, present or former', () => {
    expect(externalPluginNames.filter((name) => everInTree.has(name))).toEqual([])
    for (const name of everInTree) expect(externalPlugin(name)).toBeNull()
  })

  it('do not include what every object has', () => {
    for (const name of ['constructor', '__proto__', 'toString', '', 'forwrad']) expect(externalPlugin(name)).toBeNull()
  })
})

describe('pluginStanding', () => {
  it.each([
    ['forward', '1.15.0', { kind: 'in-tree', since: '1.0.6' }],
    ['forward', '1.0.5', { kind: 'not-yet', since: '1.0.6' }],
    ['nomad', '1.12.4', { kind: 'not-yet', since: '1.13.0' }],
    ['proxy', '1.4.0', { kind: 'in-tree', since: '1.0.0' }],
    ['proxy', '1.5.0', { kind: 'removed', since: '1.0.0', removed: '1.5.0', movedTo: 'github.com/coredns/proxy' }],
    [
      'federation',
      '1.8.0',
      { kind: 'removed', since: '1.0.0', removed: '1.7.0', movedTo: 'github.com/coredns/federation' },
    ],
    ['reverse', NEWEST, { kind: 'removed', since: '1.0.0', removed: '1.2.0', movedTo: null }],
    ['startup', NEWEST, { kind: 'removed', since: '1.0.0', removed: '1.1.1', movedTo: null }],
    ['rrl', NEWEST, { kind: 'external', name: 'rrl', repository: 'github.com/coredns/rrl' }],
  ] as const)('of %s at %s', (name, release, expected) => {
    expect(pluginStanding(name, release)).toMatchObject(expected)
  })

  it('is nothing for a name that nobody knows', () => {
    expect(pluginStanding('forwrad', NEWEST)).toBeNull()
    expect(pluginStanding('constructor', NEWEST)).toBeNull()
  })
})
