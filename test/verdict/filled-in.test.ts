import { describe, expect, it } from 'vitest'
import { filledInBy } from '../../grammar/node-cache.ts'
import { programOf } from '../../grammar/program.ts'
import { expand } from '../../src/expand/expand.ts'
import { judge } from '../../src/verdict/judge.ts'

const judged = (text: string, build: 'node-cache' | 'node-cache 1.15.6' | 'official' = 'node-cache') => {
  const program = programOf('1.13.1', build)
  const configuration = expand(text, { release: '1.13.1', isDirective: (name) => program.has(name) })
  const { verdict } = judge(configuration, { release: '1.13.1', program, filledIn: filledInBy(build) })
  return { kind: verdict.kind, unknown: verdict.unknown, reasons: verdict.reasons.map(({ subject }) => subject) }
}
const block = (...lines: string[]) => `cluster.local:53 {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
const open = (word: string) => ({ kind: 'unknown', unknown: [`placeholder ${word} is not filled in`], reasons: [] })
const accepted = { kind: 'accepted', unknown: [], reasons: [] }

describe('a text with placeholders that the program fills in', () => {
  it.each([
    ['upstreams', block('forward . __PILLAR__CLUSTER__DNS__ {', 'force_tcp', '}')],
    ['other upstreams', block('forward . __PILLAR__UPSTREAM__SERVERS__')],
    ['addresses to listen on', block('bind __PILLAR__LOCAL__DNS__ __PILLAR__DNS__SERVER__')],
    ['an address that may be left out', block('bind 169.254.20.10 __PILLAR__DNS__SERVER__')],
  ])('is accepted: %s', (_, text) => {
    expect(judged(text)).toEqual(accepted)
  })

  it.each([
    ['nothing would be left', '__PILLAR__DNS__SERVER__', block('bind __PILLAR__DNS__SERVER__')],
    ['a line of its own', '__PILLAR__DNS__SERVER__', block('bind 127.0.0.1', 'bind __PILLAR__DNS__SERVER__')],
    ['nothing to forward to', '__PILLAR__DNS__SERVER__', block('forward . __PILLAR__DNS__SERVER__')],
    ['several addresses and a port', '__PILLAR__LOCAL__DNS__', block('health __PILLAR__LOCAL__DNS__:8080')],
    ['who installs it fills it in', '__PILLAR__DNS__DOMAIN__', '__PILLAR__DNS__DOMAIN__:53 {\n}\n'],
    ['no place for an address', '__PILLAR__CLUSTER__DNS__', block('reload __PILLAR__CLUSTER__DNS__')],
  ])('is unknown where %s', (_, word, text) => {
    expect(judged(text)).toEqual(open(word))
  })

  it('is unknown to a program that does not fill them in', () => {
    const text = block('forward . __PILLAR__CLUSTER__DNS__')
    expect(judged(text, 'official')).toEqual(open('__PILLAR__CLUSTER__DNS__'))
    expect(judged(block('bind __PILLAR__LOCAL__DNS__'), 'node-cache 1.15.6')).toEqual(open('__PILLAR__LOCAL__DNS__'))
  })

  it('is refused for what is wrong besides, in words of the file', () => {
    const text = block('forward . __PILLAR__CLUSTER__DNS__ {', 'force_tpc', '}')
    expect(judged(text)).toEqual({ kind: 'refused', unknown: [], reasons: ['force_tpc'] })
  })
})
