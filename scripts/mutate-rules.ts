import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { LineIndex } from '../src/text/lines.ts'
import { type Break, breaksOf } from './mutate/breaks.ts'

/**
 * Breaks the conditions of rules, one after the other, and runs the rule's own tests: its examples and test/rules/RULE.test.ts.
 *
 *   npm run mutate -- RULE...   survivors, and how many were noticed; without RULE all rules
 *
 * A survivor is a condition that no test needs: a missing test, or code that does nothing. Exit code 1 where the tests of a rule fail
 * with the rule as it is. Nothing is written.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Longer than any test of a rule: a break may make a loop endless. */
const MOST_MILLISECONDS = 30_000

const TIMED_OUT = 'it takes too long'

/** A worker with one rule in it. */
class Trial {
  readonly #worker: Worker
  #settle: (answer: string | null) => void = () => {}

  constructor(rule: string, tests: readonly string[], broken: number) {
    this.#worker = new Worker(new URL('./mutate/worker.ts', import.meta.url), {
      workerData: { root, rule, tests, broken },
    })
    this.#worker.on('message', (answer: string | null) => this.#settle(answer))
    this.#worker.on('error', (error: unknown) => this.#settle(`it stops: ${String(error)}`))
    this.#worker.on('exit', () => this.#settle('it stops'))
  }

  /** What the worker says next. */
  answer(): Promise<string | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(TIMED_OUT), MOST_MILLISECONDS)
      this.#settle = (answer) => {
        clearTimeout(timer)
        resolve(answer)
      }
    })
  }

  try(broken: number): Promise<string | null> {
    const answer = this.answer()
    this.#worker.postMessage(broken)
    return answer
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}

interface Outcome {
  readonly noticed: number
  readonly survivors: readonly Break[]
}

/** Tries every break of a rule; the failure where its tests fail as it is. */
async function mutate(rule: string, breaks: readonly Break[], tests: readonly string[]): Promise<Outcome | string> {
  let trial = new Trial(rule, tests, -1)
  const failure = await trial.answer()
  if (failure !== null) {
    await trial.end()
    return failure
  }
  const survivors: Break[] = []
  for (const [at, one] of breaks.entries()) {
    if (one.isStatic) {
      const own = new Trial(rule, tests, at)
      if ((await own.answer()) === null) survivors.push(one)
      await own.end()
      continue
    }
    const noticed = await trial.try(at)
    if (noticed === null) survivors.push(one)
    if (noticed !== TIMED_OUT && noticed?.startsWith('it stops') !== true) continue
    await trial.end()
    trial = new Trial(rule, tests, -1)
    await trial.answer()
  }
  await trial.end()
  return { noticed: breaks.length - survivors.length, survivors }
}

/** The rule's own test, and others that name its file. */
function testsOf(rule: string): readonly string[] {
  return readdirSync(join(root, 'test/rules'))
    .filter((name) => name.endsWith('.test.ts') && name !== 'examples.test.ts')
    .filter((name) => {
      const text = () => readFileSync(join(root, 'test/rules', name), 'utf8')
      return name === `${rule}.test.ts` || text().includes(`src/rules/${rule}.ts`)
    })
    .map((name) => `test/rules/${name}`)
}

const asked = process.argv.slice(2)
const known = readdirSync(join(root, 'src/rules'))
  .map((name) => name.replace(/\.ts$/, ''))
  .filter((name) => name !== 'index' && name !== 'texts')
const unknown = asked.filter((rule) => !existsSync(join(root, `src/rules/${rule}.ts`)))
if (unknown.length > 0) {
  console.error(`no such rule: ${unknown.join(', ')}`)
  process.exit(2)
}

const totals = { noticed: 0, survivors: 0, failed: 0 }
for (const rule of asked.length > 0 ? asked : known) {
  const path = `src/rules/${rule}.ts`
  const source = readFileSync(join(root, path), 'utf8')
  const outcome = await mutate(rule, breaksOf(source), testsOf(rule))
  if (typeof outcome === 'string') {
    totals.failed += 1
    console.log(`${rule}: not tried, for a test fails already: ${outcome}`)
    continue
  }
  const { noticed, survivors } = outcome
  totals.noticed += noticed
  totals.survivors += survivors.length
  console.log(`${rule}: ${noticed} of ${noticed + survivors.length} noticed`)
  const lines = new LineIndex(source)
  for (const { start, end, what } of survivors) {
    const { line, column } = lines.positionAt(start)
    console.log(
      `  ${path}:${line}:${column}: ${what}: ${source.slice(start, end).replaceAll(/\s+/g, ' ').slice(0, 100)}`,
    )
  }
}
console.log(
  `${totals.noticed} noticed, ${totals.survivors} not${totals.failed === 0 ? '' : `, ${totals.failed} rules not tried`}`,
)
process.exitCode = totals.failed === 0 ? 0 : 1
