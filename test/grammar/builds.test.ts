import { describe, expect, it } from 'vitest'
import { buildName, coreDnsOfNodeCache, type NamedBuild, pluginsOfBuild, readBuildEntry } from '../../grammar/builds.ts'
import { isRelease, pluginOrder } from '../../grammar/releases.ts'

const isPluginOfBuild = (build: NamedBuild, release: string, plugin: string) =>
  pluginsOfBuild(build, release).includes(plugin)

describe('NodeLocal DNSCache', () => {
  it.each([
    ['1.14.13', null],
    ['1.15.0', '1.2.6'],
    ['1.15.7', '1.2.6'],
    ['1.15.9', '1.6.4'],
    ['1.15.13', '1.6.7'],
    ['1.17.0', '1.7.0'],
    ['1.20.0', '1.8.3'],
    ['1.21.1', '1.7.0'],
    ['1.22.13', '1.7.0'],
    ['1.22.14', '1.10.0'],
    ['1.22.20', '1.10.0'],
    ['1.23.1', '1.10.0'],
    ['1.24.1', '1.11.3'],
    ['1.26.5', '1.12.2'],
    ['1.26.7', '1.13.1'],
    ['1.26.8', null],
    ['latest', null],
  ])('%s contains %s', (tag, release) => {
    expect(coreDnsOfNodeCache(tag)).toBe(release)
    if (release !== null) expect(isRelease(release)).toBe(true)
  })

  it.each([
    ['1.26.7', '1.13.1', 'timeouts', false],
    ['1.26.8', '1.13.2', 'timeouts', true],
    ['1.15.13', '1.6.7', 'hosts', false],
    ['1.15.13', '1.6.7', 'rewrite', false],
    ['1.15.13', '1.6.7', 'template', true],
    ['1.21.1', '1.7.0', 'dns64', false],
    ['1.21.3', '1.7.0', 'dns64', true],
    ['1.21.1', '1.7.0', 'bufsize', false],
    ['1.22.7', '1.7.0', 'bufsize', true],
    ['1.17.0', '1.7.0', 'hosts', true],
    ['1.26.7', '1.13.1', 'prometheus', true],
    ['1.26.7', '1.13.1', 'metrics', false],
    ['1.26.7', '1.13.1', 'metadata', true],
    ['1.26.7', '1.13.1', 'kubernetes', false],
    ['1.26.7', '1.13.1', 'file', false],
    ['1.26.7', '1.13.1', 'ready', false],
  ] as const)('%s (CoreDNS %s) has %s: %s', (tag, release, plugin, has) => {
    expect(isPluginOfBuild(`node-cache ${tag}`, release, plugin)).toBe(has)
  })

  it('has its plugins in the run order of its CoreDNS', () => {
    expect(pluginsOfBuild('node-cache 1.15.0', '1.2.6')).toEqual(
      'reload bind debug health prometheus errors log cache loop forward'.split(' '),
    )
    expect(pluginsOfBuild('node-cache 1.26.7', '1.13.1').join(' ')).toBe(
      'metadata reload bufsize bind debug trace health pprof prometheus errors log dnstap dns64 loadbalance cache rewrite template ' +
        'hosts loop forward whoami',
    )
  })

  it('registers only plugins of the CoreDNS that it contains', () => {
    for (const tag of ['1.15.0', '1.15.8', '1.15.10', '1.15.13', '1.17.0', '1.20.0', '1.21.3', '1.22.7', '1.22.14']) {
      const plugins = pluginsOfBuild(`node-cache ${tag}`, coreDnsOfNodeCache(tag) as string)
      const ofNewest = pluginsOfBuild(`node-cache ${tag}`, '1.13.1')
      expect(plugins.length, tag).toBe(ofNewest.length)
    }
  })

  it('without a tag lacks only what every tag of that CoreDNS lacks', () => {
    expect(isPluginOfBuild('node-cache', '1.7.0', 'bufsize')).toBe(true)
    expect(isPluginOfBuild('node-cache', '1.7.0', 'timeouts')).toBe(false)
    expect(isPluginOfBuild('node-cache', '1.2.6', 'hosts')).toBe(false)
    expect(isPluginOfBuild('node-cache', '1.11.4', 'dns64')).toBe(true)
    expect(isPluginOfBuild('node-cache', '1.11.4', 'timeouts')).toBe(false)
    expect(isPluginOfBuild('node-cache', '1.15.0', 'timeouts')).toBe(true)
    expect(isPluginOfBuild('node-cache', '1.15.0', 'kubernetes')).toBe(false)
    expect(isPluginOfBuild('node-cache', '1.0.6', 'forward')).toBe(true)
    expect(isPluginOfBuild('node-cache', '1.8.0', 'bufsize')).toBe(true)
    expect(isPluginOfBuild('node-cache latest', '1.13.1', 'bufsize')).toBe(true)
  })
})

describe('the official build', () => {
  it('has every in-tree plugin of the release', () => {
    expect(pluginsOfBuild('official', '1.12.0')).toBe(pluginOrder('1.12.0'))
    expect(isPluginOfBuild('official', '1.15.0', 'file')).toBe(true)
    expect(isPluginOfBuild('official', '1.15.0', 'proxy')).toBe(false)
  })
})

describe('a line of plugin.cfg', () => {
  it.each([
    ['errors', 'errors', false],
    ['prometheus:metrics', 'prometheus', false],
    ['on:github.com/coredns/caddy/onevent', 'on', false],
    ['log:github.com/coredns/coredns/plugin/log', 'log', false],
    ['fanout:github.com/networkservicemesh/fanout', 'fanout', true],
    ['forward:example.org/our/forward', 'forward', true],
  ])('%s', (entry, name, isForeign) => {
    expect(readBuildEntry(entry)).toEqual({ name, isForeign })
  })

  it('is called custom where builds are named', () => {
    expect([buildName('node-cache 1.22.20'), buildName(['errors'])]).toEqual(['node-cache 1.22.20', 'custom'])
  })
})
