import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/hosts-missing-fallthrough.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (...lines: string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('hosts-missing-fallthrough', () => {
  it('is silent where nothing behind would answer such a name', async () => {
    expect(await find(block('hosts {', '10.0.0.1 a.example', '}'))).toEqual([])
    expect(await find(block('hosts /etc/hosts a.example', 'file db.b.example b.example'))).toEqual([])
    expect(await find(block('hosts /etc/hosts 10.in-addr.arpa', 'forward . 10.0.0.2'))).toEqual([])
    expect(await find(block('hosts {', '10.0.0.1 a.example', '}', 'whoami'))).toEqual([])
  })

  it('is silent where it cannot know', async () => {
    expect(await find(block('hosts {', '10.0.0.1 a.example', '{{ .Extra }}', '}', 'forward . 10.0.0.2'))).toEqual([])
    expect(await find(block('hosts /etc/hosts {$ZONE}', 'forward . 10.0.0.2'))).toEqual([])
    expect(
      await find(block('hosts {', '10.0.0.1 a.example', 'fallthrough {$ZONE}', '}', 'forward . 10.0.0.2')),
    ).toEqual([])
  })

  it('counts the last fallthrough', async () => {
    expect(await find(block('hosts {', 'fallthrough a.example', 'fallthrough', '}', 'forward . 10.0.0.2'))).toEqual([])
    const [found] = await find(block('hosts {', 'fallthrough', 'fallthrough a.example', '}', 'forward . 10.0.0.2'))
    expect(found?.severity).toBe('warning')
    expect(found?.message).toContain('only names below a.example')
  })

  it('accepts a fallthrough for all zones of the block', async () => {
    const text =
      'a.example b.example {\n    hosts {\n        fallthrough a.example b.example\n    }\n    forward . 10.0.0.2\n}\n'
    expect(await find(text)).toEqual([])
  })

  it('is an error where hosts takes all names of the block, else a warning', async () => {
    const severity = async (...lines: string[]) => (await find(block(...lines)))[0]?.severity
    expect(await severity('hosts', 'forward . 10.0.0.2')).toBe('error')
    expect(await severity('hosts /etc/hosts .', 'forward . 10.0.0.2')).toBe('error')
    expect(await severity('hosts /etc/hosts a.example', 'forward . 10.0.0.2')).toBe('warning')
  })

  it('names every plugin that is not asked', async () => {
    const [found] = await find(block('kubernetes cluster.local', 'forward . 10.0.0.2', 'hosts'))
    expect(found?.message).toContain('never reach kubernetes and forward')
  })

  it('stands on the snippet that holds it and mends it there', async () => {
    const text =
      '(names) {\n    hosts {\n        10.0.0.1 a.example\n    }\n}\n. {\n    import names\n    forward . 10.0.0.2\n}\n'
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('hosts')
    const end = text.indexOf('    }')
    expect(found?.fix?.edits).toEqual([{ start: end, end, text: '        fallthrough\n' }])
    expect(found?.related.map(({ message }) => message)).toContain('imported here')
  })

  it('is silent in a fragment, whose block nobody sees', async () => {
    expect(await find('hosts {\n    10.0.0.1 a.example\n}\nforward . 10.0.0.2\n', { path: 'a.override' })).toEqual([])
  })

  it('reads a long block in one go', async () => {
    const entries = Array.from({ length: 100_000 }, (_, at) => `        10.0.0.1 host${at}.example\n`).join('')
    expect(await find(`. {\n    hosts {\n${entries}    }\n    forward . 10.0.0.2\n}\n`)).toHaveLength(1)
  })

  it('weighs a hosts that takes some of the zones of a block, or several of them', async () => {
    const both = (zones: string) => `a.example b.example {\n    hosts /etc/hosts ${zones}\n    forward . 10.0.0.2\n}\n`
    const [some] = await find(both('a.example'))
    expect(some?.severity).toBe('warning')
    expect(some?.message).toBe(
      'hosts ends the search here: names below a.example that it does not list get SERVFAIL and never reach forward (add fallthrough)',
    )
    const [all] = await find(both('a.example b.example'))
    expect(all?.severity).toBe('error')
    expect(all?.message).toBe(
      'hosts ends the search here: names that it does not list get SERVFAIL and never reach forward (add fallthrough)',
    )
  })

  it('mends nothing where fallthrough is misspelled, and names the misspelled one elsewhere', async () => {
    const [found] = await find(block('hosts {', '10.0.0.1 a.example', 'falltrough', '}', 'forward . 10.0.0.2'))
    expect(found?.severity).toBe('error')
    expect(found?.fix).toBeNull()
  })

  it('marks the last fallthrough where that passes on too little, and leaves it to a person', async () => {
    const text = block('hosts {', 'fallthrough b.example', 'fallthrough a.example', '}', 'forward . 10.0.0.2')
    const [found] = await find(text)
    expect(found?.range.start).toBe(text.lastIndexOf('fallthrough'))
    expect(found?.fix).toBeNull()
    expect(found?.message).toContain('(write fallthrough without a zone)')
  })

  it('is silent where only plugins for show stand behind', async () => {
    expect(await find(block('hosts {', '10.0.0.1 a.example', '}', 'erratic'))).toEqual([])
  })
})
