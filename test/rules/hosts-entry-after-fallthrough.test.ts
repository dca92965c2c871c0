import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/hosts-entry-after-fallthrough.ts'
import { rules } from '../../src/rules/index.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const hosts = (...lines: string[]) => `    hosts {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n`
const block = (...parts: string[]) => `. {\n${parts.join('')}    forward . 10.0.0.2\n}\n`

describe('hosts-entry-after-fallthrough', () => {
  it('marks the entry, names the fallthrough before it, and moves that to the end', async () => {
    const text = block(hosts('10.0.0.1 a.example', 'fallthrough a.example', '10.0.0.2 b.example'))
    const [found] = await find(text)
    expect(found?.message).toBe(
      'the entry 10.0.0.2 stands behind fallthrough, so CoreDNS does not start (write fallthrough behind the last entry)',
    )
    expect(found && marked(text, found)).toBe('10.0.0.2')
    expect(found?.related.map(({ message, range }) => `${text.slice(range.start, range.end)}: ${message}`)).toEqual([
      'fallthrough: entries must stand before it',
    ])
    expect(found?.fix?.title).toBe('write fallthrough behind the entries')
    expect(found?.fix?.edits.map((edit) => edit.text).join('')).toContain('fallthrough a.example')
  })

  it('finds the hosts that the entry stands in', async () => {
    const first = hosts('10.0.0.1 a.example', 'fallthrough')
    const second = hosts('10.0.0.3 c.example', 'fallthrough', '10.0.0.4 d.example')
    const text = `a.example {\n${first}    whoami\n}\n${block(second)}`
    const [found] = await find(text)
    expect(found?.related.map(({ range }) => range.start)).toEqual([text.lastIndexOf('fallthrough')])
  })

  it('leaves two fallthroughs, and lines that others share, to a person', async () => {
    const [twice] = await find(block(hosts('fallthrough', 'fallthrough', '10.0.0.1 a.example')))
    expect(twice?.fix).toBeNull()
  })

  it('is silent where entries come first', async () => {
    expect(await find(block(hosts('10.0.0.1 a.example', 'fallthrough', 'ttl 60', 'no_reverse')))).toEqual([])
    expect(await find(block(hosts('10.0.0.1 a.example', '10.0.0.2 b.example')))).toEqual([])
  })

  it('leaves an entry alone that is behind the fallthrough of another hosts, which old releases join', async () => {
    const text =
      '. {\n    hosts {\n        fallthrough\n    }\n    hosts /etc/more {\n        10.0.0.1 a.example\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n'
    const found = (await findings(text, { rules, release: '1.0.6' })).filter(
      ({ ruleId }) => ruleId === 'hosts-entry-after-fallthrough',
    )
    expect(found.map(({ fix, related }) => [fix, related])).toEqual([[null, []]])
  })
})
