import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/removed-in-version.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (...lines: string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`
const messages = async (text: string, release: string) => (await find(text, { release })).map(({ message }) => message)

describe('removed-in-version', () => {
  it('tells the release that removed a plugin, what to write, and where it lives on', async () => {
    const text = block('proxy . 10.0.0.1')
    const [found] = await find(text, { release: '1.12.0' })
    expect(found?.message).toBe('proxy was removed in CoreDNS 1.5.0: 1.12.0 does not start with it (write forward)')
    expect(found?.help).toBe(
      'It lives on as an external plugin at github.com/coredns/proxy, which the official image does not have.',
    )
    expect(found && marked(text, found)).toBe('proxy')
    expect(found?.fix?.title).toBe('write forward')
  })

  it('is silent before the release that removed it', async () => {
    expect(await messages(block('proxy . 10.0.0.1'), '1.4.0')).toEqual([])
    expect(await messages(block('proxy . 10.0.0.1'), '1.5.0')).toHaveLength(1)
    const upstream = block('kubernetes cluster.local {', '    upstream', '}')
    expect(await messages(upstream, '1.6.9')).toEqual([])
    expect(await messages(upstream, '1.7.0')).toEqual([
      'kubernetes upstream was removed in CoreDNS 1.7.0: 1.7.0 does not start with it (take it out: it did nothing any more)',
    ])
  })

  it('renames a proxy without options, and leaves one with options to a person', async () => {
    const [plain] = await find(block('proxy . 10.0.0.1'))
    expect(plain?.fix).toEqual({
      title: 'write forward',
      safety: 'safe',
      edits: [{ start: 8, end: 13, text: 'forward' }],
    })
    const [optional] = await find(block('proxy . 10.0.0.1 {', '    policy random', '}'))
    expect(optional?.fix).toBeNull()
  })

  it('takes out an option that did nothing any more, to the end of its line', async () => {
    const text = block('kubernetes cluster.local {', '    upstream /etc/resolv.conf', '    pods insecure', '}')
    const [found] = await find(text)
    expect(found?.fix?.title).toBe('remove it')
    const [edit] = found?.fix?.edits ?? []
    expect(edit && `${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}`).toBe(
      block('kubernetes cluster.local {', '    pods insecure', '}'),
    )
  })

  it('names another way without writing it where that is more than a word', async () => {
    const [found] = await find(block('file db.example example.org {', '    transfer to 10.0.0.2', '}'))
    expect(found?.message).toBe(
      'file transfer was removed in CoreDNS 1.8.0: 1.15.0 does not start with it (write the plugin transfer)',
    )
    expect(found?.fix).toBeNull()
  })

  it('leaves plugins and options that never were to others', async () => {
    expect(await find(block('proxi . 10.0.0.1'))).toEqual([])
    expect(await find(block('unbound'))).toEqual([])
    expect(await find(block('kubernetes cluster.local {', '    upstreams', '}'))).toEqual([])
  })

  it('says once of a plugin that stands in several blocks that it was removed, and mends the lines that can be', async () => {
    const text =
      block('proxy . 10.0.0.1') + block('proxy . 10.0.0.1 {', '    policy random', '}') + block('proxy . 10.0.0.2')
    const [found, ...more] = await find(text, { release: '1.12.0' })
    expect(more).toEqual([])
    expect(found?.related.map(({ range }) => text.slice(0, range.start).split('\n').length)).toEqual([5, 10])
    expect(applyEdits(text, found?.fix?.edits ?? [])).toBe(
      text.replace('proxy . 10.0.0.1\n', 'forward . 10.0.0.1\n').replace('proxy . 10.0.0.2', 'forward . 10.0.0.2'),
    )
  })

  it('says of each option by itself that it was removed', async () => {
    const text = block('kubernetes cluster.local {', '    upstream', '    resyncperiod 1m', '}')
    expect(await find(text, { release: '1.12.0' })).toHaveLength(2)
  })
})
