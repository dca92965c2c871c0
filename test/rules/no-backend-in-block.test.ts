import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/no-backend-in-block.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (zone: string, ...lines: string[]) => `${zone} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('no-backend-in-block', () => {
  it.each([
    ['a forward', block('.', 'forward . 10.0.0.2')],
    ['a zone of its own', block('cluster.local', 'kubernetes cluster.local')],
    ['a server for the zones it has', block('.', 'file db.example.org example.org')],
    ['hosts alone', block('example.org', 'hosts {\n        fallthrough\n    }')],
    ['a template', block('.', 'template ANY ANY {\n        rcode NXDOMAIN\n    }')],
    [
      'names that are rewritten into a zone',
      block('.', 'rewrite name suffix .a .cluster.local', 'kubernetes cluster.local'),
    ],
    ['the names of a server version', block('hostname.bind version.bind', 'chaos')],
    ['refusals that are meant', block('.', 'acl {\n        block\n    }')],
    ['what concerns the whole process', block('.', 'health', 'reload', 'prometheus')],
    ['an import that is not known', block('.', 'errors', 'import {$FILE}')],
    ['a directive that is filled in later', block('.', 'errors', '{{ .Extra }}')],
    ['a plugin of another build', block('.', 'errors', 'unbound')],
    ['zones written in a way of their own', block('.', 'route53 example.org.:Z1Z2Z3Z4DZ5Z6Z7')],
    [
      'a reverse zone that is passed on',
      block(
        '.',
        'kubernetes cluster.local 10.in-addr.arpa {\n        fallthrough 10.in-addr.arpa\n    }',
        'forward . 10.0.0.2',
      ),
    ],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('takes an answer from an import', async () => {
    expect(await find(block('.', 'errors', 'import a'), { files: { a: 'forward . 10.0.0.2\n' } })).toEqual([])
    expect(await find(`(a) {\n    forward . 10.0.0.2\n}\n${block('.', 'errors', 'import a')}`)).toEqual([])
    expect(await find(block('.', 'errors', 'import a'), { files: { a: 'cache\n' } })).toHaveLength(1)
  })

  it('is not misled by an import that another block misses', async () => {
    const found = await find(block('a.example', 'errors') + block('.', 'import {$FILE}'))
    expect(found).toHaveLength(1)
  })

  it('is an error where nothing answers, and info where the block is empty', async () => {
    const text = block('a.example b.example', 'errors', 'log')
    const [found] = await find(text)
    expect(found?.severity).toBe('error')
    expect(found && marked(text, found)).toBe('a.example')
    expect(found?.message).toContain('a.example b.example')
    expect((await find('. {\n}\n'))[0]?.severity).toBe('info')
  })

  it('is silent where the text cannot be read', async () => {
    expect(await find('. {\n    errors\n')).toEqual([])
    expect(await find('. {\n    log . "{type}\n    forward . 10.0.0.2\n}\n')).toEqual([])
  })

  it('finds what is passed on to nobody', async () => {
    const text = block('example.org', 'file db {\n        fallthrough\n    }')
    const [found] = await find(text)
    expect(found?.severity).toBe('warning')
    expect(found && marked(text, found)).toBe('fallthrough')
    expect(await find(block('example.org', 'file db {\n        fallthrough a.example.org\n    }'))).toEqual([])
  })

  it('says of other blocks that they do not help, where there are some', async () => {
    const [alone] = await find(block('a.example', 'errors'))
    expect(alone?.help ?? null).toBeNull()
    const [beside] = await find(block('a.example', 'errors') + block('.', 'forward . 10.0.0.2'))
    expect(beside?.help).toContain('Blocks do not add up')
    const [empty] = await find('a.example {\n}\n')
    expect(empty?.message).toBe('this block is empty, so every query for a.example is REFUSED')
    expect(empty?.effect).toBe('hygiene')
  })

  it('counts one plugin for queries among those of the process', async () => {
    expect(await find(block('.', 'health', 'cache'))).toHaveLength(1)
  })

  it('finds a chaos in a block for other names, and an acl that only allows', async () => {
    expect(await find(block('example.org', 'chaos'))).toHaveLength(1)
    expect(await find(block('hostname.bind example.org', 'chaos'))).toHaveLength(1)
    expect(await find(block('.', 'acl {\n        allow net 10.0.0.0/8\n    }'))).toHaveLength(1)
    expect(await find(block('.', 'acl {\n        allow net 10.0.0.0/8\n        block\n    }'))).toEqual([])
  })

  it('is silent where one key of several is not known', async () => {
    expect(await find(block('a.example', 'file db {\n        fallthrough\n    }'))).toHaveLength(1)
    expect(await find(block('a.example {$ZONE}', 'file db {\n        fallthrough\n    }'))).toEqual([])
  })
})
