import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from 'yaml'
import { blockNodes } from '../../src/embed/block-nodes.ts'

/** All that is read of nodes: values, styles, places, and where the lines of a block stand. */
function shapeOf(node: unknown): unknown {
  if (node === null || node === undefined) return null
  const { range } = node as Node
  const place = range?.slice(0, 2)
  if (isMap(node)) {
    const pairs = (node.items as Pair[]).map(({ key, value }) => [shapeOf(key), shapeOf(value)])
    return { pairs, place, isFlow: node.flow === true }
  }
  if (isSeq(node)) return { items: node.items.map(shapeOf), place, isFlow: node.flow === true }
  if (!isScalar(node)) return 'another node'
  const token = node.srcToken?.type === 'block-scalar' ? node.srcToken : undefined
  return { value: node.value, type: node.type, place, token }
}

function byParser(text: string): unknown {
  const documents = parseAllDocuments(text, {
    keepSourceTokens: true,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const errors = documents.flatMap((document) => document.errors.map(({ message }) => message))
  return errors.length > 0 || documents.length !== 1 ? errors : shapeOf(documents[0]?.contents)
}

const manifest = `---
# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {team: "shop", on-call: '24/7', empty: {}}
spec:
  replicas: 2
  strategy: # as it was
    maxSurge: 25%
  nothing: ~
  off: false
  template:
    spec:
      hostAliases:
      - ip: "10.0.0.1"
        hostnames:
        - a.example
        - b.example # the second

      - {ip: 10.0.0.2, hostnames: [c.example, "d.example"]}
      containers:
        - name: app
          image: registry.example:5000/app:1
          args: ["--a=b", -v]
          command:
            - sh
            - |
              echo a

              echo b
  script: |-
    one
      two
tail: end
`

describe('the quick reader of manifests', () => {
  it('makes the nodes of the parser', () => {
    const nodes = blockNodes(manifest)
    expect(nodes).toBeDefined()
    expect(shapeOf(nodes)).toEqual(byParser(manifest))
  })

  it.each([
    ['anchors and aliases', 'a: &x 1\nb: *x\n'],
    ['tags', 'a: !!str 1\n'],
    ['folded blocks', 'a: >\n  b\n'],
    ['words on several lines', 'a: b\n  c\n'],
    ['escapes', 'a: "\\n"\n'],
    ['two quotes in quotes', "a: 'it''s'\n"],
    ['flow style on several lines', 'a: [b,\n  c]\n'],
    ['ends of lines as in Windows', 'a: b\r\n'],
    ['tabs', 'a:\tb\n'],
    ['templates', 'a: {{ .Values.b }}\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['a list', '- a\n'],
    ['a colon in a word', 'a: b: c\n'],
    ['numbers in other notations', 'a: 0x10\n'],
    ['a comment that is further in than what follows', 'a:\n  b: c\n  # d\ne: f\n'],
    ['what ends in the middle of a line', 'a: b'],
    ['nothing', ''],
  ])('leaves %s to the parser', (_, text) => {
    expect(blockNodes(text)).toBeUndefined()
  })

  const key = fc.constantFrom('a', 'b', 'c.d/e', '"q"', "'s'", 'true', 'null', 'x-y', 'a b', '1', '-a', '<<')
  const value = fc.constantFrom(
    ...['', '1', 'x', '"y"', "'z'", '|', '|-', '>', '[]', '{}', '[a, b]', '{a: 1, b: "c"}', '{a: [x]}', '# c'],
    ...['v # c', 'x y', 'x: y', 'x:y', '-1', '- 1', '- a: b', '1.5', '0x1', '010', '~', 'True', 'a#b', 'a #b', '"a" b'],
    ...['&x 1', '*x', '!t x', '1e3', '.5', '5.', '+1', '-0', '-.inf', "'a''b'", '[a', '{{ x }}', '%x', '@x', '25%'],
    ...['-', '?', ':x', 'a:', '[a,b]', '[ a , b ]', '{a: b, }', '{a:1}', '[a: b]', '{"a": b}', '{"a":b}', '[a:b]'],
    ...['[x #y]', '...', '--- x', '---', 'a\tb', 'ü', ',a', 'a, b', '\u00a0x', 'x\u2028y', '\u0085'],
  )
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(key, fc.constantFrom(': ', ':  ', ':'), value).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom('# c', '', '#', '  ') },
  )
  const text = fc
    .array(
      fc.tuple(
        fc.constantFrom('', '', '  ', '  ', '    ', '      ', ' '),
        fc.constantFrom('', '', '', '- ', '-  '),
        line,
      ),
      {
        minLength: 1,
        maxLength: 9,
      },
    )
    .chain((lines) =>
      fc
        .tuple(fc.constantFrom('', '', '---\n'), fc.constantFrom('\n', '\n', '\n\n', '\n# e\n', ''))
        .map(
          ([head, end]) =>
            `${head}${lines.map((parts, at) => parts.slice(at === 0 ? 2 : 0).join('')).join('\n')}${end}`,
        ),
    )

  it('makes no other nodes than the parser, whatever it is given', () => {
    let read = 0
    fc.assert(
      fc.property(text, (any) => {
        const nodes = blockNodes(any)
        if (nodes === undefined) return
        read++
        expect(shapeOf(nodes)).toEqual(byParser(any))
      }),
      { numRuns: 20_000 },
    )
    expect(read).toBeGreaterThan(300)
  })
})
