import { describe, expect, it } from 'vitest'
import { fix, lint } from '../src/index.ts'

const files = [{ path: 'Corefile', text: '. {\n    errors\n    fanout . 10.0.0.53\n}\n' }]

const corefileOf = async (options: Parameters<typeof lint>[1]) => (await lint(files, options)).files[0]?.corefiles[0]

describe('the library', () => {
  it('judges by the program it is told of', async () => {
    expect(await corefileOf({})).toMatchObject({ verdict: 'refused', target: { build: 'official', from: 'assumed' } })
    expect(await corefileOf({ externalPlugins: ['fanout'] })).toMatchObject({ verdict: 'unknown' })
    const grammar = { line: { args: [{ name: 'FROM' }, { name: 'TO', count: 'many' }] } } as const
    const build = ['errors', 'fanout:github.com/networkservicemesh/fanout']
    expect(await corefileOf({ build, externalPlugins: { fanout: { grammar } } })).toMatchObject({
      verdict: 'accepted',
      target: { build: 'custom' },
    })
    expect(await corefileOf({ build: ['errors'], externalPlugins: { fanout: { grammar } } })).toMatchObject({
      verdict: 'refused',
    })
  })

  it('takes the release inside of a tag of NodeLocal DNSCache', async () => {
    expect(await corefileOf({ build: 'node-cache 1.22.20' })).toMatchObject({
      target: { coredns: '1.10.0', build: 'node-cache 1.22.20' },
    })
    expect(await corefileOf({ build: 'node-cache 1.22.20', coredns: ['1.9.4'] })).toMatchObject({
      target: { coredns: '1.9.4', from: 'flag' },
    })
  })

  it('throws where it is told nonsense, with the place', async () => {
    const grammar = { lines: [] } as object
    await expect(lint(files, { externalPlugins: { fanout: { grammar } } })).rejects.toThrow(
      new RangeError('externalPlugins.fanout.grammar.lines: unknown key "lines": did you mean "line"?'),
    )
    await expect(fix(files, { build: ['erorrs'] })).rejects.toThrow(
      'build[0]: build names an unknown plugin "erorrs": did you mean "errors"?',
    )
  })
})
