import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Embedded } from '../../src/embed/embedded.ts'
import { fileText } from '../../src/embed/inner-text.ts'
import { embeddedInPlainManifest } from '../../src/embed/plain-manifest.ts'
import { searchDocument } from '../../src/embed/yaml.ts'

const file = `# kept by hand
apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
  resourceVersion: "123"
  uid: 6c1f-22
  creationTimestamp: null
  labels:
    addonmanager.kubernetes.io/mode: EnsureExists
data:
  # above
  Corefile: |  # beside
    .:53 {
        errors

        forward . /etc/resolv.conf
    }

  other: 'text'
`

function byParser(text: string): { embedded: Embedded[]; problems: unknown[] } {
  const found = { embedded: [], problems: [], format: 'YAML' as const }
  searchDocument(fileText(text), { start: 0, end: text.length }, found)
  return found
}

/** All that can be asked of an embedded text. */
function described(embedded: readonly Embedded[]) {
  return embedded.map(({ text, kind, name, range, found, comments, document, toOuter }) => {
    const { entries, ...about } = document
    const texts = [...entries].map(([key, entry]) => [
      key,
      entry.text,
      entry.toOuter({ start: 0, end: entry.text.length }),
    ])
    const units = Array.from({ length: text.length }, (_, at) => toOuter({ start: at, end: at + 1 }))
    return { text, kind, name, range, found, comments, about, texts, units }
  })
}

function byLines(text: string): Embedded[] | undefined {
  return embeddedInPlainManifest(fileText(text), { start: 0, end: text.length })
}

describe('a plain manifest', () => {
  it.each([
    ['as people write it', file],
    ['of Windows', file.replaceAll('\n', '\r\n')],
    ['with a byte order mark and a document marker', `\ufeff---\n${file}`],
    ['without a last line break', file.slice(0, file.indexOf('\n\n  other'))],
    ['with a Corefile in quotes', file.replace(/\|.*?\n\n {2}other/s, '". {}"\n  other')],
    ['with a stripped block', file.replace('|  #', '|- #')],
    [
      'of coredns-custom',
      file
        .replace('name: coredns', 'name: coredns-custom')
        .replace('Corefile:', 'a.server:')
        .replace('other', 'Corefile.override'),
    ],
  ])('%s needs no parser', (_, text) => {
    const found = byLines(text)
    expect(found).not.toBeUndefined()
    expect(described(found ?? [])).toEqual(described(byParser(text).embedded))
    expect(found).not.toHaveLength(0)
  })

  it.each([
    ['a value that may not be a string', 'kind: ConfigMap\ndata:\n  Corefile: 5\n'],
    ['a name that may not be a string', 'kind: ConfigMap\nmetadata:\n  name: yes\ndata:\n  Corefile: a\n'],
    ['a key that is not a string', 'kind: ConfigMap\ndata:\n  null: a\n  Corefile: a\n'],
    ['a key twice', 'kind: ConfigMap\ndata:\n  Corefile: a\n  Corefile: b\n'],
    ['wide empty lines before the content', 'kind: ConfigMap\ndata:\n  Corefile: |\n      \n    . {\n'],
    ['wide empty lines behind the content', 'kind: ConfigMap\ndata:\n  Corefile: |\n    . {\n   \n'],
    ['a block that is less indented later', 'kind: ConfigMap\ndata:\n  Corefile: |\n    . {\n   }\n'],
    ['a value that goes on', 'kind: ConfigMap\ndata:\n  Corefile: a\n    b\n'],
    ['another ConfigMap in a string', "kind: ConfigMap\ndata:\n  Corefile: a\n  b: 'kind: ConfigMap'\n"],
    ['an indentation that fits nowhere', 'kind: ConfigMap\ndata:\n    Corefile: a\n  b: c\n'],
    [
      'maps in maps without end',
      `kind: ConfigMap\n${Array.from({ length: 20 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')}`,
    ],
    ['another kind', 'kind: List\n# ConfigMap\nitems:\n'],
    ['a carriage return at the end', 'kind: ConfigMap\ndata:\n  Corefile: a\r'],
  ])('with %s is left to the parser', (_, text) => {
    expect(byLines(text)).toBeUndefined()
  })

  it('is never read otherwise than by the parser', () => {
    const keys = fc.constantFrom(
      'Corefile',
      'other',
      'name',
      'metadata',
      'data',
      'kind',
      'a.server',
      'null',
      'x/y',
      'namespace',
      'apiVersion',
    )
    const values = fc.constantFrom(
      '',
      '',
      ' coredns-custom',
      ' ConfigMap',
      ' v1',
      ' null',
      ' yes',
      ' 5',
      ' 2020-01-01',
      ' "a b"',
      ' ""',
      " ' x'",
      ' |',
      ' |-',
      ' |+',
      ' |2',
      ' >',
      ' a b',
      ' a: b',
      ' "a',
      ' {}',
      ' &x a',
      ' *x',
      ' a#b',
      ' a #b',
      '  |  # c',
      ' # c',
      ' \t',
      ' ~',
      '\u00a0x',
      ' -',
      ' a-',
      ' 1.5',
      ' !!str a',
    )
    const blanks = fc.constantFrom('', '', '  ', '  ', '    ', '    ', '      ', ' ', '\t')
    const line = fc.oneof(
      fc.constantFrom('    . {', '      errors', '    }', '      ', '   # c', '  other: x', ''),
      fc.tuple(blanks, keys, values).map(([indent, key, value]) => `${indent}${key}:${value}`),
      fc
        .tuple(
          blanks,
          fc.constantFrom('', '# c', '. {', '}', 'errors', '\t', '- a', '...', '---', '\r', '\ufeff', '\u2028', 'a: b'),
        )
        .map((parts) => parts.join('')),
    )
    const layouts = [
      (lines: string[]) => ['kind: ConfigMap', 'data:', ...lines],
      (lines: string[]) => [
        'kind: ConfigMap',
        'metadata:',
        '  name: coredns-custom',
        'data:',
        '  Corefile: |',
        '    . {',
        ...lines,
      ],
      (lines: string[]) => ['kind: ConfigMap', 'data:', '  Corefile: |-', ...lines],
      (lines: string[]) => ['apiVersion: v1', 'kind: ConfigMap', ...lines, 'data:', '  Corefile: ". {"', '  other: x'],
      (lines: string[]) => lines,
    ]
    const text = fc
      .tuple(
        fc.constantFrom(...layouts),
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom('\n', '\n', '\r\n'),
        fc.constantFrom('', '\n', '\r', ' '),
      )
      .map(([layout, lines, lineBreak, end]) => layout(lines).join(lineBreak) + end)
    let read = 0
    fc.assert(
      fc.property(text, (value) => {
        const found = byLines(value)
        if (found === undefined) return
        read++
        const parsed = byParser(value)
        expect(parsed.problems).toEqual([])
        expect(described(found)).toEqual(described(parsed.embedded))
      }),
      { numRuns: 4000 },
    )
    expect(read).toBeGreaterThan(100)
  })
})
