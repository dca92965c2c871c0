import { describe, expect, it } from 'vitest'
import { isCorefileByPlace, mayBeCorefile, mayHoldCorefile } from '../../src/embed/signs.ts'

describe('mayHoldCorefile', () => {
  it.each([
    'data:\n  Corefile: |\n',
    '"corefile": "',
    '{\\"corefile\\":\\"',
    '- Corefile=. {',
    'corefile = <<EOF',
    'dest: /etc/coredns/Corefile\ncontent: |\n',
    'name: coredns-custom\ndata:\n  a.server: |\n',
    'servers:\n- plugins:\n  - name: errors\n',
  ])('is true of %j', (text) => {
    expect(mayHoldCorefile(text)).toBe(true)
  })

  it.each([
    '',
    'args: ["-conf", "/etc/coredns/Corefile"]\n',
    'items:\n- key: Corefile\n  path: Corefile\n',
    'volumes:\n- ./Corefile:/Corefile\n',
    'name: coredns-custom\n',
    'servers:\n- name: a\n',
    'corefile => 5',
  ])('is false of %j', (text) => {
    expect(mayHoldCorefile(text)).toBe(false)
  })

  it('takes little time for hostile texts', () => {
    for (const part of ['corefile', 'corefile"', 'content', 'servers\\', 'plugins ', ' ', '\\', 'a {', 'corefile ']) {
      mayHoldCorefile(part.repeat(100_000))
      mayBeCorefile(part.repeat(100_000))
      isCorefileByPlace(part.repeat(100_000), {
        key: 'content',
        keysAround: () => ['corefile'],
        stringsBeside: () => [],
      })
    }
  }, 2000)
})

describe('mayBeCorefile', () => {
  it.each(['. {}', '.:53\nforward . 10.0.0.1\n', 'a {\n}\n', '{$ZONE} {\n}\n'])('is true of %j', (text) => {
    expect(mayBeCorefile(text)).toBe(true)
  })

  it.each(['', '\n', '/etc/coredns/Corefile\n', '{{ corefile }}', '${var.corefile}', '{$COREFILE}', '{% x %}'])(
    'is false of %j',
    (text) => {
      expect(mayBeCorefile(text)).toBe(false)
    },
  )
})

describe('isCorefileByPlace', () => {
  const corefile = '. {\n  errors\n}\n'
  const place = (key: string, above: (string | undefined)[] = [], beside: [string, string][] = []) => ({
    key,
    keysAround: () => above,
    stringsBeside: () => beside,
  })

  it.each([
    [corefile, place('externalCoreFile')],
    [corefile, place('default', ['corefile'])],
    [corefile, place('inline', ['contents', 'Corefile'])],
    [corefile, place('content', [], [['dest', '/etc/coredns/Corefile.j2']])],
    ['(log) {\n  log\n}\n', place('content', ['Corefile'])],
  ])('is true of %j at %o', (text, around) => {
    expect(isCorefileByPlace(text, around)).toBe(true)
  })

  it.each([
    ['/etc/Corefile', place('corefile')],
    [corefile, place('Corefile.md')],
    [corefile, place('content')],
    [corefile, place('content', ['a', 'b', 'corefile'])],
    [corefile, place('content', [], [['dest', '/etc/Corefile/other']])],
    [corefile, place('content', [], [['owner', 'Corefile']])],
    ['what is in the corefile', place('default', ['corefile'])],
    ['server {\n  listen 80;\n}\n', place('content', ['corefile'])],
    ['resource "a" "b" {\n}\n', place('content', ['corefile'])],
    [corefile, { ...place(''), key: undefined }],
  ])('is false of %j at %o', (text, around) => {
    expect(isCorefileByPlace(text, around)).toBe(false)
  })
})
