import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { type DeclaredPlugins, type Program, programOf } from '../../grammar/program.ts'
import type { ExternalPluginOptions, ExternalPlugins, GrammarDescription } from '../../grammar/program-options.ts'
import { programSchema } from '../../grammar/program-schema.ts'
import { pluginOrder } from '../../grammar/releases.ts'
import { expand } from '../../src/expand/expand.ts'
import { readProgram } from '../../src/lint/program-reader.ts'
import { judge } from '../../src/verdict/judge.ts'
import { run } from '../cli/program.ts'
import { type Case, loadSuite } from '../conformance/case.ts'
import { importFiles } from '../conformance/import-files.ts'

const validate = new Ajv2020({ allowUnionTypes: true }).compile(programSchema)

function declare(externalPlugins: ExternalPlugins): DeclaredPlugins {
  expect(validate({ externalPlugins }), JSON.stringify(validate.errors)).toBe(true)
  return readProgram({ externalPlugins }) ?? new Map()
}

/** What a program makes of a case, as data. */
function verdictOf({ text, files, path }: Pick<Case, 'text' | 'files' | 'path'>, program: Program) {
  const { release } = program
  const configuration = expand(text, {
    release,
    isDirective: (name) => program.has(name),
    findImport: importFiles({ text, ...(files && { files }), ...(path !== undefined && { path }) }),
    placeholders: 'literal',
  })
  const { kind, reasons, assumes, unknown } = judge(configuration, { release, program }).verdict
  return { kind, assumes, unknown, reasons: reasons.map(({ at, other, ...rest }) => ({ ...rest, index: at.index })) }
}

/** What the official program with a plugin added makes of the lines of a block. */
function judged(options: ExternalPluginOptions | null, lines: readonly string[], release = '1.15.0') {
  const text = `. {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
  const { kind, reasons, unknown } = verdictOf({ text }, programOf(release, 'official', declare({ own: options })))
  return { kind, unknown, reasons: reasons.map((reason) => `${reason.kind} ${reason.subject}`) }
}

describe('the whole grammar as corefile explain prints it', () => {
  let described: Record<string, ExternalPluginOptions>
  let cases: readonly Case[]
  beforeAll(async () => {
    const { stdout } = await run('/', ['explain', '--all', '--format', 'json'])
    const { plugins } = JSON.parse(stdout) as { plugins: { name: string }[] }
    described = Object.fromEntries(plugins.map((grammar) => [grammar.name, { grammar }]))
    cases = (await loadSuite('plugins')).cases
  })

  it.each(['1.15.0', '1.11.1', '1.6.2', '1.1.0'])(
    'describes external plugins that are judged alike at %s',
    (release) => {
      const official = programOf(release)
      const foreign = programOf(
        release,
        pluginOrder(release).map((name) => `${name}:example.org/${name}`),
        declare(described),
      )
      expect(foreign.plugins).toEqual(official.plugins)
      expect(foreign.plugins.every((name) => foreign.isExternal(name))).toBe(true)
      let refused = 0
      for (const one of cases) {
        const theirs = verdictOf(one, official)
        expect(verdictOf(one, foreign), one.id).toEqual(theirs)
        if (theirs.kind === 'refused') refused++
      }
      expect(refused).toBeGreaterThan(100)
    },
  )

  it('serves under another name, and for releases older than what it was written for', () => {
    const own = (name: string) => ({ grammar: described[name]?.grammar ?? {} })
    expect(judged(own('forward'), ['own . 10.0.0.53 {', 'max_concurrent 0x', '}'])).toMatchObject({
      kind: 'refused',
      reasons: ['invalid-value 0x'],
    })
    expect(judged(own('forward'), ['own . 10.0.0.53'])).toEqual({ kind: 'accepted', unknown: [], reasons: [] })
    expect(judged(own('hosts'), ['own {', 'ttl x', '}']).reasons).toEqual(['invalid-value x'])
    for (const name of Object.keys(described)) judged(own(name), ['own'], '1.0.0')
  })
})

describe('a plugin that is declared', () => {
  it('is not described without a grammar: its words are left alone, and what they do is unknown', () => {
    expect(judged(null, ['own { x', 'y 1', '}', 'whoami'])).toEqual({
      kind: 'unknown',
      unknown: ['plugin own is not described'],
      reasons: [],
    })
    expect(judged(null, ['own', 'whoami now'])).toMatchObject({ kind: 'refused', reasons: ['argument-count now'] })
    expect(judged(null, ['whoami'])).toMatchObject({ kind: 'accepted', unknown: [] })
  })

  it('takes nothing by default', () => {
    expect(judged({ grammar: {} }, ['own'])).toMatchObject({ kind: 'accepted', unknown: [] })
    expect(judged({ grammar: {} }, ['own word'])).toMatchObject({ reasons: ['argument-count word'] })
  })

  it('is judged by its grammar', () => {
    const grammar: GrammarDescription = {
      occurrences: 'once',
      line: {
        args: [
          { name: 'FROM', value: { kind: 'zone' } },
          { name: 'TO', value: { kind: 'upstream' }, count: 'many' },
        ],
      },
      properties: {
        workers: { line: { args: [{ name: 'COUNT', value: { kind: 'integer', min: 1, max: 64 } }] }, since: '1.9.0' },
        race: {},
        policy: { line: { args: [{ name: 'POLICY', value: { kind: 'one-of', values: ['random', 'all'] } }] } },
      },
    }
    const reasons = (...lines: string[]) => judged({ grammar }, lines).reasons
    expect(reasons('own . 10.0.0.1 10.0.0.2 {', 'workers 3', 'race', '}')).toEqual([])
    expect(reasons('own .')).toEqual(['argument-count .'])
    expect(reasons('own . 10.0.0.1', 'own . 10.0.0.2')).toEqual(['once own'])
    expect(reasons('own . 10.0.0.1 {', 'workers 65', 'race now', 'rase', 'policy first', '}')).toEqual([
      'out-of-range 65',
      'argument-count now',
      'unknown-property rase',
      'invalid-value first',
    ])
    const older = judged({ grammar }, ['own . 10.0.0.1 {', 'workers 3', '}'], '1.8.0')
    expect(older.reasons).toEqual(['unknown-property workers'])
  })

  it('may differ by release, in any order, the oldest entry counting for what was before', () => {
    const of = (name: string) => ({ args: [{ name, value: { kind: 'one-of' as const, values: [name] } }] })
    const grammar: GrammarDescription = {
      line: {
        versions: [
          { since: '1.12.0', value: of('new') },
          { since: '1.8.0', value: of('old') },
        ],
      },
    }
    const kinds = (word: string) =>
      ['1.15.0', '1.11.4', '1.8.0', '1.0.0'].map((release) => judged({ grammar }, [`own ${word}`], release).kind)
    expect(kinds('new')).toEqual(['accepted', 'refused', 'refused', 'refused'])
    expect(kinds('old')).toEqual(['refused', 'accepted', 'accepted', 'accepted'])
  })

  it('may have an option called versions', () => {
    const grammar: GrammarDescription = { properties: { versions: {}, other: {} } }
    expect(judged({ grammar }, ['own {', 'versions', 'other', 'third', '}']).reasons).toEqual([
      'unknown-property third',
    ])
  })
})

describe('mistakes in plain values', () => {
  it.each<[unknown, string]>([
    [{ build: 'oficial' }, 'build: build is "oficial": did you mean "official"?'],
    [{ build: ['errors', 'errors'] }, 'build[1]: build names errors twice'],
    [{ build: ['kubernets'] }, 'build[0]: build names an unknown plugin "kubernets": did you mean "kubernetes"?'],
    [
      { externalPlugins: 'fanout' },
      'externalPlugins: externalPlugins must be a list such as [k8s_gateway], or a mapping of keys to values',
    ],
    [{ externalPlugins: [1] }, 'externalPlugins[0]: an item of externalPlugins must be a text such as k8s_gateway'],
    [
      { externalPlugins: { x: { grammar: { line: { args: [{ name: 'A', count: 'once' }] } } } } },
      'externalPlugins.x.grammar.line.args[0].count: count is "once": did you mean "one"?',
    ],
    [
      { externalPlugins: { x: { grammar: { properties: { p: { line: { args: [{ name: 'A', max: 0 }] } } } } } } },
      'externalPlugins.x.grammar.properties.p.line.args[0].max: max is 0: write a whole number from 1 on',
    ],
    [
      {
        externalPlugins: {
          x: { grammar: { line: { args: [{ name: 'A', value: { kind: 'duration', min: '1 s' } }] } } },
        },
      },
      'externalPlugins.x.grammar.line.args[0].value.min: min is "1 s": write a text such as 10s',
    ],
    [
      {
        externalPlugins: {
          x: { grammar: { line: { args: [{ name: 'A', value: { kind: 'file', rooted: false } }] } } },
        },
      },
      'externalPlugins.x.grammar.line.args[0].value.rooted: rooted is false: write true',
    ],
    [
      { externalPlugins: { x: { after: 'y' } } },
      'externalPlugins.x.after: after is "y": name a plugin of CoreDNS or another one of externalPlugins',
    ],
  ])('%j', (options, message) => {
    expect(() => readProgram(options as Parameters<typeof readProgram>[0])).toThrow(new RangeError(message))
  })

  it('are told all at once, and what is undefined is not there', () => {
    expect(() => readProgram({ build: ['a', 'b'] })).toThrow(/"a".*\n.*"b"/)
    expect(readProgram({ build: ['errors'] })).toBeUndefined()
    const loose = { grammar: undefined } as unknown as ExternalPluginOptions
    expect([...(readProgram({ externalPlugins: { x: loose } }) ?? [])]).toEqual([
      ['x', { place: null, answers: null, description: null }],
    ])
  })
})
