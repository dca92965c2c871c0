import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml'
import { jsonNodes } from '../../src/embed/json-nodes.ts'

/** All that is read of nodes anywhere. */
function shape(node: unknown): unknown {
  if (isScalar(node)) {
    const { value, source, range, srcToken, type } = node
    const token = srcToken && 'source' in srcToken ? srcToken : undefined
    const string = typeof value === 'string' ? [type, token?.type, token?.offset, token?.source] : [source]
    return [value, range?.slice(0, 2), ...string]
  }
  if (isMap(node))
    return { map: node.items.map((pair) => isPair(pair) && [shape(pair.key), shape(pair.value)]), at: place(node) }
  if (isSeq(node)) return { list: node.items.map(shape), at: place(node) }
  return null
}

function place(node: Node): unknown {
  return node.range?.slice(0, 2)
}

function parsed(text: string): unknown {
  return shape(parseAllDocuments(text, { keepSourceTokens: true, uniqueKeys: false, logLevel: 'silent' })[0]?.contents)
}

describe('the nodes of JSON', () => {
  it('are those of the YAML parser', () => {
    const value = fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.array(fc.jsonValue()))
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(undefined, 1, 4),
        fc.constantFrom('', '\n', '\r\n '),
        (json, indent, around) => {
          const text = around + JSON.stringify(json, null, indent) + around
          const nodes = jsonNodes(text)
          expect(nodes).toBeDefined()
          expect(shape(nodes)).toEqual(parsed(text))
        },
      ),
    )
  })

  it('have every escape, and equal keys', () => {
    const text = '{"a": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00", "a": -1.5e3, "": [[], {}]}'
    expect(shape(jsonNodes(text))).toEqual(parsed(text))
  })

  it.each([
    '',
    'a',
    '"a"',
    '1',
    '{',
    '{a: 1}',
    "{'a': 1}",
    '{"a": 1,}',
    '[1,]',
    '[01]',
    '{"a": "\n"}',
    '["\\x"]',
    '[1] x',
    '---\n[]',
    '[1] # c',
    '{"a"}',
    '[\t1]',
    '\ufeff[]',
  ])('are not there for %j', (text) => {
    expect(jsonNodes(text)).toBeUndefined()
  })

  it('are not there for what is nested deeply, and bounded for what is long', () => {
    expect(jsonNodes('['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined()
    const long = 'x\\n'.repeat(1_000_000)
    expect(jsonNodes(`["${long}"]`)).toBeDefined()
  })
})
