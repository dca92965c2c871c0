import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/autopath-without-pods-verified.ts'
import { findings } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })
const block = (...lines: string[]) => `. {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`

describe('autopath-without-pods-verified', () => {
  it.each([
    ['a file with the search path', block('autopath /etc/resolv.conf', 'kubernetes cluster.local')],
    [
      'a mode that is not known',
      block('autopath @kubernetes', 'kubernetes cluster.local {\n        pods {$MODE}\n    }'),
    ],
    ['an import that may bring kubernetes', block('autopath @kubernetes', 'import {$FILE}')],
    [
      'a line that is not known',
      block('autopath @kubernetes', 'kubernetes cluster.local {\n        {$LINE} verified\n    }'),
    ],
    ['erratic, which is there to try it', block('autopath @erratic', 'erratic')],
    [
      'the last of two modes',
      block('autopath @kubernetes', 'kubernetes cluster.local {\n        pods insecure\n        pods verified\n    }'),
    ],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('looks for the plugin in its own block', async () => {
    const other = 'a.example {\n    kubernetes cluster.local {\n        pods verified\n    }\n}\n'
    expect((await find(block('autopath @kubernetes', 'forward . 10.0.0.2') + other))[0]?.message).toContain(
      'there is no kubernetes in this block',
    )
  })
})
