import { describe, expect, it } from 'vitest'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { everInTree } from '../../grammar/releases.ts'
import { ANSWERERS, AUTHORITATIVE, DENIERS, FORWARDERS, PROCESS_WIDE } from '../../grammar/roles.ts'

describe('roles', () => {
  it.each(Object.entries({ ANSWERERS, FORWARDERS, AUTHORITATIVE, DENIERS, PROCESS_WIDE }))(
    '%s are plugins',
    (_, names) => {
      for (const name of names) expect(everInTree, name).toContain(name)
    },
  )

  it('of answerers: some ask others, the rest has the answer', () => {
    for (const name of FORWARDERS) expect(ANSWERERS).toContain(name)
    expect([...FORWARDERS, ...AUTHORITATIVE].sort()).toEqual([...ANSWERERS].sort())
    for (const name of DENIERS) expect(AUTHORITATIVE).toContain(name)
  })

  it('of the process are no answers', () => {
    for (const name of PROCESS_WIDE) expect(ANSWERERS).not.toContain(name)
  })

  it('whoever may pass a name on to others has an answer of its own', () => {
    const passing = [...pluginGrammars].filter(([, { grammar }]) =>
      JSON.stringify(grammar.properties).includes('"fallthrough"'),
    )
    for (const [name] of passing) expect(ANSWERERS, name).toContain(name)
  })
})
