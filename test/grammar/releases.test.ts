import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  compareReleases,
  coreDnsOfKubernetes,
  everInTree,
  isPluginOf,
  isRelease,
  NEWEST,
  pluginOrder,
  pluginPosition,
  pluginReleases,
  RELEASES,
  releaseDate,
  resolveRelease,
} from '../../grammar/releases.ts'

const ORDER_FACTS = new URL('../../../shared/facts/plugin-order.json', import.meta.url)
const HISTORY_FACTS = new URL('../../../shared/facts/versions.tsv', import.meta.url)

describe('the releases', () => {
  it('are 73, from 1.0.0 to 1.15.0, each newer and no earlier than the one before', () => {
    expect(RELEASES).toHaveLength(73)
    expect(RELEASES[0]).toBe('1.0.0')
    expect(NEWEST).toBe('1.15.0')
    for (let i = 1; i < RELEASES.length; i++) {
      const [before, after] = [RELEASES[i - 1] as string, RELEASES[i] as string]
      expect(compareReleases(before, after)).toBeLessThan(0)
      expect((releaseDate(before) as string) <= (releaseDate(after) as string), `${before} ${after}`).toBe(true)
    }
    for (const release of RELEASES) expect(releaseDate(release)).toMatch(/^20\d\d-[01]\d-[0-3]\d$/)
  })

  it('compare by number, not by letter, and need not exist', () => {
    expect(compareReleases('1.9.4', '1.10.0')).toBeLessThan(0)
    expect(compareReleases('1.11.2', '1.11.1')).toBeGreaterThan(0)
    expect(compareReleases('1.12.0', '1.12.0')).toBe(0)
    expect(isRelease('1.11.2')).toBe(false)
    expect(releaseDate('1.11.2')).toBeNull()
    expect(releaseDate('1.15.0')).toBe('2026-10-21')
  })
})

describe('the order in which plugins run', () => {
  it.skipIf(!existsSync(ORDER_FACTS))('is that of the programs (needs ../shared)', () => {
    const facts: { releases: string[]; order: { from: string; order: string[] }[] } = JSON.parse(
      readFileSync(ORDER_FACTS, 'utf8'),
    )
    expect(RELEASES).toEqual(facts.releases)
    for (const release of RELEASES) {
      const expected = facts.order.findLast((entry) => compareReleases(entry.from, release) <= 0)?.order
      expect(pluginOrder(release), release).toEqual(expected)
    }
    expect([...everInTree].sort()).toEqual([...new Set(facts.order.flatMap((entry) => entry.order))].sort())
  })

  it('begins and ends as it does at the oldest and the newest release', () => {
    expect(pluginOrder('1.0.0').slice(0, 3)).toEqual(['tls', 'root', 'bind'])
    expect(pluginOrder('1.0.0').at(-1)).toBe('shutdown')
    expect(pluginOrder('1.15.0').slice(0, 4)).toEqual(['root', 'metadata', 'geoip', 'cancel'])
    expect(pluginOrder('1.15.0').slice(-3)).toEqual(['sign', 'view', 'nomad'])
    expect(pluginOrder('1.15.0')).toHaveLength(62)
  })

  it('names each plugin once and knows its position', () => {
    for (const release of RELEASES) {
      const order = pluginOrder(release)
      expect(new Set(order).size).toBe(order.length)
      expect(order.every((name, index) => pluginPosition(release, name) === index)).toBe(true)
    }
    expect(pluginPosition('1.15.0', 'proxy')).toBe(-1)
  })

  it('put cache before acl from 1.14.3 to 1.14.6 only', () => {
    const late = RELEASES.filter((release) => pluginPosition(release, 'acl') > pluginPosition(release, 'cache'))
    expect(late).toEqual(['1.14.3', '1.14.4', '1.14.5', '1.14.6'])
  })

  it('is the same array for releases that share it', () => {
    expect(pluginOrder('1.12.1')).toBe(pluginOrder('1.12.0'))
  })
})

describe('when a plugin was in-tree', () => {
  it('is told as spans', () => {
    expect(pluginReleases('proxy')).toEqual([{ since: '1.0.0', removed: '1.5.0' }])
    expect(pluginReleases('federation')).toEqual([{ since: '1.0.0', removed: '1.7.0' }])
    expect(pluginReleases('forward')).toEqual([{ since: '1.0.6' }])
    expect(pluginReleases('kubernetai')).toEqual([])
    expect(pluginReleases('')).toEqual([])
  })

  it('agrees with the orders', () => {
    for (const name of everInTree) {
      const spans = pluginReleases(name)
      expect(spans.length, name).toBeGreaterThan(0)
      for (const release of RELEASES) {
        const within = spans.some(
          ({ since, removed }) =>
            compareReleases(since, release) <= 0 && (removed === undefined || compareReleases(release, removed) < 0),
        )
        expect(isPluginOf(release, name), `${name} ${release}`).toBe(within)
      }
    }
  })
})

describe('resolveRelease', () => {
  it.each([
    ['1.11.1', '1.11.1'],
    ['v1.11.1', '1.11.1'],
    ['  V1.11.1 ', '1.11.1'],
    ['1.12', '1.12.4'],
    ['v1.12', '1.12.4'],
    ['1.12.x', '1.12.4'],
    ['1.1', '1.1.4'],
    ['1', '1.15.0'],
    ['1.x', '1.15.0'],
    ['latest', '1.15.0'],
    ['Newest', '1.15.0'],
    ['v1.11.4-eksbuild.2', '1.11.4'],
    ['v1.11.3-8', '1.11.3'],
    ['v1.9.4-hotfix.20240704', '1.9.4'],
  ])('%s is %s', (text, release) => {
    expect(resolveRelease(text)).toEqual({ release })
  })

  it.each([
    ['1.13.9', 'unknown CoreDNS release "1.13.9": did you mean 1.13.2, the newest 1.13?', '1.13.2'],
    ['v1.11.2', 'unknown CoreDNS release "1.11.2": did you mean 1.11.4, the newest 1.11?', '1.11.4'],
    ['1.16', 'unknown CoreDNS release "1.16": the newest one known here is 1.15.0', '1.15.0'],
    ['2.0.0', 'unknown CoreDNS release "2.0.0": the newest one known here is 1.15.0', '1.15.0'],
    ['0.9.10', 'unknown CoreDNS release "0.9.10": the oldest one known here is 1.0.0', '1.0.0'],
    ['', '"" is not a CoreDNS release: write it as 1.15.0, 1.15 (its newest patch) or latest', null],
    ['stable', '"stable" is not a CoreDNS release: write it as 1.15.0, 1.15 (its newest patch) or latest', null],
    [
      '1.9.0-1.12.0',
      '"1.9.0-1.12.0" is not a CoreDNS release: write it as 1.15.0, 1.15 (its newest patch) or latest',
      null,
    ],
  ])('%s is none, and says why', (text, error, suggestion) => {
    expect(resolveRelease(text)).toEqual({ error, suggestion })
  })

  it('resolves every release to itself', () => {
    for (const release of RELEASES) expect(resolveRelease(`v${release}`)).toEqual({ release })
  })
})

describe('coreDnsOfKubernetes', () => {
  it.each([
    ['1.9', '1.0.1'],
    ['1.14', '1.3.1'],
    ['1.17', '1.6.5'],
    ['v1.33', '1.12.0'],
    ['1.33.2', '1.12.0'],
    ['v1.32.1-gke.1001', '1.11.3'],
    ['v1.31.4+k3s1', '1.11.3'],
    ['1.35', '1.13.1'],
  ])('%s has %s', (kubernetes, release) => {
    expect(coreDnsOfKubernetes(kubernetes)).toMatchObject({ release })
  })

  it('says where the number comes from', () => {
    expect(coreDnsOfKubernetes('v1.33.2')).toMatchObject({ note: 'kubeadm 1.33 installs CoreDNS 1.12.0' })
    expect(coreDnsOfKubernetes('1.36')).toMatchObject({ note: 'kubeadm 1.36 is said to install CoreDNS 1.14.2' })
  })

  it.each([
    ['1.8', 'unknown Kubernetes release "1.8": known here are 1.9 to 1.36, name the CoreDNS release instead', '1.9'],
    ['1.99', 'unknown Kubernetes release "1.99": known here are 1.9 to 1.36, name the CoreDNS release instead', '1.36'],
    ['latest', '"latest" is not a Kubernetes release: write it as 1.36; known here are 1.9 to 1.36', null],
  ])('%s is none, and says why', (text, error, suggestion) => {
    expect(coreDnsOfKubernetes(text)).toEqual({ error, suggestion })
  })

  it.skipIf(!existsSync(HISTORY_FACTS))('and the dates agree with the recorded history (needs ../shared)', () => {
    const rows = readFileSync(HISTORY_FACTS, 'utf8')
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
    for (const [release = '', date] of rows) expect(releaseDate(release), release).toBe(date)
    const kubernetes = rows.filter((row) => row[2] === 'k8s-default')
    expect(kubernetes.length).toBeGreaterThan(20)
    for (const [release, , , , text = ''] of kubernetes)
      expect(coreDnsOfKubernetes(text.replace('kubernetes ', ''))).toMatchObject({ release })
  })
})
