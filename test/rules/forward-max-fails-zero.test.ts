import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-max-fails-zero.ts'
import { findings } from './lint-text.ts'

const find = (to: string, ...lines: string[]) =>
  findings(`. {\n    forward . ${to} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n}\n`, {
    rules: [rule],
  })

describe('forward-max-fails-zero', () => {
  it.each([
    ['a single upstream', '10.0.0.2', ['max_fails 0']],
    ['a file', '/etc/resolv.conf', ['max_fails 0']],
    ['one failure', '10.0.0.2 10.0.0.3', ['max_fails 1']],
    ['a number that is not known', '10.0.0.2 10.0.0.3', ['max_fails {$MAX}']],
    ['a later line that counts', '10.0.0.2 10.0.0.3', ['max_fails 0', 'max_fails 2']],
  ])('is silent about %s', async (_, to, lines) => {
    expect(await find(to, ...lines)).toEqual([])
  })
})
