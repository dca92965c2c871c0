import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { embeddedIn } from '../../src/embed/embedded.ts'
import { only } from './outer.ts'

const values = `# servers of the office
servers:
- zones:
  - zone: office.example.
    scheme: tls://
  - {}
  port: 853
  plugins:
  - name: errors
  - name: kubernetes
    parameters: cluster.local
    configBlock: |
      pods insecure

      ttl 30
  - name: cache
    parameters: 30
- plugins: []
extraConfig:
  import: { parameters: "/opt/*.conf" }
  \u0022(log)\u0022: {}
`

/** What the chart writes for these values. */
const corefile = `(log)
import /opt/*.conf
tls://office.example. .:853 {
    errors
    kubernetes cluster.local {
        pods insecure
        
        ttl 30
        
    }
    cache 30
}
.{
}`

describe('the servers of the coredns chart', () => {
  it('become its Corefile', async () => {
    const embedded = await only(values, 'values.yaml')
    expect(embedded.text).toBe(corefile)
    expect(embedded).toMatchObject({ kind: 'corefile', name: 'servers', found: 'rendered' })
    expect(embedded.comments.map(({ text }) => text)).toEqual(['# servers of the office'])
  })

  it('have every word where its value is', async () => {
    const { text, toOuter } = await only(values, 'values.yaml')
    for (const word of [
      'import',
      '/opt/*.conf',
      'tls://',
      'office.example.',
      '853',
      'errors',
      'cluster.local',
      'insecure',
      'ttl',
    ]) {
      const start = text.indexOf(word)
      const range = toOuter({ start, end: start + word.length })
      expect(values.slice(range.start, range.end)).toBe(word)
    }
    const kubernetes = text.indexOf('kubernetes')
    const range = toOuter({ start: kubernetes, end: text.indexOf('ttl') + 6 })
    expect(values.slice(range.start, range.end)).toMatch(/^kubernetes\n.*ttl 30$/s)
  })

  it('have what the template writes at the value it is written for', async () => {
    const { text, toOuter } = await only(values, 'values.yaml')
    const at = (start: number, end = start + 1) => {
      const range = toOuter({ start, end })
      return values.slice(range.start, range.end)
    }
    expect(at(text.indexOf(' {\n        pods') + 1)).toBe('kubernetes')
    expect(at(text.indexOf('.:853'))).toBe('{}')
    expect(at(text.indexOf('.{\n'))).toBe('plugins: []\n')
    expect(toOuter({ start: text.length, end: text.length })).toMatchObject({ start: expect.any(Number) })
    expect(() => toOuter({ start: 0, end: text.length + 1 })).toThrow(RangeError)
  })

  it('are not edited: the values would have to change, not what is made of them', async () => {
    const embedded = await only(values, 'values.yaml')
    expect(embedded.toOuterEdits([{ start: 0, end: 0, text: 'x' }])).toBeNull()
  })

  it.each([
    ['a map of zones', { zones: { a: 'b' }, plugins: [{ name: 'log' }] }],
    ['a plugin without a name', { plugins: [{ name: 'log' }, { parameters: 'x' }] }],
    ['a list of parameters', { plugins: [{ name: 'log', parameters: ['a'] }] }],
    ['a large number, which Helm writes in its own way', { plugins: [{ name: 'cache', parameters: 10_000_000 }] }],
    ['a block that is no text', { plugins: [{ name: 'cache', configBlock: { success: 1 } }] }],
  ])('are told to be unchecked: %s', async (_, server) => {
    const { embedded, problems } = await embeddedIn('values.yaml', stringify({ servers: [server] }))
    expect(embedded).toEqual([])
    expect(problems).toMatchObject([{ code: 'not-rendered', range: { start: 0, end: 7 } }])
  })

  it.each([
    ['other servers', { servers: [{ name: 'a' }], plugins: [] }],
    ['servers of something else', { servers: { plugins: [{ name: 'x' }] } }],
    [
      'a chart that is told not to use them',
      { servers: [{ plugins: [{ name: 'log' }] }], deployment: { skipConfig: true } },
    ],
  ])('are left alone: %s', async (_, document) => {
    expect(await embeddedIn('values.yaml', stringify(document))).toEqual({ embedded: [], problems: [] })
  })
})
