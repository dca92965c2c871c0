import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import notInBuild from '../../src/rules/plugin-not-in-build.ts'
import rule from '../../src/rules/unknown-plugin.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string, files = {}) => findings(text, { rules: [rule, notInBuild], files })
const block = (zone: string, line: string) => `${zone} {\n    ${line}\n    whoami\n}\n`

describe('a plugin that the program lacks', () => {
  it.each(['promethues', 'fanout . 10.0.0.1'])('is said once for a file, with its other places: %s', async (line) => {
    const text = ['a.example', 'b.example', 'c.example'].map((zone) => block(zone, line)).join('')
    const [found, ...more] = await find(text)
    expect(more).toEqual([])
    expect(found && marked(text, found)).toBe(line.split(' ')[0])
    const at = text.indexOf(line)
    expect(found?.range.start).toBe(at)
    expect(found?.related.map(({ range }) => range.start)).toEqual([text.indexOf(line, at + 1), text.lastIndexOf(line)])
  })

  it('is mended at all places', async () => {
    const text = block('a.example', 'promethues') + block('b.example', 'promethues')
    const [found] = await find(text)
    expect(applyEdits(text, found?.fix?.edits ?? [])).toBe(text.replaceAll('promethues', 'prometheus'))
  })

  it('is commented out at the places that can be', async () => {
    const text = `${block('a.example', '// one')}${block('b.example', '// two {\n    }')}${block('c.example', '// three')}`
    const found = await find(text)
    expect(found).toHaveLength(1)
    expect(applyEdits(text, found[0]?.fix?.edits ?? [])).toBe(
      text.replace('// one', '# one').replace('// three', '# three'),
    )
  })

  it('counts places that would be too many to show', async () => {
    const text = Array.from({ length: 9 }, (_, number) => block(`z${number}.example`, 'nonsense')).join('')
    const [found] = await find(text)
    expect(found?.related.map(({ message }) => message)).toEqual([
      'and here',
      'and here',
      'and here',
      'and here',
      'and here, and at 3 more places',
    ])
  })

  it('is said once of a snippet that is imported twice, and apart for each file and each name', async () => {
    const snippet = '(s) {\n    nonsense\n}\na.example {\n    import s\n}\nb.example {\n    import s\n    folly\n}\n'
    const found = await find(snippet)
    expect(
      found.map((one) => [marked(snippet, one), one.related.filter(({ message }) => message === 'and here')]),
    ).toEqual([
      ['nonsense', []],
      ['folly', []],
    ])
    const two = await find('. {\n    nonsense\n    import x\n}\n', { x: 'nonsense\n' })
    expect(two.map(({ path }) => path.split('/').at(-1))).toEqual(['Corefile', 'x'])
  })

  it.each([
    ['views {\n        client data/clients.yaml\n    }', null],
    ['dnsseed {\n        network mainnet\n    }', null],
    ['forwrad . 10.0.0.1 {\n        max_fails 2\n        policy sequental\n    }', 'forward'],
    ['forwrad . 10.0.0.1', 'forward'],
    ['errrors {\n    }', 'errors'],
    ['hostss {\n        10.0.0.1 a.example\n    }', 'hosts'],
  ])('is taken for another one only where its lines are like those: %s', async (lines, meant) => {
    const [found] = await find(block('a.example', lines))
    expect(found?.message.split('did you mean')[1] ?? null).toBe(meant === null ? null : ` "${meant}"?`)
    expect(found?.fix?.title ?? null).toBe(meant === null ? null : `write ${meant}`)
  })

  it('says once of entries of hosts that they stand outside of it', async () => {
    const text = block('a.example', '10.0.0.1 a.example b.example\n    10.0.0.2 c.example\n    fd00::1 d.example')
    const found = await findings(text, { rules, pedantic: false })
    expect(found.map(({ ruleId, related }) => [ruleId, related.length])).toEqual([['unknown-plugin', 2]])
    expect(found[0]?.message).toContain('entries of hosts stand between its braces')
    const nested = await findings('a.example {\n    10.0.0.1 {\n    }\n    whoami\n}\n', { rules, pedantic: false })
    expect(nested.map(({ ruleId }) => ruleId)).toEqual(['nested-server-block'])
  })
})
