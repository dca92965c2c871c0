import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/plugin-zone-outside-block.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })

describe('plugin-zone-outside-block', () => {
  it.each([
    ['a zone of the block', 'corp.example {\n    file db corp.example\n}\n'],
    ['a zone below it', 'corp.example {\n    file db a.corp.example\n}\n'],
    ['a zone above it', 'corp.example {\n    file db example\n}\n'],
    ['another spelling', 'corp.example {\n    file db CORP.EXAMPLE.\n}\n'],
    ['the root', '. {\n    kubernetes cluster.local\n}\n'],
    ['a network', '10.0.0.0/8 {\n    file db 10.1.0.0/16\n}\n'],
    ['no zone', 'corp.example {\n    file db\n}\n'],
    ['a key that is not known', '{$ZONE} {\n    file db corp.example\n}\n'],
    ['a zone that is not known', 'corp.example {\n    file db {$ZONE}\n}\n'],
    [
      'rewritten names',
      'corp.example {\n    rewrite name suffix .corp.example .cluster.local\n    kubernetes cluster.local\n}\n',
    ],
    ['k8s_external', 'corp.example {\n    k8s_external\n    kubernetes cluster.local\n}\n'],
    [
      'entries of the zone',
      'corp.example {\n    hosts {\n        10.0.0.1 a.corp.example corp.example A.CORP.example.\n    }\n}\n',
    ],
    ['short names in the root', '. {\n    hosts {\n        10.0.0.1 a\n    }\n}\n'],
  ])('%s: nothing to say', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('stands on the zone, and is a hint where others of the plugin are asked for', async () => {
    const text = 'cluster.local {\n    kubernetes cluster.local in-addr.arpa\n}\n'
    const [found, ...more] = await find(text)
    expect(more).toEqual([])
    expect([found?.severity, found && marked(text, found)]).toEqual(['info', 'in-addr.arpa'])
  })

  it('knows the zone of forward', async () => {
    const [found] = await find('corp.example {\n    forward lab.example 10.0.0.53\n}\n')
    expect(found?.message).toContain('forward gets no query for lab.example')
  })

  it('counts the names of a hosts block that it drops, and speaks once', async () => {
    const text = '. {\n    hosts /etc/hosts corp.example {\n        10.0.0.1 a.example b.corp.example c\n    }\n}\n'
    const [found, ...more] = await find(text)
    expect(more).toEqual([])
    expect(found?.message).toContain('hosts drops a.example and 1 more')
  })

  it('tells to take a short name out where the full one stands beside it', async () => {
    const said = async (names: string) =>
      (await find(`home.example {\n    hosts {\n        10.0.0.1 ${names}\n    }\n}\n`)).map(({ message }) => message)
    expect(await said('router.home.example router')).toEqual([
      expect.stringContaining('(take it out: router.home.example is there already)'),
    ])
    expect(await said('router Router.Home.example.')).toEqual([expect.stringContaining('take it out')])
    expect(await said('router')).toEqual([expect.stringContaining('(write router.home.example)')])
  })
})
