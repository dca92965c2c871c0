import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/fallthrough-zone-unused.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })
const kubernetes = (zones: string, ...lines: string[]) =>
  `. {\n    kubernetes ${zones} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n    forward . 10.0.0.2\n}\n`

describe('fallthrough-zone-unused', () => {
  it.each([
    ['zones of the plugin', kubernetes('cluster.local in-addr.arpa', 'fallthrough in-addr.arpa')],
    ['a zone around its own', kubernetes('cluster.local 10.96.0.0/16', 'fallthrough in-addr.arpa')],
    [
      'both trees beside networks of one',
      kubernetes('cluster.local 10.96.0.0/16', 'fallthrough in-addr.arpa ip6.arpa'),
    ],
    ['a part of its zone', kubernetes('cluster.local', 'fallthrough svc.cluster.local')],
    ['everything', kubernetes('cluster.local', 'fallthrough')],
    ['zones that are not known', kubernetes('cluster.local', 'fallthrough {$ZONES}')],
    ['a plugin whose zones are not known', kubernetes('{$ZONES}', 'fallthrough in-addr.arpa')],
    ['a line that a later one replaces', kubernetes('cluster.local', 'fallthrough in-addr.arpa', 'fallthrough')],
    ['hosts with the zone of its block', '. {\n    hosts {\n        fallthrough in-addr.arpa\n    }\n}\n'],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('points at the first zone that is not asked for', async () => {
    const text = kubernetes('cluster.local', 'fallthrough cluster.local example.org example.net')
    const [found] = await find(text)
    expect([found?.severity, found && marked(text, found)]).toEqual(['info', 'example.org'])
    expect(found?.message).toContain('example.org and example.net do nothing here')
  })
})
