import { describe, expect, it } from 'vitest'
import { formatText } from '../../src/format/format-text.ts'
import { laidOut } from './reading.ts'

describe('the layout', () => {
  it('indents by blocks, with one empty line between these and none at their ends', () => {
    const text =
      '\n# top\n.:53 {\n\n  errors\n hosts {\n 10.0.0.1 a\n\n  }\n\n\n  cache   30  \n\n}\n# of b\nb.org {\nwhoami }\n'
    expect(laidOut(text.replace('whoami }', 'whoami\n}'))).toBe(
      '# top\n.:53 {\n  errors\n  hosts {\n    10.0.0.1 a\n  }\n\n  cache 30\n}\n\n# of b\nb.org {\n  whoami\n}\n',
    )
  })

  it.each([
    ['two spaces', '. {\n  a\n   b\n  c\n}\n', '  '],
    ['tabs', '. {\n\ta\n    b\n\tc\n}\n', '\t'],
    ['four spaces where nothing is indented', '. {\na\nb\n}\n', '    '],
    ['what its blocks have, wherever they begin', '    . {\n       a\n    }\n', '   '],
  ])('keeps %s', (_, text, step) => {
    const lines = laidOut(text).split('\n').slice(1, -2)
    expect(lines).toEqual(lines.map((line) => step + line.trim()))
  })

  it.each([
    ['an opening brace of a server block', '.\n{\n  whoami\n}\n', '. {\n  whoami\n}\n'],
    ['a snippet on one line', '(s) { errors }\n', '(s) {\n    errors\n}\n'],
    ['a directive behind the brace', '. { whoami\n}\n', '. {\n    whoami\n}\n'],
    ['two blocks on one line', 'a {\n} b {\n}\n', 'a {\n}\n\nb {\n}\n'],
  ])('moves %s', (_, text, wanted) => {
    expect(laidOut(text)).toBe(wanted)
  })

  it.each([
    ['the brace of a plugin on its own line', '. {\n    log\n    {\n        class error\n    }\n}\n'],
    ['a plugin block on one line', '. {\n    hosts { fallthrough }\n}\n'],
    ['an import behind a block, which is none', '. {\n} import x\n'],
    ['a brace behind a comment', '. # root\n{\n    whoami\n}\n'],
    ['line breaks and blanks in quotes', '. {\n    template IN A {\n        answer "a\n  b  \n" 60\n    }\n}\n'],
    ['addresses on several lines', 'a.org,\nb.org {\n    whoami\n}\n'],
    ['a block without braces', 'a.org\nwhoami\n'],
    ['a block without braces that is indented', 'a.org\n    whoami\n'],
    ['what is glued to a word', '. {\n    forward . 10.0.0.1#53 b\n    log "a"\n}\n'],
  ])('leaves %s', (_, text) => {
    expect(laidOut(text)).toBe(text)
  })

  it('keeps entries of hosts in columns where they are', () => {
    const table =
      '. {\n  hosts {\n  10.0.0.1\ta   x\n  10.0.0.100\tbb  y\n  # c\n   ::1 c\n   fallthrough   a\n  }\n}\n'
    expect(laidOut(table)).toBe(
      '. {\n  hosts {\n    10.0.0.1   a  x\n    10.0.0.100 bb y\n    # c\n    ::1        c\n    fallthrough a\n  }\n}\n',
    )
    const loose = '. {\n  hosts {\n    10.0.0.1   a\n    10.0.0.100 b\n    fallthrough\n  }\n}\n'
    expect(laidOut(loose)).toBe(loose)
    const none = '. {\n  hosts {\n    10.0.0.1   a\n    10.0.0.100  b\n  }\n}\n'
    expect(laidOut(none)).toBe('. {\n  hosts {\n    10.0.0.1 a\n    10.0.0.100 b\n  }\n}\n')
  })

  it('keeps comments behind lines in columns where they are', () => {
    const text = '. { # r\n  whoami   # a\n  log\n  errors   # b\n  any  # c\n}\n'
    expect(laidOut(text)).toBe('. { # r\n  whoami # a\n  log\n  errors # b\n  any # c\n}\n')
  })

  it('puts comments where the words around them are', () => {
    const text = '. {\n# a\n  log {\n# b\nclass error\n# c\n  }\n# d\n}\n   # e\n'
    expect(laidOut(text)).toBe('. {\n  # a\n  log {\n    # b\n    class error\n    # c\n  }\n  # d\n}\n# e\n')
  })

  it('keeps the mark of byte order and the line endings of most lines', () => {
    expect(laidOut('\ufeff. {\r\n  log\r\n\n}\r\n')).toBe('\ufeff. {\r\n  log\r\n}\r\n')
  })

  it('lays out what begins with a directive as that, whatever the name of the file', () => {
    const text = 'log\n{\n    class error\n}\nhosts { fallthrough }\n'
    expect(laidOut(text)).toBe(text)
  })

  it('has nothing to do with an empty text', () => {
    expect([laidOut(''), laidOut(' \n\n')]).toEqual(['', ' \n\n'])
  })

  it('ends a text that is a value as it ended', () => {
    const { edits } = formatText('. {\n    log  \n}', { kind: 'corefile', isFile: false })
    expect(edits).toEqual([{ start: 11, end: 13, text: '' }])
  })
})

describe('what is left as it is', () => {
  const why = (text: string) => {
    const result = formatText(text, { kind: 'corefile', isFile: true })
    return result.edits === null ? [result.untouched, text.slice(result.range.start, result.range.end)] : null
  }

  it.each([
    ['a brace that is missing', '. {\n  log\n', ['broken', 'log']],
    ['a brace too many on a line', '. {  whoami }\n', ['broken', '}']],
    ['a quote that nothing closes', '. {\n  log "a\n}\n', ['broken', '"a\n}\n']],
    ['a quote at the end, which is no word yet', '. {\n  log\n}\n "', ['broken', '"']],
    [
      'a template between words',
      '. {\n  forward  . {{ .Values.upstream }}\n}\n',
      ['template', '{{ .Values.upstream }}'],
    ],
    [
      'quotes of a template in quotes',
      '. {\n  log "{{ x | default "y" }}"\n}\n',
      ['template', '{{ x | default "y" }}'],
    ],
    ['braces that a template closes', '. {\n  log\n__BLOCKS__\n', ['template', '__BLOCKS__']],
    ['a mark of byte order that would come first', '\n\ufeff. {\n}\n', ['fragile', '\ufeff.']],
  ])('%s', (_, text, wanted) => {
    expect(why(text)).toEqual(wanted)
    expect(laidOut(text)).toBe(text)
  })

  it.each([
    ['a placeholder that is a word', '. {\n  forward  . __PILLAR__DNS__\n}\n'],
    ['a placeholder in a word', '. {\n  forward  . ${UPSTREAM}:53\n}\n'],
    ['the template of an answer', '. {\n  template  IN A {\n    answer "{{ .Name }} 60 IN A 10.0.0.1"\n  }\n}\n'],
    ['a template in a comment', '. {\n  log  # {{ .x }}\n}\n'],
  ])('not %s', (_, text) => {
    expect(why(text)).toBeNull()
    expect(laidOut(text)).not.toBe(text)
  })
})
