import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ParserEvents, readCorefile, readDirectives } from '../../grammar/parser.ts'
import { TokenSource } from '../../grammar/token-source.ts'
import { TokenList } from '../../grammar/tokens.ts'
import { snippetName } from '../../src/syntax/parse.ts'
import { anyText, nearlyCorefile } from '../arbitrary-text.ts'

/** What the parser tells of a text, in order, and the indices of all tokens in it. */
function told(text: string, { fragment = false, skips = true } = {}) {
  const list = new TokenList(text)
  const events: string[] = []
  const indices: number[] = []
  let keys: string[] = []
  const say = (event: string, index: number) => {
    indices.push(index)
    events.push(`${event} ${list.value(index)}`)
  }
  const handler: ParserEvents = {
    blockStart: () => {
      keys = []
    },
    key: ({ index }) => {
      keys.push(list.value(index))
      say('key', index)
    },
    keysEnd: (opened) => (opened && snippetName(keys) !== null ? 'snippet' : 'block'),
    open: ({ index }) => say('open', index),
    close: ({ index }) => say('close', index),
    blockEnd: () => events.push('end'),
    directiveStart: ({ index }) => say('directive', index),
    directiveToken: ({ index }, depth) => say(`word${depth}`, index),
    directiveBraces: (_, open, close) => {
      if (!skips) return false
      for (let index = open; index <= close; index++) indices.push(index)
      events.push(`braces ${close - open - 1}`)
      return true
    },
    directiveEnd: () => {},
    strayClose: ({ index }) => say('stray', index),
    snippetBody: (_, open, close) => {
      for (let index = open + 1; index < close; index++) indices.push(index)
      events.push(`body ${close - open - 1}`)
    },
    importLine: (keyword, args, context) => {
      for (const { index } of [keyword, ...args]) indices.push(index)
      events.push(`import ${context} ${args.map(({ index }) => list.value(index))}`)
    },
    problem: (problem, at) => events.push(`! ${problem} ${at === null ? '' : list.value(at.index)}`),
  }
  const read = fragment ? readDirectives : readCorefile
  read(new TokenSource(list, 0, list.count), handler)
  return { events, indices, list }
}

// That the readings are CoreDNS's is shown in test/expand/conformance.test.ts; here is what is told, and how reading goes on.
describe('a Corefile', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['a b {\n log x\n}', ['key a', 'key b', 'open {', 'directive log', 'word0 x', 'close }', 'end']],
    ['a\nlog', ['key a', 'directive log', 'end']],
    ['a,\nb {\n}', ['key a,', 'key b', 'open {', 'close }', 'end']],
    ['(s) {\n log\n}', ['key (s)', 'open {', 'body 1', 'close }', 'end']],
    ['a {\n p {\n  x {\n  }\n }\n}', ['key a', 'open {', 'directive p', 'braces 3', 'close }', 'end']],
    ['import x', ['import addresses x', 'end']],
    ['a {\n import x\n}', ['key a', 'open {', 'import directives x', 'close }', 'end']],
  ])('%j', (text, expected) => {
    expect(told(text).events).toEqual(expected)
  })

  it('tells the tokens inside of braces to whoever wants them, with their depth', () => {
    const { events } = told('a {\n p {\n  x {\n   import y\n  }\n }\n}', { skips: false })
    expect(events.slice(3, -2)).toEqual(['word1 {', 'word1 x', 'word2 {', 'import properties y', 'word2 }', 'word1 }'])
  })
})

describe('a fault', () => {
  it.each<[string, string[]]>([
    ['a, {\n}\nb {\n}', ['! comma-before-brace {', 'key b']],
    ['a,', ['! address-expected a,']],
    ['a { log }\nb {\n}', ['! unexpected-close }', 'key b']],
    ['a {\n log {\n', ['! unexpected-end {']],
    ['a {\n log\n', ['! close-expected log']],
    ['(s) {\n log\n', ['! close-expected log']],
    ['a {\n import\n log\n}\nb {\n}', ['! import-without-argument import', 'directive log', 'key b']],
    ['a {\n import x y z\n log\n}', ['! import-many-arguments y', 'directive log']],
  ])('in %j does not hide what follows', (text, expected) => {
    const { events } = told(text)
    expect(events).toEqual(expect.arrayContaining(expected))
  })

  it('is none where the last brace of the text closes something', () => {
    expect(told('a {\n p {\n }\n').events.filter((event) => event.startsWith('!'))).toEqual([])
  })
})

describe('a fragment', () => {
  it('has directives and no keys', () => {
    expect(told('log x\nimport y', { fragment: true }).events).toEqual([
      'directive log',
      'word0 x',
      'import directives y',
    ])
  })

  it('goes on behind a brace that closes nothing', () => {
    expect(told('log\n}\nerrors', { fragment: true }).events).toEqual([
      'directive log',
      '! unexpected-close }',
      'stray }',
      'directive errors',
    ])
  })
})

it('tells every token of any text exactly once, in order', () => {
  fc.assert(
    fc.property(fc.oneof(nearlyCorefile, anyText), fc.boolean(), fc.boolean(), (text, fragment, skips) => {
      const { indices, list } = told(text, { fragment, skips })
      expect(indices).toEqual(Array.from({ length: list.count }, (_, index) => index))
    }),
    { numRuns: 500 },
  )
})

it('reads braces as deep as a file is long', () => {
  const { events } = told(`. ${'{ a '.repeat(100_000)}`)
  expect(events.filter((event) => event.startsWith('!'))).toEqual(['! unexpected-end a', '! close-expected a'])
})
