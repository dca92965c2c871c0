import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/hosts-zone-as-file.ts'
import { findings } from './lint-text.ts'

const find = (args: string, key = '.') =>
  findings(`${key} {\n    hosts ${args} {\n        10.0.0.1 a.corp.example\n        fallthrough\n    }\n}\n`, {
    rules: [rule],
  })

describe('hosts-zone-as-file', () => {
  it.each([
    '/etc/hosts corp.example',
    'corp.hosts corp.example',
    'corp.example corp.example',
    'hosts.txt',
    'adfreezone2018',
    'hosts',
    'other.example',
    './corp.example',
    '{$FILE} corp.example',
  ])('%s: it may well be a file', async (args) => {
    expect(await find(args)).toEqual([])
  })

  it.each(['corp.example', 'example.', '10.in-addr.arpa', '.'])('%s: it is meant as a zone', async (args) => {
    expect(await find(args)).toHaveLength(1)
  })

  it('what is called like a file is one, even in a zone of that name', async () => {
    expect(await find('lab.hosts', 'lab.hosts')).toEqual([])
    expect(await find('/lab.example', 'lab.example')).toEqual([])
  })

  it('a zone of the block is one', async () => {
    expect(await find('lab.example', 'lab.example')).toHaveLength(1)
  })
})
