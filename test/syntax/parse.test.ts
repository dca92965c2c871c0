import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expand } from '../../src/expand/expand.ts'
import { parse } from '../../src/syntax/parse.ts'
import type { Directive, ServerBlock } from '../../src/syntax/tree.ts'
import { nearlyCorefile } from '../arbitrary-text.ts'

const block = (text: string) => parse(text).items[0] as ServerBlock
const directive = (text: string) => block(text).items[0] as Directive

describe('parse', () => {
  it('reads addresses, directives and what is in their braces', () => {
    const tree = block('.:53, example.org {\n  forward . 1.1.1.1 {\n    max_fails 2\n  }\n}\n')
    expect(tree.keys.map((key) => key.kind === 'argument' && key.value)).toEqual(['.:53,', 'example.org'])
    const [forward] = tree.items as Directive[]
    expect(forward?.parts.map(({ kind }) => kind)).toEqual(['argument', 'argument', 'braces'])
    const braces = forward?.parts[2]
    const properties = braces?.kind === 'braces' ? braces.items : []
    expect(properties.map((item) => (item.kind === 'directive' ? item.name.value : ''))).toEqual(['max_fails'])
  })

  it('keeps both what is written and what CoreDNS reads', () => {
    const [argument] = directive('. {\n  log "a \\"b\\" c"\n}').parts
    expect(argument).toMatchObject({ raw: '"a \\"b\\" c"', value: 'a "b" c', quoted: true })
  })

  it('tells snippets, imports and blocks apart', () => {
    const tree = parse('(s) {\n  errors\n}\nimport x\n. {\n  import s\n}\n')
    expect(tree.items.map(({ kind }) => kind)).toEqual(['snippet', 'import', 'server-block'])
  })

  it('goes on behind a fault and reports several', () => {
    const tree = parse('a { whoami }\nb {\n  errors\n}\nc, {\n  log\n}\nd {\n  errors\n')
    expect(tree.errors.map(({ problem }) => problem)).toEqual([
      'unexpected-close',
      'comma-before-brace',
      'close-expected',
    ])
    const keys = tree.items.map((item) =>
      item.kind === 'server-block' && item.keys[0]?.kind === 'argument' ? item.keys[0].value : item.kind,
    )
    expect(keys).toEqual(['a', 'b', 'c,', 'd'])
  })

  it('finds a fault exactly where expansion finds one, in texts without imports', () => {
    fc.assert(
      fc.property(
        nearlyCorefile.filter((text) => !text.includes('import') && !text.includes('(')),
        (text) => {
          const configuration = expand(text, { isDirective: () => true, environment: () => undefined })
          const tree = parse(text)
          expect(tree.errors.map(({ problem, range }) => [problem, range.start])).toEqual(
            configuration.problems.map(({ kind, at }) => [kind, at.list.start(at.index)]),
          )
          const keys = tree.items.flatMap((item) =>
            item.kind === 'server-block' && item.keys.some((key) => key.kind === 'argument' && key.value !== '')
              ? [item.items.length]
              : [],
          )
          expect(keys).toEqual(configuration.blocks.map(({ occurrences }) => occurrences.length))
        },
      ),
      { numRuns: 2000 },
    )
  })
})
