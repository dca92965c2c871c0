import { describe, expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { findings } from './lint-text.ts'

const ids = async (line: string) =>
  (await findings(`. {\n    ${line}\n    forward . 10.0.0.1\n}\n`, { rules }))
    .filter(({ effect }) => effect === 'refused')
    .map(({ ruleId }) => ruleId)

describe('template-lowercase', () => {
  it.each([
    'template in A',
    'template IN aaaa',
    'acl {\n        block type a\n    }',
    'acl {\n        allow type AAAA Mx net 10.0.0.0/8\n    }',
    'tsig {\n        secret a b\n        require axfr\n    }',
  ])('%s', async (line) => {
    expect(await ids(line)).toEqual(['template-lowercase'])
  })

  it.each([
    'template IN B',
    'acl {\n        block type none-such\n    }',
    'cache {\n        serve_stale a\n    }',
    'forward . 10.0.0.2 {\n        policy a\n    }',
  ])('%s is another mistake', async (line) => {
    expect(await ids(line)).not.toContain('template-lowercase')
    expect(await ids(line)).not.toEqual([])
  })
})
