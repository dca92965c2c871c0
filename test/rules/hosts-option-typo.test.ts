import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/hosts-option-typo.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (lines: readonly string[], behind = 'forward . 10.0.0.2') =>
  `. {\n    hosts {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n    ${behind}\n}\n`

describe('hosts-option-typo', () => {
  it('says what is lost with each option', async () => {
    const said = async (...lines: string[]) =>
      (await find(block(lines))).map(({ severity, message }) => `${severity}: ${message}`)
    const taken = (word: string) => `hosts takes "${word}" for an entry without an address and drops it, so`
    expect(await said('10.0.0.1 a.example', 'falltrough')).toEqual([
      `error: ${taken('falltrough')} names that hosts does not list get SERVFAIL: did you mean "fallthrough"?`,
    ])
    expect(await said('no_revers', 'fallthrough')).toEqual([
      `warning: ${taken('no_revers')} addresses are still answered with names: did you mean "no_reverse"?`,
    ])
    expect(await said('relaod 30s', 'fallthrough')).toEqual([
      `warning: ${taken('relaod')} the file is still looked at every 5 seconds: did you mean "reload"?`,
    ])
    expect(await said('falltrough', 'fallthrough')).toEqual([
      `warning: ${taken('falltrough')} it does nothing: did you mean "fallthrough"?`,
    ])
  })

  it('is a warning where nothing stands behind hosts', async () => {
    const [found] = await find(block(['10.0.0.1 a.example', 'falltrough'], 'log'))
    expect(found?.severity).toBe('warning')
  })

  it('mends the word, but not where entries follow, which CoreDNS would refuse', async () => {
    const last = block(['10.0.0.1 a.example', 'falltrough'])
    const [found] = await find(last)
    expect(found && marked(last, found)).toBe('falltrough')
    expect(found?.fix?.edits.map(({ text }) => text)).toEqual(['fallthrough'])
    expect(found?.help ?? null).toBeNull()
    const [early] = await find(block(['falltrough', '10.0.0.1 a.example']))
    expect(early?.fix).toBeNull()
    expect(early?.help).toBe('`fallthrough` belongs behind the last entry: CoreDNS refuses entries that follow it.')
    const [other] = await find(block(['relaod 30s', '10.0.0.1 a.example']))
    expect(other?.fix?.title).toBe('write reload')
  })

  it('tells an option that came later from a typo', async () => {
    const text = block(['ttl 60', '10.0.0.1 a.example', 'fallthrough'])
    const [found] = await find(text, { release: '1.3.1' })
    expect(found?.message).toContain('hosts ttl came with CoreDNS 1.4.0')
    expect(found?.fix).toBeNull()
    expect(await find(text, { release: '1.4.0' })).toEqual([])
  })

  it('is silent about options and about entries', async () => {
    expect(await find(block(['10.0.0.1 falltrough', 'ttl 60', 'no_reverse', 'reload 5s', 'fallthrough']))).toEqual([])
    expect(await find(block(['{{ .Extra }}', '10.0.0.1 a.example', 'fallthrough']))).toEqual([])
  })
})
