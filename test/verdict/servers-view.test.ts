import { describe, expect, it } from 'vitest'
import { occurrenceOf, viewOf } from './views.ts'

describe('an occurrence', () => {
  const words = (views: readonly { value: string }[]) => views.map(({ value }) => value)

  it.each([
    ['. {\n  log a b {\n    class all\n  }\n}\n', ['a', 'b']],
    ['. {\n  log a "b c"\n}\n', ['a', 'b c']],
    ['. {\n  log\n}\n', []],
    ['. {\n  log "a\nb" c\n}\n', ['a\nb', 'c']],
    ['. {\n  log\n  {\n    class all\n  }\n}\n', []],
  ])('has the words of its line: %j', (text, expected) => {
    expect(words(occurrenceOf(text, 'log').args)).toEqual(expected)
  })

  it('has the brace of its own line, and the one that closes it', () => {
    const { open, close } = occurrenceOf('. {\n  log {\n    class all\n  }\n}\n', 'log')
    expect([open?.index, close?.index]).toEqual([3, 6])
    const without = occurrenceOf('. {\n  log\n  {\n  }\n}\n', 'log')
    expect([without.open, without.close]).toEqual([null, null])
    const unclosed = occurrenceOf('. {\n  log {\n    class all\n', 'log')
    expect([unclosed.open?.index, unclosed.close]).toEqual([3, null])
  })

  it('has the lines between its braces', () => {
    const hosts = occurrenceOf(
      '. {\n  hosts x {\n    10.0.0.1 a b\n    ttl "1\n2" 3\n    ttl\n    fallthrough\n  }\n}\n',
      'hosts',
    )
    expect([...hosts.lines()].map(({ name, args }) => [name.value, ...words(args)])).toEqual([
      ['10.0.0.1', 'a', 'b'],
      ['ttl', '1\n2', '3'],
      ['ttl'],
      ['fallthrough'],
    ])
    expect(hosts.properties('ttl')).toHaveLength(2)
    expect(words(hosts.property('ttl')?.args ?? [])).toEqual(['1\n2', '3'])
    expect([hosts.has('fallthrough'), hosts.has('reload')]).toEqual([true, false])
    expect(hosts.property('reload')).toBeNull()
  })

  it('has no lines without a block of its own', () => {
    expect([...occurrenceOf('. {\n  log\n  {\n    class all\n  }\n}\n', 'log').lines()]).toEqual([])
  })

  it('has the zones of its words, else those of its block', () => {
    const text = 'A.org 10.0.0.0/23 {\n  file x B.org 10.1.0.0/16\n  whoami\n}\n'
    const file = occurrenceOf(text, 'file')
    expect(file.zones(file.args.slice(1))).toEqual(['b.org.', '1.10.in-addr.arpa.'])
    expect(file.zones([])).toEqual(['a.org.', '0.0.10.in-addr.arpa.', '1.0.10.in-addr.arpa.'])
  })

  it('says which words are not known', () => {
    const { args } = occurrenceOf('. {\n  forward . {$A} 10.0.0.1\n}\n', 'forward')
    expect(args.map(({ known }) => known)).toEqual([true, false, true])
  })
})

describe('a block', () => {
  const text = 'a.org:1053 tls://b.org {\n  whoami\n  log\n  forward . 10.0.0.1\n  log x\n  hosts\n}\n'
  const block = () => {
    const [first] = viewOf(text).blocks
    if (first === undefined) throw new Error('no block')
    return first
  }

  it('has its plugins in the order in which they run, each in written order', () => {
    expect([...block().plugins.keys()]).toEqual(['log', 'hosts', 'forward', 'whoami'])
    expect(
      block()
        .occurrences('log')
        .map(({ args }) => args.length),
    ).toEqual([0, 1])
    expect(block().occurrences('errors')).toEqual([])
    expect([block().has('log'), block().has('errors')]).toEqual([true, false])
  })

  it('knows who answers behind a plugin', () => {
    expect(
      block()
        .answerersBehind('hosts')
        .map(({ plugin }) => plugin),
    ).toEqual(['forward', 'whoami'])
    expect(block().answerersBehind('whoami')).toEqual([])
  })

  it('knows its zones and which names come to it', () => {
    expect(block().zones).toEqual(['a.org.', 'b.org.'])
    expect(block().servesRoot).toBe(false)
    expect(['x.a.org.', 'org.', 'b.org.', 'c.org.', '.'].map((zone) => block().meets(zone))).toEqual([
      true,
      true,
      true,
      false,
      true,
    ])
    expect(viewOf('. {\n  log\n}\n').blocks[0]?.servesRoot).toBe(true)
  })

  it('leaves out keys that are not known', () => {
    expect(viewOf('{$A} b.org {\n  log\n}\n').blocks[0]?.zones).toEqual(['b.org.'])
  })
})

describe('the servers', () => {
  it('have the occurrences of a plugin block by block', () => {
    const found = [...viewOf('a {\n  log\n  log x\n}\nb {\n  log\n}\n').plugins('log')]
    expect(found.map(({ block }) => block.zones[0])).toEqual(['a.', 'a.', 'b.'])
  })

  it('are a template where a placeholder is left', () => {
    expect(viewOf('. {\n  forward . __PILLAR__UPSTREAM__SERVERS__\n}\n').isTemplate).toBe(true)
    expect(viewOf('. {\n  forward . {$A}\n}\n').isTemplate).toBe(false)
  })

  it('may be of another release', () => {
    const view = viewOf('A.org {\n  log\n}\n', '1.6.2')
    expect([view.release, view.blocks[0]?.served[0]?.zone]).toEqual(['1.6.2', 'A.org.'])
  })
})
