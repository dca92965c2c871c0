import { describe, expect, it } from 'vitest'
import { findUnits } from '../../src/lint/units.ts'
import type { InputFile } from '../../src/lint/workspace.ts'
import { configMap } from './probes.ts'

const corefile = '. {\n    whoami\n}\n'

/** What a file holds: kind and text of each Corefile, and what could not be checked. */
async function found(path: string, text: string, as?: InputFile['as']) {
  const { units, unchecked } = await findUnits({ path, text, ...(as === undefined ? {} : { as }) })
  return { units: units.map(({ kind, text: own }) => [kind, own]), unchecked: unchecked.length }
}

describe('a file', () => {
  it.each(['Corefile', 'Corefile.prod', 'my.corefile', 'x.server', 'notes.txt', '-'])(
    'called %s is a Corefile',
    async (path) => {
      expect(await found(path, corefile)).toEqual({ units: [['corefile', corefile]], unchecked: 0 })
    },
  )

  it('called *.override is a fragment', async () => {
    expect(await found('log.override', 'log\n')).toEqual({ units: [['fragment', 'log\n']], unchecked: 0 })
  })

  it.each(['cm.yaml', 'cm.yml', 'cm.YAML', 'cm.yaml.tmpl', 'cm.yaml.j2'])('called %s may hold one', async (path) => {
    expect(await found(path, configMap(corefile))).toEqual({ units: [['configmap', corefile]], unchecked: 0 })
  })

  it.each(['values.yaml', 'package.json'])('called %s may hold none', async (path) => {
    expect(await found(path, '{"a": 1}\n')).toEqual({ units: [], unchecked: 0 })
  })

  it('called *.json may hold one', async () => {
    const text = JSON.stringify({ kind: 'ConfigMap', apiVersion: 'v1', data: { Corefile: corefile } })
    expect(await found('cm.json', text)).toEqual({ units: [['configmap', corefile]], unchecked: 0 })
  })

  it.each([configMap(corefile), `# managed\n---\n${configMap(corefile)}`, `\ufeff${configMap(corefile)}`])(
    'with a name that says nothing is looked into where it begins like YAML',
    async (text) => {
      expect(await found('coredns', text)).toEqual({ units: [['configmap', corefile]], unchecked: 0 })
    },
  )

  it.each(['data: {\n  whoami\n}\n', '{ "x"\n', '---\n'])(
    'is a Corefile all the same where it holds no other: %j',
    async (text) => {
      expect(await found('Corefile', text)).toEqual({ units: [['corefile', text]], unchecked: 0 })
    },
  )
})

describe('what a person says', () => {
  it('beats the name', async () => {
    expect((await found('x.yaml', corefile, 'corefile')).units).toEqual([['corefile', corefile]])
    expect((await found('Corefile', 'log\n', 'fragment')).units).toEqual([['fragment', 'log\n']])
    expect((await found('Corefile', configMap(corefile), 'configmap')).units).toEqual([['configmap', corefile]])
    expect((await found('Corefile', corefile, 'configmap')).units).toEqual([])
  })
})

it('tells what could not be read of a file', async () => {
  const broken = `${configMap(corefile)}  Corefile: |\n    . {\n    }\n`
  const { unchecked } = await findUnits({ path: 'cm.yaml', text: broken })
  expect(unchecked.length).toBeGreaterThan(0)
  for (const { range } of unchecked) expect(range?.end).toBeLessThanOrEqual(broken.length)
})
