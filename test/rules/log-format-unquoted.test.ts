import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/log-format-unquoted.ts'
import { findings } from './lint-text.ts'

const find = (line: string, release = '1.15.0') =>
  findings(`. {\n    log ${line}\n    whoami\n}\n`, { rules: [rule], release })

describe('log-format-unquoted', () => {
  it.each([
    '.',
    'a.example b.example',
    '. {combined}',
    'a.example b.example "{type} {name}"',
    '. {$FORMAT} {name}',
    '{combined}',
  ])('is silent about log %s', async (line) => {
    expect(await find(line)).toEqual([])
  })

  it('says which words are zones, and quotes what stands between as well', async () => {
    const [found] = await find('. {remote} - {name}')
    expect(found?.message).toContain('only {name} is the format here, and {remote} and - are read as zones')
    expect(found?.fix?.edits.map(({ text }) => text)).toEqual(['"{remote} - {name}"'])
    expect((await find('. {remote} "{name}"'))[0]?.fix).toBeNull()
  })

  it('knows when the short words began to work beside others', async () => {
    expect(await find('. "{combined} {>id}"', '1.9.0')).toHaveLength(1)
    expect(await find('. "{combined} {>id}"', '1.9.1')).toEqual([])
    expect(await find('. {combined}', '1.9.0')).toEqual([])
  })
})
