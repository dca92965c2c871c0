import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/log-format-as-name.ts'
import { findings } from './lint-text.ts'

const find = (line: string) => findings(`. {\n    log ${line}\n    whoami\n}\n`, { rules: [rule] })

describe('log-format-as-name', () => {
  it.each(['', '.', 'example.org', '. {combined}', '. "{type} {name}"', '{$ZONE}', 'stdout.example', 'a b'])(
    'is silent about log %s',
    async (line) => {
      expect(await find(line)).toEqual([])
    },
  )

  it.each(['{common}', '"{type} {name}"', 'stdout', 'stderr', '/var/log/coredns.log'])('finds log %s', async (line) => {
    expect(await find(line)).toHaveLength(1)
  })
})
