import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/plugin-order-ignored.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (zone: string, ...lines: string[]) => `${zone} {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`
const hosts = (entry: string) => `hosts {\n        ${entry}\n        fallthrough\n    }`
const template = (head: string, ...lines: string[]) =>
  `template ${head} {\n${[...lines, 'answer "{{ .Name }} 60 IN A 10.9.9.9"'].map((line) => `        ${line}\n`).join('')}    }`

describe('plugin-order-ignored', () => {
  it('is silent where the order of the lines is the order of the run', async () => {
    expect(await find(block('b.example', template('IN A'), hosts('10.0.0.1 r.b.example')))).toEqual([])
    expect(await find(block('b.example', 'file db', 'etcd'))).toEqual([])
  })

  it('is silent where the names differ', async () => {
    const entry = hosts('10.0.0.1 r.b.example')
    expect(await find(block('.', entry, template('IN A c.example')))).toEqual([])
    expect(await find(block('.', entry, template('IN AAAA b.example')))).toEqual([])
    expect(await find(block('.', entry, template('IN A b.example', 'match ^x')))).toEqual([])
    expect(await find(block('.', entry, template('IN A b.example', 'match (a+)+$')))).toEqual([])
    expect(await find(block('.', 'etcd a.example', 'file db b.example'))).toEqual([])
    expect(await find(block('.', 'etcd a.example', 'file db b.a.example'))).toEqual([])
    expect(await find(block('.', 'forward . 10.0.0.2', 'file db a.example'))).toEqual([])
  })

  it('is silent where the earlier one passes on', async () => {
    expect(await find(block('.', 'etcd a.example', 'file db a.example {\n        fallthrough\n    }'))).toEqual([])
    expect(await find(block('.', 'whoami', 'forward . 10.0.0.2 {\n        except a.example\n    }'))).toEqual([])
  })

  it('is silent about hosts, which is meant to run first, and about one type taken out on purpose', async () => {
    expect(await find(block('.', 'kubernetes cluster.local', hosts('10.0.0.1 a.cluster.local')))).toEqual([])
    expect(await find(block('.', 'kubernetes cluster.local', 'template IN AAAA .'))).toEqual([])
    expect(await find(block('.', 'kubernetes cluster.local', 'hosts'))).toEqual([])
    expect(await find(block('.', 'forward . 10.0.0.2', 'template IN AAAA .'))).toEqual([])
    expect(await find(block('.', 'forward . 10.0.0.2', 'template IN A .'))).toEqual([])
    expect(await find(block('.', 'forward . 10.0.0.2', 'template ANY ANY a.example'))).toEqual([])
  })

  it('is silent where zones are not known', async () => {
    expect(await find(block('{$ZONE}', 'etcd', 'file db'))).toEqual([])
    expect(await find(block('.', 'etcd a.example', 'file db {$ZONE}'))).toEqual([])
  })

  it('finds the listed name that a template answers', async () => {
    const text = block('b.example', hosts('10.0.0.1 x.b.example r.b.example'), template('IN A', 'match ^r[.]'))
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('template')
    expect(found?.message).toContain('answers r.b.example instead of hosts')
    expect(found?.related.map(({ range }) => text.slice(range.start, range.end))).toEqual(['r.b.example'])
    expect(
      await find(block('b.example', hosts('10.0.0.1 R.b.example'), template('ANY ANY', 'match ^r[.]'))),
    ).toHaveLength(1)
  })

  it('is an error where a template takes all external names', async () => {
    const [found] = await find(block('.', 'forward . 10.0.0.2', 'template ANY ANY .'))
    expect(found?.severity).toBe('error')
    expect(await find(block('.', 'forward . 10.0.0.2', template('ANY ANY .', 'match .*')))).toHaveLength(1)
  })

  it('finds a forward and a grpc for the same names', async () => {
    const text = block('.', 'grpc . 10.0.0.3', 'forward . 10.0.0.2')
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('grpc')
  })

  it('says that whoami never answers, as something to know', async () => {
    const [found] = await find(block('.', 'whoami', 'forward . 10.0.0.2'))
    expect(found?.severity).toBe('info')
    expect(await find(block('.', 'forward a.example 10.0.0.2', 'whoami'))).toEqual([])
  })

  it('says what is taken, and how to pass it on', async () => {
    const messages = async (text: string) =>
      (await find(text)).map(({ message, severity }) => `${severity}: ${message}`)
    expect(await messages(block('.', 'etcd a.example b.example', 'file db a.example b.example'))).toEqual([
      'warning: etcd is never asked: file runs before it, whatever the order of the lines, and takes every name of a.example and b.example (add fallthrough to file)',
    ])
    expect(await messages(block('.', 'forward . 10.0.0.2', 'file db .'))).toEqual([
      'error: forward is never asked: file runs before it, whatever the order of the lines, and takes every name (add fallthrough to file)',
    ])
    expect(await messages(block('a.example', 'grpc . 10.0.0.3', 'forward . 10.0.0.2'))).toEqual([
      'warning: grpc is never asked: forward runs before it, whatever the order of the lines, and takes every name (put one of them into a block of its own)',
    ])
  })

  it('needs every zone of the later one to be taken', async () => {
    expect(await find(block('.', 'etcd a.example b.example', 'file db a.example'))).toEqual([])
    expect(await find(block('.', 'etcd a.example', 'file db a.example b.example'))).toHaveLength(1)
    expect(
      await find(
        block('.', 'etcd a.example b.example', 'file db a.example b.example {\n        fallthrough b.example\n    }'),
      ),
    ).toEqual([])
    expect(
      await find(block('.', 'etcd a.example', 'file db a.example {\n        fallthrough b.a.example\n    }')),
    ).toEqual([])
  })

  it('is silent where the text cannot be read, an import is missing, or nobody placed the plugin', async () => {
    expect(await find(`${block('.', 'etcd a.example', 'file db a.example')}b {\n    file "db\n}\n`)).toEqual([])
    expect(await find(block('.', 'etcd a.example', 'import {$FILE}', 'file db a.example'))).toEqual([])
    expect(await find(block('.', 'unbound', 'forward . 10.0.0.2'))).toEqual([])
  })

  it('compares addresses with the type of a template', async () => {
    const entry = hosts('10.0.0.1 a.b.example\n        2001:db8::1 r.b.example')
    expect(await find(block('b.example', entry, template('IN A', 'match ^r[.]')))).toEqual([])
    expect(await find(block('b.example', entry, template('IN AAAA', 'match ^r[.]')))).toHaveLength(1)
    expect(await find(block('b.example', entry, template('IN TXT', 'match ^r[.]')))).toEqual([])
    expect(
      await find(block('b.example', hosts('10.0.0.1 {$NAME} r.b.example'), template('IN A', 'match ^r[.]'))),
    ).toHaveLength(1)
  })

  it('says one thing of each pair of plugins', async () => {
    expect(await find(block('.', 'whoami', 'forward . 10.0.0.2'))).toHaveLength(1)
    expect(await find(block('.', 'etcd a.example', 'file a a.example', 'file b a.example'))).toHaveLength(1)
  })
})
