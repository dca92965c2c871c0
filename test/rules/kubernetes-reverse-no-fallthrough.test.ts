import { describe, expect, it } from 'vitest'
import rule from '../../src/rules/kubernetes-reverse-no-fallthrough.ts'
import { findings, marked } from './lint-text.ts'

const find = (text: string) => findings(text, { rules: [rule] })
const block = (kubernetes: string, ...more: string[]) =>
  `. {\n    kubernetes ${kubernetes}\n${more.map((line) => `    ${line}\n`).join('')}}\n`

describe('kubernetes-reverse-no-fallthrough', () => {
  it.each([
    ['networks of the cluster', block('cluster.local 10.96.0.0/12', 'forward . 10.0.0.2')],
    ['nobody behind', block('cluster.local in-addr.arpa ip6.arpa')],
    ['nobody behind for addresses', block('cluster.local in-addr.arpa', 'forward example.org 10.0.0.2')],
    ['all passed on', block('cluster.local in-addr.arpa {\n        fallthrough\n    }', 'forward . 10.0.0.2')],
    [
      'what is not known',
      block('cluster.local in-addr.arpa {\n        fallthrough {$ZONES}\n    }', 'forward . 10.0.0.2'),
    ],
    ['a zone that is not known', block('cluster.local {$ZONES}', 'forward . 10.0.0.2')],
  ])('is silent about %s', async (_, text) => {
    expect(await find(text)).toEqual([])
  })

  it('points at the zone and adds it to the fallthrough that counts', async () => {
    const text = block(
      'cluster.local in-addr.arpa ip6.arpa {\n        fallthrough in-addr.arpa\n    }',
      'forward . 10.0.0.2',
    )
    const [found] = await find(text)
    expect(found && marked(text, found)).toBe('ip6.arpa')
    expect(found?.fix?.edits.map((edit) => edit.text)).toEqual([' ip6.arpa'])
    expect(found?.fix?.safety).toBe('unsafe')
  })

  it('does not mend a line that an import brought', async () => {
    const text = block('cluster.local in-addr.arpa ip6.arpa {\n        import zones\n    }', 'forward . 10.0.0.2')
    const [found] = await findings(text, { rules: [rule], files: { zones: 'fallthrough in-addr.arpa\n' } })
    expect(found?.message).toContain('all of ip6.arpa')
    expect(found?.fix).toBeNull()
  })
})
