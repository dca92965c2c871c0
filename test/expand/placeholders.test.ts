import { describe, expect, it } from 'vitest'
import { placeholdersIn } from '../../src/expand/placeholders.ts'

const found = (text: string) => placeholdersIn(text).map(({ start, end }) => text.slice(start, end))

describe('placeholdersIn', () => {
  it.each([
    ['forward . {{ .Values.upstream }}', ['{{ .Values.upstream }}']],
    ['{% for zone in zones %}', ['{% for zone in zones %}']],
    ['{%- if count % 2 %}', ['{%- if count % 2 %}']],
    ['%{ for s in servers ~}', ['%{ for s in servers ~}']],
    ['forward . ${UPSTREAM}', ['${UPSTREAM}']],
    ['bind __PILLAR__LOCAL__DNS__', ['__PILLAR__LOCAL__DNS__']],
    ['kubernetes @CLUSTER_DOMAIN@', ['@CLUSTER_DOMAIN@']],
    ['forward . <your-dns>', ['<your-dns>']],
  ])('sees what is to be filled in: %s', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it.each([
    'forward . {$UPSTREAM} {%UPSTREAM%}',
    'log . {combined}',
    'rewrite name regex (?P<host>.*) {1}',
    'autopath @kubernetes',
    'forward . fe80::1%ETH0',
    'prefetch 10 1m 10%',
  ])('leaves what is the Corefile’s own: %s', (text) => {
    expect(found(text)).toEqual([])
  })

  it('stays cheap on texts that open and never close', () => {
    expect(placeholdersIn('{{'.repeat(200_000))).toEqual([])
  })
})
