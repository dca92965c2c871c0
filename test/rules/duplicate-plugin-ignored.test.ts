import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/duplicate-plugin-ignored.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const block = (...lines: string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('duplicate-plugin-ignored', () => {
  it.each([
    [
      'plugins that may stand often',
      block('forward a 10.0.0.2', 'forward . 10.0.0.3', 'log', 'log a.example', 'rewrite name a b', 'rewrite name c d'),
    ],
    ['a plugin in two blocks', block('reload 10s') + block('reload 20s').replace('.', 'a')],
    ['lines that add up', block('forward . 10.0.0.2 {\n        except a\n        except b\n    }')],
    [
      'the two caches',
      block(
        'cache 30 {\n        disable success a\n        disable denial a\n        success 10\n        denial 10\n    }',
      ),
    ],
    ['the same line twice', block('forward . 10.0.0.2 {\n        max_fails 1\n        max_fails 1\n    }')],
    ['a value that is not known', block('forward . 10.0.0.2 {\n        max_fails 1\n        max_fails {$MAX}\n    }')],
    ['rules of rewrite', block('rewrite stop {\n        name regex a b\n        name regex c d\n    }')],
    [
      'exceptions of bind, of which each has its line',
      block('bind lo {\n        except ::1\n        except 127.0.0.1\n    }'),
    ],
    ['entries of hosts', block('hosts {\n        10.0.0.1 a\n        10.0.0.2 a\n    }')],
    ['what is refused', block('cache 30', 'cache 60')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('points at the one that is lost', async () => {
    const lost = async (text: string, release = '1.15.0') =>
      (await find(text, { release })).map((one) => text.slice(one.range.start).split('\n')[0])
    expect(await lost(block('bufsize 512', 'bufsize 1232'))).toEqual(['bufsize 1232'])
    expect(await lost(block('root /a', 'root /b'))).toEqual(['root /a'])
    expect(await lost(block('loadbalance round_robin', 'loadbalance'), '1.11.1')).toEqual(['loadbalance'])
    expect(await lost(block('loadbalance', 'loadbalance weighted f'))).toEqual(['loadbalance'])
    expect(await lost(block('forward . 10.0.0.2 {\n        expire 5s\n        expire 9s\n    }'))).toEqual([
      'expire 5s',
    ])
  })

  it('is info where both say the same', async () => {
    const text = block('reload 10s', 'reload 10s')
    const [found] = await find(text)
    expect([found?.severity, found?.effect]).toEqual(['info', 'hygiene'])
    expect(found?.range.start).toBe(text.lastIndexOf('reload'))
    expect(found && marked(text, found)).toBe('reload')
  })

  it('is info as well where the last one would count', async () => {
    const text = block('root /a', 'root /a')
    expect((await find(text)).map(({ severity, range }) => [severity, range.start])).toEqual([
      ['info', text.lastIndexOf('root')],
    ])
  })

  it('sees what an import brings', async () => {
    const text = block('reload 10s', 'import more')
    const [found] = await find(text, { files: { more: 'reload 20s\n' } })
    expect(found?.path).toBe('more')
  })
})
