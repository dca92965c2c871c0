import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'
import type { RuleDescription } from '../../src/lint/rule.ts'
import type { Reason } from '../../src/verdict/reason.ts'
import { configMap, probe, rule, run, seen } from './probes.ts'

const whoami = probe('whoami')
const errors = probe('errors')

describe('lint', () => {
  it('answers in the order of the files, with findings in the order of their places', async () => {
    const files = [
      { path: 'b/Corefile', text: '. {\n  whoami\n  errors\n}\n' },
      { path: 'a/Corefile', text: '. {\n  errors\n}\n' },
    ]
    expect(await seen(files, [errors, whoami])).toEqual([
      'b/Corefile no-whoami "whoami"',
      'b/Corefile no-errors "errors"',
      'a/Corefile no-errors "errors"',
    ])
  })

  it('puts the graver and then the rule first where findings share a place', async () => {
    const found = await run('. {\n  whoami\n}\n', [
      probe('whoami', { id: 'b-info', severity: 'info' }),
      probe('whoami', { id: 'b-error', severity: 'error' }),
      probe('whoami', { id: 'a-info', severity: 'info' }),
    ])
    expect(found.files[0]?.findings.map(({ ruleId }) => ruleId)).toEqual(['b-error', 'a-info', 'b-info'])
  })

  it('counts files, findings, fixes and refusals', async () => {
    const fixable = rule(
      ({ servers, report }) => {
        for (const { name } of servers.plugins('errors'))
          report({
            at: name.place,
            message: 'm',
            fix: { title: 't', safety: 'safe', edits: [{ start: 0, end: 0, text: '#\n' }] },
          })
      },
      { fix: 'safe', severity: 'error' },
    )
    const { summary } = await run(
      [
        { path: 'Corefile', text: '. {\n  whoami\n  errors\n  nonsense\n}\n' },
        { path: 'values.yaml', text: 'a: 1\n' },
      ],
      [whoami, fixable, probe('errors', { id: 'info', severity: 'info' })],
    )
    expect(summary).toEqual({ files: 1, errors: 1, warnings: 1, infos: 1, fixable: 1, refused: 1 })
  })

  it('says where a Corefile stands, what judged it and how', async () => {
    const text = configMap('. {\n    forward . {$UPSTREAM}\n}\n')
    const { files } = await run([{ path: 'cm.yaml', text }], [], { releases: ['1.9.4', '1.12.0'] })
    expect(files[0]?.corefiles).toEqual([
      {
        name: 'kube-system/coredns Corefile',
        kind: 'configmap',
        range: { start: text.indexOf('|'), end: text.length },
        target: { coredns: '1.12.0', releases: ['1.9.4', '1.12.0'], build: 'official', from: 'flag' },
        verdict: 'unknown',
        assumes: [],
        unknown: ['variable UPSTREAM is not given'],
        refusedBy: [],
      },
    ])
  })

  it('finds things in the outer file where the Corefile is a value', async () => {
    const text = configMap('. {\n    whoami\n}\n')
    const { files } = await run([{ path: 'cm.yaml', text }], [whoami])
    const start = text.indexOf('whoami')
    expect(files[0]?.findings.map(({ path, range }) => ({ path, range }))).toEqual([
      { path: 'cm.yaml', range: { start, end: start + 6 } },
    ])
  })

  it('is refused when one of the releases refuses, and names them', async () => {
    const { files, summary } = await run('. {\n  proxy . 10.0.0.1\n}\n', [], { releases: ['1.4.0', '1.5.0', '1.6.2'] })
    expect(files[0]?.corefiles[0]).toMatchObject({ verdict: 'refused', refusedBy: ['1.5.0', '1.6.2'] })
    expect(summary.refused).toBe(1)
  })

  it('never judges a fragment, and asks it only rules that are about fragments', async () => {
    const text = 'whoami\nerrors\n'
    const { files } = await run([{ path: 'x.override', text }], [whoami, probe('errors', { fragments: true })])
    expect(files[0]?.findings.map(({ ruleId }) => ruleId)).toEqual(['no-errors'])
    expect(files[0]?.corefiles[0]).toMatchObject({
      kind: 'fragment',
      verdict: 'unknown',
      unknown: ['needs its root block'],
    })
  })

  it('hands all Corefiles of the run to every rule', async () => {
    const names: string[][] = []
    const look = rule(({ workspace }) => names.push(workspace.units.map(({ name }) => name)))
    await run(
      [
        { path: 'a/Corefile', text: '.' },
        { path: 'b/Corefile', text: '.' },
      ],
      [look],
    )
    expect(names).toEqual([
      ['a/Corefile', 'b/Corefile'],
      ['a/Corefile', 'b/Corefile'],
    ])
  })
})

describe('imports', () => {
  it('shows a finding in a snippet once, at the snippet, with the import as related', async () => {
    const text = '(s) {\n  whoami\n}\na.org {\n  import s\n}\nb.org {\n  import s\n}\n'
    const { files } = await run(text, [whoami])
    const [finding, ...others] = files[0]?.findings ?? []
    expect(others).toEqual([])
    const at = text.indexOf('whoami')
    const site = text.indexOf('import s')
    expect(finding?.range).toEqual({ start: at, end: at + 6 })
    expect(finding?.related).toEqual([
      { message: 'imported here', path: 'Corefile', range: { start: site, end: site + 8 } },
    ])
  })

  it('shows a finding in an imported file there, and the way that led to it', async () => {
    const files = { 'sub/x': 'import y\n', 'sub/y': '# no\nwhoami\n' }
    const text = '. {\n  import sub/x\n}\n'
    const result = await run(text, [whoami], { files })
    expect(result.files.map(({ path, text: own, corefiles }) => [path, own, corefiles.length])).toEqual([
      ['Corefile', text, 1],
      ['sub/y', files['sub/y'], 0],
    ])
    expect(result.files[1]?.findings).toMatchObject([
      {
        path: 'sub/y',
        range: { start: 5, end: 11 },
        related: [
          { path: 'sub/x', range: { start: 0, end: 8 } },
          { path: 'Corefile', range: { start: 6, end: 18 } },
        ],
      },
    ])
    expect(result.summary).toMatchObject({ files: 1, warnings: 1 })
  })

  it('shows a finding in a file that two Corefiles import once', async () => {
    const files = { common: 'whoami\n' }
    const text = '. {\n  import common\n}\n'
    const given = [
      { path: 'Corefile', text },
      { path: 'Corefile.2', text },
    ]
    expect(await seen(given, [whoami], { files })).toEqual(['common no-whoami "whoami"'])
  })

  it('offers no fix for an imported file', async () => {
    const fixable = rule(
      ({ servers, report }) => {
        for (const { name } of servers.plugins('whoami')) {
          const { list, index } = name.place
          const edit = { start: list.start(index), end: list.end(index), text: 'errors' }
          report({ at: name.place, message: 'm', fix: { title: 't', safety: 'safe', edits: [edit] } })
        }
      },
      { fix: 'safe' },
    )
    const { files } = await run('. {\n  whoami\n  import x\n}\n', [fixable], { files: { x: 'whoami\n' } })
    expect(files.map(({ path, findings }) => [path, findings[0]?.fix !== null])).toEqual([
      ['Corefile', true],
      ['x', false],
    ])
  })
})

describe('releases', () => {
  const releases = ['1.5.0', '1.6.2', '1.8.0', '1.9.4', '1.11.1']
  const spans = async (about: 'all' | { since?: string; until?: string }) => {
    const { files } = await run('. {\n  whoami\n}\n', [probe('whoami', { releases: about })], { releases })
    return files[0]?.findings.map((finding) => finding.releases)
  }

  it('names none for a finding that holds for all', async () => {
    expect(await spans('all')).toEqual([null])
  })

  it('names the first and the last of those it holds for', async () => {
    expect(await spans({ since: '1.8.0' })).toEqual([[{ from: '1.8.0', to: '1.11.1' }]])
    expect(await spans({ until: '1.8.0' })).toEqual([[{ from: '1.5.0', to: '1.6.2' }]])
    expect(await spans({ since: '1.6.0', until: '1.7.0' })).toEqual([[{ from: '1.6.2', to: '1.6.2' }]])
    expect(await spans({ since: '1.12.0' })).toEqual([])
  })

  it('names each stretch of its own', async () => {
    const odd = rule(({ release, servers, report }) => {
      if (release === '1.8.0') return
      for (const { name } of servers.plugins('whoami')) report({ at: name.place, message: 'm' })
    })
    const { files } = await run('. {\n  whoami\n}\n', [odd], { releases })
    expect(files[0]?.findings[0]?.releases).toEqual([
      { from: '1.5.0', to: '1.6.2' },
      { from: '1.9.4', to: '1.11.1' },
    ])
  })

  it('keeps the gravest of what they say of one place', async () => {
    const worse = rule(
      ({ since, servers, report }) => {
        const effect = since('1.8.0') ? 'refused' : 'misbehaves'
        for (const { name } of servers.plugins('whoami')) report({ at: name.place, message: 'm', effect, help: effect })
      },
      { effects: ['misbehaves', 'refused'] },
    )
    const { files } = await run('. {\n  whoami\n}\n', [worse], { releases })
    expect(files[0]?.findings).toMatchObject([{ effect: 'refused', help: 'refused', releases: null }])
  })
})

describe('which rules run', () => {
  const text = '. {\n  whoami\n}\n'
  const pedantic = probe('whoami', { group: 'pedantic' })

  it('leaves pedantic ones out until they are asked for', async () => {
    expect(await seen(text, [pedantic], { pedantic: false })).toEqual([])
    expect(await seen(text, [pedantic], { pedantic: true })).toHaveLength(1)
    expect(await seen(text, [pedantic], { pedantic: false, severities: { 'no-whoami': 'info' } })).toHaveLength(1)
  })

  it('leaves out what is off, and takes the severity that is asked for', async () => {
    expect(await seen(text, [whoami], { severities: { 'no-whoami': 'off' } })).toEqual([])
    const { files } = await run(text, [whoami], { severities: { 'no-whoami': 'error' } })
    expect(files[0]?.findings[0]?.severity).toBe('error')
  })

  it('lets one file differ', async () => {
    const files = [
      { path: 'a/Corefile', text },
      { path: 'b/Corefile', text },
    ]
    const overrides = (path: string) => (path.startsWith('a/') ? { severities: { 'no-whoami': 'off' as const } } : {})
    expect(await seen(files, [whoami], { overrides })).toEqual(['b/Corefile no-whoami "whoami"'])
  })
})

describe('reasons', () => {
  const text = '. {\n  nonsense\n  whoami x\n}\n'
  const takes = (id: string, explains: (reason: Reason) => boolean, description: Partial<RuleDescription> = {}) => {
    const taken: string[] = []
    const taking = rule(
      ({ reasons, report }) => {
        taken.push(...reasons.map(({ kind }) => kind))
        for (const { at } of reasons) report({ at, message: 'm' })
      },
      { id, explains, effects: ['refused'], ...description },
    )
    return { taken, rule: taking }
  }

  it('belong to one rule each, those that catch all coming last', async () => {
    const all = takes('all', () => true, { catchAll: true })
    const some = takes('some', ({ kind }) => kind === 'unknown-directive')
    const more = takes('more', () => true)
    await run(text, [all.rule, some.rule, more.rule])
    expect([some.taken, more.taken, all.taken]).toEqual([['unknown-directive'], ['argument-count'], []])
  })

  it('belong to nobody else when their rule is off', async () => {
    const all = takes('all', () => true, { catchAll: true })
    const some = takes('some', ({ kind }) => kind === 'unknown-directive')
    const { files } = await run(text, [all.rule, some.rule], { severities: { some: 'off' } })
    expect([some.taken, all.taken]).toEqual([[], ['argument-count']])
    expect(files[0]?.corefiles[0]?.verdict).toBe('refused')
  })

  it('belong to the next one where their rule is not about the release', async () => {
    const all = takes('all', () => true, { catchAll: true })
    const some = rule(() => {}, { id: 'some', explains: () => true, releases: { until: '1.5.0' } })
    await run(text, [all.rule, some])
    expect(all.taken).toHaveLength(2)
  })

  it('go to those that catch all where their rule has nothing to say', async () => {
    const all = takes('all', () => true, { catchAll: true })
    const silent = rule(() => {}, { id: 'silent', explains: () => true })
    await run(text, [all.rule, silent])
    expect(all.taken).toEqual(['unknown-directive'])

    const other = takes('all', () => true, { catchAll: true })
    await run(text, [other.rule, takes('loud', () => true).rule])
    await run(text, [other.rule, silent], { severities: { silent: 'off' } })
    expect(other.taken).toEqual([])
  })
})

describe('a rule about the objects around a Corefile', () => {
  const service = 'kind: Service\nspec: {ports: [{port: 53}]}\n'
  const ports = rule(({ workspace, corefile, report }) => {
    for (const { ports: own } of workspace.cluster.services) {
      for (const { port } of own) {
        if (port === null) continue
        report({
          at: { list: new TokenList(corefile.text), range: { start: 0, end: 1 } },
          message: 'a',
          related: [{ at: port, message: 'r' }],
        })
        report({ at: port, message: 'b' })
      }
    }
  })

  it('points into files that are not checked themselves', async () => {
    const { files, summary } = await run('. {\n}\n', [ports], { around: [{ path: 'svc.yaml', text: service }] })
    const [corefile, around] = files
    expect(corefile?.findings[0]?.related).toEqual([{ message: 'r', path: 'svc.yaml', range: { start: 36, end: 38 } }])
    expect(around).toMatchObject({ path: 'svc.yaml', text: service, corefiles: [], findings: [{ message: 'b' }] })
    expect(summary.files).toBe(1)
  })

  it('can be silenced for a Corefile as a whole', async () => {
    const text = '# corefile-ignore-file probe -- known\n. {\n}\n'
    const { files } = await run(text, [ports], { around: [{ path: 'svc.yaml', text: service }] })
    expect(files.flatMap(({ findings }) => findings)).toEqual([])
    expect(files[0]?.suppressed).toHaveLength(2)
  })
})
