import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/hash-truncates-token.ts'
import { findings, marked } from './lint-text.ts'

const block = (...lines: string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`
const find = (text: string) => findings(text, { rules: [rule] })

describe('hash-truncates-token', () => {
  it.each([
    ['a comment behind a blank', block('forward . 10.0.0.2 #5353')],
    ['a comment of its own', block('#forward . 10.0.0.1#53', 'forward . 10.0.0.2')],
    ['a quoted word', block('forward . "10.0.0.2#5353"')],
    ['a comment glued to a brace', '. {#open\n    forward . 10.0.0.2\n}#close\n'],
    ['a comment glued to a name', block('errors#all', 'forward . 10.0.0.2')],
    ['a line of signs', block('forward . 10.0.0.2#----')],
    ['a word that is not known', block('forward . {$UPSTREAM}#53')],
    ['a template comment', block('{#- a #}', 'forward . 10.0.0.2')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('reads ports as dnsmasq writes them, for upstreams alone', async () => {
    const text = block('forward . 10.0.0.2#5353 10.0.0.3#53')
    const found = await find(text)
    expect(found.map((finding) => marked(text, finding))).toEqual(['10.0.0.2#5353', '10.0.0.3#53'])
    expect(found.map(({ fix }) => fix?.edits[0]?.text)).toEqual(['10.0.0.2:5353', '10.0.0.3:53'])
    const [bind] = await find(block('bind 10.0.0.2#5353', 'forward . 10.0.0.3'))
    expect(bind?.severity).toBe('info')
    expect((await find(block('forward . 10.0.0.2#99999')))[0]?.severity).toBe('info')
  })

  it('finds words that were meant as a comment', async () => {
    const [found] = await find(block('forward . 8.8.8.8#google dns'))
    expect(found?.severity).toBe('warning')
    expect(found?.message).toContain('reads "dns" as well')
    expect(found?.fix?.edits[0]?.text).toBe(' ')
  })

  it('does not comment out a brace', async () => {
    const [found] = await find('.:53# {\n    forward . 10.0.0.2\n}\n')
    expect(found?.fix).toBeNull()
    expect(found?.message).toContain('take out #')
  })

  it('looks into imported files and fragments', async () => {
    const files = { a: 'forward . 10.0.0.2#5353\n' }
    expect(await findings('. {\n    import a\n}\n', { rules: [rule], files })).toHaveLength(1)
    expect(await findings('forward . 10.0.0.2#5353\n', { rules: [rule], path: 'a.override' })).toHaveLength(1)
  })
})
