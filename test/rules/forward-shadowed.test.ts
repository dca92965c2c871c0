import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/forward-shadowed.ts'
import { findings, type LintTextOptions, marked } from './lint-text.ts'

const find = (text: string, more: Partial<LintTextOptions> = {}) => findings(text, { rules: [rule], ...more })
const forwards = (...lines: string[]) => `. {\n${lines.map((line) => `    forward ${line}\n`).join('')}}\n`

describe('forward-shadowed', () => {
  it('is silent where every forward has names of its own', async () => {
    expect(await find(forwards('a.example 10.0.0.1', 'b.example 10.0.0.2', '. 10.0.0.3'))).toEqual([])
    expect(await find(forwards('b.a.example 10.0.0.1', 'a.example 10.0.0.2'))).toEqual([])
    expect(await find(forwards('example 10.0.0.1', 'anexample 10.0.0.2'))).toEqual([])
  })

  it('is silent where the earlier one leaves names to it', async () => {
    expect(await find(forwards('. 10.0.0.1 {\n        except a.example\n    }', 'a.example 10.0.0.2'))).toEqual([])
    expect(await find(forwards('. 10.0.0.1 {\n        except b.a.example\n    }', 'a.example 10.0.0.2'))).toEqual([])
    expect(await find(forwards('. 10.0.0.1 {\n        next NXDOMAIN\n    }', '. 10.0.0.2'))).toEqual([])
    expect(await find(forwards('. 10.0.0.1 {\n        next_on_nodata\n    }', '. 10.0.0.2'))).toEqual([])
  })

  it('looks past an except for another zone', async () => {
    expect(await find(forwards('. 10.0.0.1 {\n        except b.example\n    }', 'a.example 10.0.0.2'))).toHaveLength(1)
  })

  it('is silent where a zone is not known', async () => {
    expect(await find(forwards('. 10.0.0.1', '{$ZONE} 10.0.0.2'))).toEqual([])
    expect(await find(forwards('. 10.0.0.1 {\n        except {$ZONE}\n    }', 'a.example 10.0.0.2'))).toEqual([])
  })

  it('compares zones without regard to case and final dot', async () => {
    expect(await find(forwards('Example.ORG. 10.0.0.1', 'a.example.org 10.0.0.2'))).toHaveLength(1)
  })

  it('speaks of one block alone, and of releases that take several forwards', async () => {
    expect(await find('a.example {\n    forward . 10.0.0.1\n}\nb.example {\n    forward . 10.0.0.2\n}\n')).toEqual([])
    const text = forwards('. 10.0.0.1', 'a.example 10.0.0.2')
    expect(await find(text, { release: '1.9.3' })).toEqual([])
    expect(await find(text, { release: '1.9.4' })).toHaveLength(1)
  })

  it('marks the later one and offers no move of equal zones, nor over the borders of a file', async () => {
    const text = forwards('. 10.0.0.1', '. 10.0.0.2')
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('forward .')
    expect(found?.range.start).toBe(text.lastIndexOf('forward'))
    expect(found?.fix).toBeNull()
    const imported = '. {\n    forward . 10.0.0.1\n    import a\n}\n'
    const [inFile] = await find(imported, { files: { a: 'forward a.example 10.0.0.2\n' } })
    expect(inFile?.path).toBe('a')
    expect(inFile?.fix).toBeNull()
  })

  it('looks into a fragment', async () => {
    expect(await find('forward . 10.0.0.1\nforward a.example 10.0.0.2\n', { path: 'a.override' })).toHaveLength(1)
  })
})
