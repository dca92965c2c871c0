import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenList } from '../../grammar/tokens.ts'
import { TokenView } from '../../src/expand/token-view.ts'
import { type Diagnostic, SEVERITIES } from '../../src/lint/diagnostic.ts'
import { fix } from '../../src/lint/fix.ts'
import type { FileResult } from '../../src/lint/result.ts'
import { lint } from '../../src/lint/run.ts'
import type { InputFile } from '../../src/lint/workspace.ts'
import { rules } from '../../src/rules/index.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { mutated, nearlyCorefile } from '../arbitrary-text.ts'
import { optionsFor } from '../rules/lint-text.ts'
import { corpusFiles, hasShared, needsShared } from '../shared.ts'
import { configMap } from './probes.ts'

// What must hold of every rule there is and of every text at all.

const examples = [
  '.:53 {\n    errors\n    hosts {\n        10.0.0.1 a.example.org\n        fallthrough\n    }\n    forward . /etc/resolv.conf\n    cache 30\n}\n',
  '(common) {\n    log . {\n        class error\n    }\n}\nexample.org {\n    import common\n    file db.example.org {\n        reload 10s\n    }\n}\n. {\n    import common\n    template IN A {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n}\n',
  'a.org{\n    whoami\n}\nb.org, c.org\n{\n    rewrite name exact a b # corefile-ignore rewrite-without-answer -- why\n    forward . tls://9.9.9.9 {\n        tls_servername dns.quad9.net\n    }\n}\n',
]

const corpus = corpusFiles('corefiles')
  .map(({ text }) => text)
  .filter((text) => text.length < 3000)

const texts = fc.oneof(
  nearlyCorefile,
  fc.constantFrom(...examples, ...corpus).chain(mutated),
  fc
    .constantFrom(...examples, ...corpus)
    .chain(mutated)
    .chain(mutated)
    .chain(mutated),
)
const targets = fc.constantFrom(['1.15.0'], ['1.6.2'], ['1.0.6', '1.8.0', '1.11.1'])
const runs = { numRuns: 100 }

function linted(files: readonly InputFile[], releases: readonly string[]) {
  return lint(files, { ...optionsFor('', { rules, files: { x: 'errors\n' } }), releases })
}

async function only(text: string, releases: readonly string[], path = 'Corefile'): Promise<FileResult> {
  const { files } = await linted([{ path, text }], releases)
  const file = files.find((candidate) => candidate.path === path)
  if (file === undefined) throw new Error(`nothing of ${path}`)
  return file
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    Number(a.ruleId > b.ruleId) - Number(a.ruleId < b.ruleId)
  )
}

describe('of any text', () => {
  it('findings, related places and edits lie inside of it', async () => {
    const property = fc.asyncProperty(texts, targets, async (text, releases) => {
      const { files } = await linted([{ path: 'Corefile', text }], releases)
      const lengths = new Map(files.map((file) => [file.path, file.text.length]))
      for (const { findings, secrets } of files) {
        for (const { path, range, related, fix: mend } of findings) {
          for (const place of [{ path, range }, ...related]) {
            expect(place.range.start).toBeGreaterThanOrEqual(0)
            expect(place.range.end).toBeGreaterThanOrEqual(place.range.start)
            expect(place.range.end).toBeLessThanOrEqual(lengths.get(place.path) ?? 0)
          }
          if (mend !== null) expect(applyEdits(text, mend.edits)).not.toBe(text)
        }
        for (const { start, end } of secrets ?? []) expect(text.slice(start, end)).not.toBe('')
      }
    })
    await fc.assert(property, runs)
  })

  it('no two findings say the same of one place, and they come in order', async () => {
    const property = fc.asyncProperty(texts, targets, async (text, releases) => {
      const { findings } = await only(text, releases)
      const said = findings.map(({ ruleId, range, message }) => `${ruleId} ${range.start} ${range.end} ${message}`)
      expect(new Set(said).size).toBe(said.length)
      expect(findings.toSorted(compare)).toEqual(findings)
    })
    await fc.assert(property, runs)
  })

  it('the result is the same each time, and beside other files', async () => {
    const property = fc.asyncProperty(texts, texts, targets, async (text, other, releases) => {
      const alone = await only(text, releases)
      expect(await only(text, releases)).toEqual(alone)
      const { files } = await linted(
        [
          { path: 'other/Corefile', text: other, as: 'corefile' },
          { path: 'Corefile', text },
        ],
        releases,
      )
      const beside = files.find(({ path }) => path === 'Corefile')
      expect(beside?.corefiles).toEqual(alone.corefiles)
    })
    await fc.assert(property, { numRuns: 50 })
  })

  it('a refusal has a finding, and only a refusal', async () => {
    const property = fc.asyncProperty(texts, targets, async (text, releases) => {
      const { files } = await linted([{ path: 'Corefile', text, as: 'corefile' }], releases)
      const verdict = files[0]?.corefiles[0]?.verdict
      const { suppressed } = files[0] as FileResult
      const refusals = files
        .flatMap(({ findings }) => findings)
        .concat(suppressed.map(({ diagnostic }) => diagnostic))
        .filter(({ effect }) => effect === 'refused')
      if (verdict === 'refused') expect(refusals.length).toBeGreaterThan(0)
      if (verdict === 'accepted') expect(refusals).toEqual([])
    })
    await fc.assert(property, runs)
  })
})

describe('fixing any text', () => {
  it.each(['safe', 'unsafe'] as const)('%s comes to an end from which it does not go on', async (safety) => {
    const property = fc.asyncProperty(texts, targets, async (text, releases) => {
      const options = { ...optionsFor('', { rules }), releases }
      const { fixed, result } = await fix([{ path: 'Corefile', text }], options, safety)
      const after = fixed[0]?.after ?? text
      expect(result.files[0]?.text ?? '').toBe(after)
      const again = await fix([{ path: 'Corefile', text: after }], options, safety)
      expect(again.fixed).toEqual([])
    })
    await fc.assert(property, runs)
  })

  it('never makes CoreDNS refuse what it did not refuse', async () => {
    const property = fc.asyncProperty(texts, targets, async (text, releases) => {
      const options = { ...optionsFor('', { rules }), releases }
      const before = await lint([{ path: 'Corefile', text }], options)
      const { result } = await fix([{ path: 'Corefile', text }], options, 'unsafe')
      const after = result.files.flatMap(({ corefiles }) => corefiles.map(({ verdict }) => verdict))
      const wasRefused = before.files.some(({ corefiles }) => corefiles.some(({ verdict }) => verdict === 'refused'))
      if (!wasRefused) expect(after).not.toContain('refused')
    })
    await fc.assert(property, runs)
  })

  it('with safe fixes alone never changes the words of an accepted one', async () => {
    const property = fc.asyncProperty(texts, async (text) => {
      const options = optionsFor('', { rules })
      const before = await lint([{ path: 'Corefile', text, as: 'corefile' }], options)
      if (before.files[0]?.corefiles[0]?.verdict !== 'accepted') return
      const { fixed } = await fix([{ path: 'Corefile', text, as: 'corefile' }], options, 'safe')
      const words = (of: string) => {
        const list = new TokenList(of)
        return Array.from({ length: list.count }, (_, index) => list.value(index))
      }
      for (const { after } of fixed) expect(words(after).length).toBeLessThanOrEqual(words(text).length)
    })
    await fc.assert(property, runs)
  })
})

describe('in a ConfigMap', () => {
  const inner = fc
    .constantFrom(...examples, ...corpus)
    .filter((text) => /^\S/.test(text) && !/\r|\t\n|\{\{|\$|import/.test(text))

  it('the same is found at the same words', async () => {
    const property = fc.asyncProperty(inner, async (raw) => {
      const text = `${raw.replace(/\s*$/, '')}\n`
      const outer = configMap(text)
      const plain = await only(text, ['1.15.0'])
      const embedded = await only(outer, ['1.15.0'], 'cm.yaml')
      const told = ({ findings, text: own }: FileResult) =>
        findings.map(({ ruleId, range }) => [ruleId, own.slice(range.start, range.end).replace(/\n +/g, '\n')])
      expect(told(embedded)).toEqual(told(plain).map(([id, words]) => [id, words?.replace(/\n +/g, '\n')]))
      expect(embedded.corefiles[0]?.verdict).toBe(plain.corefiles[0]?.verdict)
    })
    await fc.assert(property, runs)
  })
})

describe('work grows with the text', () => {
  /** How often the tokens of a text are asked for anything. */
  async function asked(text: string): Promise<number> {
    let count = 0
    const restore: (() => void)[] = []
    for (const [prototype, name] of [
      [TokenList.prototype, 'value'],
      [TokenList.prototype, 'kind'],
      [TokenList.prototype, 'start'],
      [TokenList.prototype, 'line'],
      [TokenView.prototype, 'place'],
      [TokenView.prototype, 'value'],
    ] as const) {
      const methods = prototype as unknown as Record<string, (...args: unknown[]) => unknown>
      const method = methods[name] as (...args: unknown[]) => unknown
      methods[name] = function (this: unknown, ...args: unknown[]) {
        count++
        return method.apply(this, args)
      }
      restore.push(() => {
        methods[name] = method
      })
    }
    try {
      await only(text, ['1.15.0'])
    } finally {
      for (const each of restore) each()
    }
    return count
  }

  const hosts = (lines: number) =>
    `. {\n  hosts {\n${Array.from({ length: lines }, (_, n) => `    10.${n >> 16}.${(n >> 8) & 255}.${n & 255} a${n}.example.org\n`).join('')}  }\n}\n`
  const manyBlocks = (count: number) => Array.from({ length: count }, (_, n) => `a${n}.org {\n  whoami\n}\n`).join('')
  const manyFaults = (count: number) => `. {\n${'  nonsense\n'.repeat(count)}}\n`
  const manyComments = (count: number) => `. {\n${'  errors # corefile-ignore nonsense\n'.repeat(count)}}\n`
  const manyImports = (count: number) => `(s) {\n  whoami x\n}\n. {\n${'  import s\n'.repeat(count)}}\n`
  const manyOpen = (count: number) => '. {\n  errors {\n'.repeat(count)

  it.each([
    ['entries of hosts', hosts, 2000],
    ['server blocks', manyBlocks, 500],
    ['faults', manyFaults, 500],
    ['comments', manyComments, 500],
    ['imports of a snippet', manyImports, 500],
    ['open braces', manyOpen, 300],
  ])('in %s', async (_, make, size) => {
    await asked(make(10))
    const once = await asked(make(size))
    const twice = await asked(make(2 * size))
    expect(twice / once).toBeLessThan(2.3)
  })

  it('a hosts block of 200,000 lines is linted with all rules', async () => {
    const { corefiles } = await only(hosts(200_000), ['1.15.0'])
    expect(corefiles[0]?.verdict).toBe('accepted')
  })
})

it.skipIf(!hasShared)(`every Corefile of the corpus is linted${needsShared}`, async () => {
  for (const { name, text } of corpusFiles('corefiles')) {
    const { findings } = await only(text, ['1.15.0'])
    for (const { range } of findings) expect(range.end, name).toBeLessThanOrEqual(text.length)
  }
})
