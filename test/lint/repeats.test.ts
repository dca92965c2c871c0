import { describe, expect, it } from 'vitest'
import { configMap, rule, run } from './probes.ts'

const text = '. {\n    errors\n    whoami\n}\n'
const files = ['a', 'b', 'c'].map((name) => ({ path: `${name}.yaml`, text: `# ${name}\n${configMap(text)}` }))

/** A rule that counts how often it looks, at the whoami of each Corefile. */
function counting(looksAtFile: boolean) {
  const seen = { looks: 0 }
  const probe = rule((context) => {
    seen.looks++
    const where = looksAtFile ? ` in ${context.corefile.path}` : ''
    for (const { name } of context.servers.plugins('whoami'))
      context.report({ at: name.place, message: `here${where}` })
  })
  return { seen, probe }
}

describe('a text that several Corefiles have', () => {
  it('is looked at once, and what is found is told of each', async () => {
    const { seen, probe } = counting(false)
    const { files: results } = await run(files, [probe])
    expect(seen.looks).toBe(1)
    expect(results.map(({ path, findings }) => [path, findings.length])).toEqual([
      ['a.yaml', 1],
      ['b.yaml', 1],
      ['c.yaml', 1],
    ])
    for (const { text: outer, findings } of results)
      expect(outer.slice(findings[0]?.range.start, findings[0]?.range.end)).toBe('whoami')
  })

  it('is looked at for each where the rule looks at more than it', async () => {
    const { seen, probe } = counting(true)
    const { files: results } = await run(files, [probe])
    expect(seen.looks).toBe(3)
    expect(results.map(({ findings }) => findings[0]?.message)).toEqual([
      'here in a.yaml',
      'here in b.yaml',
      'here in c.yaml',
    ])
  })

  it('is read anew for other settings, and where files belong to it', async () => {
    const { seen, probe } = counting(false)
    const overrides = (path: string) =>
      path === 'b.yaml' ? { settings: { clusterDomain: 'x', clusterDnsIp: [] } } : { severities: {} }
    await run(files, [probe], { overrides })
    expect(seen.looks).toBe(2)

    const importing = counting(false)
    const twice = ['a/Corefile', 'b/Corefile'].map((path) => ({ path, text: '. {\n  import x\n  whoami\n}\n' }))
    await run(twice, [importing.probe], {
      findImport: (_, importer) => ({ kind: 'files', files: [{ path: `${importer}.x`, text: 'errors\n' }] }),
    })
    expect(importing.seen.looks).toBe(2)
  })

  it('is read for each release', async () => {
    const { seen, probe } = counting(false)
    await run(files, [probe], { releases: ['1.11.1', '1.12.0'] })
    expect(seen.looks).toBe(2)
  })
})
