import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'
import type { Diagnostic } from '../../src/lint/diagnostic.ts'
import { fix } from '../../src/lint/fix.ts'
import { suppressionsOf } from '../../src/lint/suppressions.ts'
import malformed from '../../src/rules/malformed-suppression.ts'
import unknown from '../../src/rules/unknown-suppression.ts'
import unused from '../../src/rules/unused-suppression.ts'
import { optionsFor } from '../rules/lint-text.ts'
import { configMap, probe, run, seen } from './probes.ts'

const rules = [probe('whoami'), probe('errors'), malformed, unknown, unused]

/** What is shown, what is hidden and why. */
async function told(text: string, path = 'Corefile') {
  const { files } = await run([{ path, text }], rules)
  return {
    shown: files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId)),
    hidden: files.flatMap(({ suppressed }) => suppressed.map(({ diagnostic, reason }) => [diagnostic.ruleId, reason])),
  }
}

describe('a comment', () => {
  it.each([
    ['on the line', '. {\n  whoami # corefile-ignore no-whoami\n}\n'],
    ['on the line before', '. {\n  # corefile-ignore no-whoami\n  whoami\n}\n'],
    ['with other comments and blank lines between', '. {\n  # corefile-ignore no-whoami\n\n  # why\n  whoami\n}\n'],
    ['without a blank behind its sign', '. {\n  #corefile-ignore no-whoami\n  whoami\n}\n'],
    ['with lines that end as on Windows', '. {\r\n  # corefile-ignore no-whoami\r\n  whoami\r\n}\r\n'],
    ['at the end of a line that ends as on Windows', '. {\r\n  whoami # corefile-ignore no-whoami\r\n}\r\n'],
    ['on the line where a brace opens', '. {\n  whoami { # corefile-ignore no-whoami\n  }\n}\n'],
    ['about the whole file, above', '# corefile-ignore-file no-whoami\n. {\n  whoami\n}\n'],
    ['about the whole file, below', '. {\n  whoami\n}\n# corefile-ignore-file no-whoami'],
    ['behind a byte order mark', '\ufeff# corefile-ignore-file no-whoami\n. {\n  whoami\n}\n'],
  ])('%s hides a finding', async (_, text) => {
    expect(await told(text)).toEqual({ shown: [], hidden: [['no-whoami', '']] })
  })

  it.each([
    '# corefile-ignore no-whoami -- a lab',
    '# corefile-ignore no-whoami --a lab',
    '#\tcorefile-ignore\tno-whoami\t--  a lab  ',
    '# corefile-ignore-file no-whoami -- a lab',
  ])('has a reason: %s', async (comment) => {
    expect((await told(`. {\n  ${comment}\n  whoami\n}\n`)).hidden).toEqual([['no-whoami', 'a lab']])
  })

  it('keeps two dashes inside of a reason', async () => {
    const { hidden } = await told('. {\n  # corefile-ignore no-whoami -- see RFC -- it is odd\n  whoami\n}\n')
    expect(hidden).toEqual([['no-whoami', 'see RFC -- it is odd']])
  })

  it.each(['no-whoami, no-errors', 'no-whoami no-errors', 'no-errors,no-whoami -- why'])(
    'names several rules: %s',
    async (names) => {
      const { shown, hidden } = await told(`. {\n  # corefile-ignore-file ${names}\n  whoami\n  errors\n}\n`)
      expect(shown).toEqual([])
      expect(hidden.map(([id]) => id).sort()).toEqual(['no-errors', 'no-whoami'])
    },
  )

  it('hides nothing on other lines, and nothing of other rules', async () => {
    const text = '. {\n  # corefile-ignore no-whoami\n  whoami\n  errors\n}\na {\n  whoami\n}\n'
    expect(await told(text)).toEqual({ shown: ['no-errors', 'no-whoami'], hidden: [['no-whoami', '']] })
  })

  it('does not hide what a value in quotes looks like', async () => {
    const { shown } = await told('. {\n  whoami "# corefile-ignore no-whoami"\n}\n')
    expect(shown).toEqual(['no-whoami'])
  })

  it.each([
    '. {\n  whoami#corefile-ignore no-whoami\n}\n',
    '# Write `# corefile-ignore no-whoami` to hide it.\n. {\n  whoami\n}\n',
  ])('is one from its sign on: %j', async (text) => {
    expect(await told(text)).toEqual({ shown: ['no-whoami'], hidden: [] })
  })

  it('never changes the verdict', async () => {
    const { files, summary } = await run('# corefile-ignore-file no-whoami\n. {\n  whoami x\n}\n', rules)
    expect(files[0]?.corefiles[0]?.verdict).toBe('refused')
    expect(summary).toMatchObject({ errors: 0, refused: 1 })
  })

  it('in a snippet hides what is found there, wherever it is imported', async () => {
    const text =
      '(s) {\n  # corefile-ignore no-whoami -- on purpose\n  whoami\n}\na {\n  import s\n}\nb {\n  import s\n}\n'
    expect(await told(text)).toEqual({ shown: [], hidden: [['no-whoami', 'on purpose']] })
  })

  it('in an imported file hides what is found in that file', async () => {
    const files = { x: 'whoami # corefile-ignore no-whoami\n' }
    expect(await seen('. {\n  import x\n  whoami\n}\n', rules, { files })).toEqual(['Corefile no-whoami "whoami"'])
  })

  it('in an imported file may be there for another Corefile', async () => {
    const files = { x: 'whoami # corefile-ignore no-errors\n' }
    expect(await seen('. {\n  import x\n}\n', rules, { files })).toEqual(['x no-whoami "whoami"'])
  })
})

describe('a comment that is wrong', () => {
  it.each([
    ['# corefile-ignore', 'it names no rule'],
    ['# corefile-ignore -- a reason alone', 'it names no rule'],
    ['# corefile-ignore-line no-whoami', 'no such comment: corefile-ignore-line'],
    ['# corefile-ignored no-whoami', 'no such comment: corefile-ignored'],
    ['# corefile-ignore No-Whoami', '"No-Whoami" is no rule id; a reason stands behind `--`'],
    ['# corefile-ignore: no-whoami', '":" is no rule id; a reason stands behind `--`'],
    ['# corefile-ignore no-whoami (a lab)', '"(a" is no rule id; a reason stands behind `--`'],
  ])('is malformed and hides nothing: %s', async (comment, why) => {
    const { files } = await run(`. {\n  ${comment}\n  whoami\n}\n`, rules)
    expect(files[0]?.findings.map(({ ruleId, message }) => [ruleId, message])).toEqual([
      ['malformed-suppression', `this comment hides nothing: ${why}`],
      ['no-whoami', 'whoami is here'],
    ])
  })

  it('names a rule that nobody knows, and what was probably meant', async () => {
    const { files } = await run('. {\n  # corefile-ignore no-whoam \t\n  whoami\n}\n', rules)
    expect(files[0]?.findings[0]).toMatchObject({
      ruleId: 'unknown-suppression',
      message: 'this comment names the rule "no-whoam", which does not exist: did you mean "no-whoami"?',
      range: { start: 6, end: 32 },
    })
    expect(files[0]?.findings.map(({ ruleId }) => ruleId)).toEqual(['unknown-suppression', 'no-whoami'])
  })
})

describe('a comment that hides nothing', () => {
  const fixed = async (text: string) => {
    const options = { ...optionsFor(text, { rules }), rules }
    return (await fix([{ path: 'Corefile', text }], options, 'safe')).fixed[0]?.after
  }

  it('is found and taken out, with its line where it has one', async () => {
    const text = '. {\n  # corefile-ignore no-whoami -- old\n  log # corefile-ignore no-errors\n}\n'
    expect((await told(text)).shown).toEqual(['unused-suppression', 'unused-suppression'])
    expect(await fixed(text)).toBe('. {\n  log\n}\n')
  })

  it('is taken out on Windows as well', async () => {
    expect(await fixed('. {\r\n  # corefile-ignore no-whoami\r\n  log # corefile-ignore no-errors\r\n}\r\n')).toBe(
      '. {\r\n  log\r\n}\r\n',
    )
  })

  it('is left where one of its rules is of use, and says which is not', async () => {
    const text = '. {\n  whoami # corefile-ignore no-whoami, no-errors\n}\n'
    const { files } = await run(text, rules)
    expect(files[0]?.findings).toMatchObject([
      { message: 'nothing is left for this comment to hide: no-errors finds nothing here', fix: null },
    ])
  })

  it('is nothing to speak of where its rule did not look', async () => {
    const text = '. {\n  # corefile-ignore no-whoami\n  log\n}\n'
    const shown = (more: Parameters<typeof run>[2]) => seen(text, rules, more)
    expect(await shown({})).toHaveLength(1)
    expect(await shown({ severities: { 'no-whoami': 'off' } })).toEqual([])
    const later = [probe('whoami', { releases: { since: '1.11.0' } }), unused]
    expect(await seen(text, later, { releases: ['1.6.2', '1.8.0'] })).toEqual([])
    expect(await seen(text, later, { releases: ['1.6.2', '1.11.1'] })).toHaveLength(1)
  })

  it('is the same to all releases', async () => {
    const { files } = await run('# corefile-ignore-file no-whoami\n', rules, { releases: ['1.6.2', '1.8.0'] })
    expect(files[0]?.findings[0]).toMatchObject({ ruleId: 'unused-suppression', releases: null })
  })

  it('is of use when one of the releases has the finding', async () => {
    const early = [probe('whoami', { releases: { until: '1.8.0' } }), unused]
    const text = '. {\n  whoami # corefile-ignore no-whoami\n}\n'
    expect(await seen(text, early, { releases: ['1.6.2', '1.8.0'] })).toEqual([])
  })
})

describe('in a ConfigMap', () => {
  const corefile = '. {\n    whoami\n}\n'

  it.each(['# corefile-ignore no-whoami -- a lab', '# corefile-ignore-file no-whoami -- a lab'])(
    'a comment of the YAML above the key is about all of the Corefile: %s',
    async (comment) => {
      const told1 = await told(configMap(corefile, [comment]), 'cm.yaml')
      expect(told1).toEqual({ shown: [], hidden: [['no-whoami', 'a lab']] })
    },
  )

  it('a comment inside of the block is about its line', async () => {
    const inside = '. {\n    # corefile-ignore no-whoami\n    whoami\n}\na {\n    whoami\n}\n'
    expect(await told(configMap(inside), 'cm.yaml')).toEqual({ shown: ['no-whoami'], hidden: [['no-whoami', '']] })
  })

  it.each(['\n', '\r\n'])('comments are found and taken out where they stand, line break %j', async (newline) => {
    const text = configMap('. {\n    # corefile-ignore no-whoami\n    log\n}\n', [], newline)
    const { files } = await run([{ path: 'cm.yaml', text }], rules)
    const [finding] = files[0]?.findings ?? []
    expect(text.slice(finding?.range.start, finding?.range.end)).toBe('# corefile-ignore no-whoami')
    const { fixed } = await fix([{ path: 'cm.yaml', text }], optionsFor('', { rules }), 'safe')
    expect(fixed[0]?.after).toBe(configMap('. {\n    log\n}\n', [], newline))
  })

  it('comments of the YAML are reported where they stand, and are no place for a fix', async () => {
    const text = configMap(corefile, ['# corefile-ignore no-errors', '# corefile-ignore'])
    const { files } = await run([{ path: 'cm.yaml', text }], rules)
    const places = files[0]?.findings.map(({ ruleId, range, fix }) => [ruleId, text.slice(range.start, range.end), fix])
    expect(places).toEqual([
      ['unused-suppression', '# corefile-ignore no-errors', null],
      ['malformed-suppression', '# corefile-ignore', null],
      ['no-whoami', 'whoami', null],
    ])
  })

  it('a comment amid another is none', async () => {
    const { shown } = await told(configMap(corefile, ['# see # corefile-ignore no-whoami']), 'cm.yaml')
    expect(shown).toEqual(['no-whoami'])
  })
})

it('hides exactly the findings of its rule on its line, in any text', async () => {
  const line = fc.constantFrom('whoami', 'errors', 'whoami { }', 'log "a\n b"', 'errors 10.0.0.1#53 x', 'whoami x y')
  const texts = fc.array(line, { minLength: 1, maxLength: 8 })
  const property = fc.asyncProperty(texts, fc.nat(), async (lines, number) => {
    const at = number % lines.length
    const head = lines.slice(0, at).reduce((sum, each) => sum + each.length + 3, '. {\n  '.length)
    const text = (comment: string) =>
      `. {\n${lines.map((each, index) => `  ${each}${index === at ? comment : ''}\n`).join('')}}\n`
    const probes = [probe('whoami'), probe('errors')]
    const [before] = (await run(text(''), probes)).files
    const [after] = (await run(text(' # corefile-ignore no-whoami -- r'), probes)).files
    const isHidden = (finding: Diagnostic) => finding.ruleId === 'no-whoami' && finding.range.start === head
    const rules = (findings: readonly Diagnostic[] = []) => findings.map(({ ruleId }) => ruleId)
    expect(rules(after?.findings)).toEqual(rules(before?.findings.filter((finding) => !isHidden(finding))))
    expect(after?.suppressed.length).toBe(before?.findings.filter(isHidden).length)
    expect(after?.corefiles[0]?.verdict).toBe(before?.corefiles[0]?.verdict)
  })
  await fc.assert(property)
})

it('reads a comment at every place of a text in time that grows with it', () => {
  const text = '# corefile-ignore no-whoami\n'.repeat(20_000)
  expect(suppressionsOf(new TokenList(text), [])).toHaveLength(20_000)
})
