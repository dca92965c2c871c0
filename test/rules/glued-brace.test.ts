import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/glued-brace.ts'
import { rules } from '../../src/rules/index.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })

describe('glued-brace', () => {
  it('is silent about the end of what a template engine reads', async () => {
    expect(await find('. {\n    {# all %} of it\n    whoami %}\n}\n')).toEqual([])
  })

  it('of an address: CoreDNS serves an odd zone', async () => {
    const text = 'example.org{\n    whoami\n}\n'
    const [found, ...more] = await find(text)
    expect(more).toEqual([])
    expect(found && marked(text, found)).toBe('example.org{')
    expect(found?.message).toBe(
      '"example.org{" is read as the name of a zone, so this block is never opened; put a space before the brace',
    )
    expect(found?.fix?.title).toBe('put a space before the brace')
    expect(found?.fix?.edits).toEqual([{ start: 11, end: 11, text: ' ' }])
  })

  it('says refused where CoreDNS does not start, and misbehaves where it does', async () => {
    const effects = async (text: string) => (await find(text)).map(({ effect, help }) => `${effect}: ${help}`)
    expect(await effects('. {\n    forward . 10.0.0.1{\n        max_fails 2\n    }\n}\n')).toEqual([
      'refused: CoreDNS does not start.',
    ])
    expect(await effects('. {\n    log{\n        class error\n    }\n    whoami\n}\n')).toEqual([
      'refused: CoreDNS does not start.',
    ])
    expect(await effects('example.org{\nwhoami\n')).toEqual([
      'misbehaves: CoreDNS starts and serves the zone "example.org{.", which no query matches.',
    ])
    expect(await effects('. {\n    log a.example{\n    whoami\n}\n')).toEqual([
      'misbehaves: CoreDNS starts, and takes the word for an argument.',
    ])
  })

  it('of a closing brace', async () => {
    const found = await find('. {\n    log {\n        class error}\n    whoami\n}\n')
    expect(found.map(({ message }) => message)).toEqual([
      '"error}" is one word to CoreDNS, so no block is closed here; put a space before the brace',
    ])
  })

  it('takes out empty braces that stand alone', async () => {
    const text = '. {\n    log {}\n    whoami\n}\n'
    const [found] = await find(text)
    expect(found?.message).toBe('"{}" is one word to CoreDNS and no empty block; take it out')
    expect(found?.fix?.title).toBe('take out the empty braces')
    const [edit] = found?.fix?.edits ?? []
    expect(edit && `${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}`.replaceAll(/ +\n/g, '\n')).toBe(
      '. {\n    log\n    whoami\n}\n',
    )
  })

  it('is silent about braces that belong to a word', async () => {
    expect(await find('. {\n    log . "{name} {type}"\n    whoami\n}\n')).toEqual([])
    expect(await find('. {\n    log . {combined}\n    whoami\n}\n')).toEqual([])
    expect(await find('{$ZONE} {\n    whoami\n}\n')).toEqual([])
    expect(await find('. {\n    template IN A {\n        answer "{{ .Name }} A 10.0.0.1"\n    }\n}\n')).toEqual([])
  })

  it('takes what follows from it for its own, and nothing before it', async () => {
    const ids = async (text: string) =>
      (await findings(text, { rules, pedantic: false }))
        .filter(({ severity }) => severity === 'error')
        .map(({ ruleId }) => ruleId)
    expect(await ids('. {\n    log a.example{\n        class error\n    }\n    whoami\n}\n')).toEqual(['glued-brace'])
    expect(await ids('a {\n    whoami\n}\n}\nb {\n    log c{\n    whoami\n}\n')).toEqual([
      'extra-closing-brace',
      'glued-brace',
    ])
    expect(await ids('a{\n    whoami\n}\nb {\n    whoami\n}\n')).toEqual(['glued-brace'])
    expect(await ids('. {\n    log a.example{\n    import missing/x.conf\n    whoami\n}\n')).toContain('glued-brace')
  })

  it('leaves what is missing elsewhere to others', async () => {
    expect(await find('. {\n    whoami\n')).toEqual([])
    expect(await find('. {\n    import missing.conf\n    log a{\n    }\n    whoami\n}\n')).toHaveLength(1)
  })
})
