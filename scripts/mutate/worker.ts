import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { breaksOf, switchable } from './breaks.ts'

/**
 * Loads one rule with all its breaks, its examples and its tests, and says for each break that it is sent whether a test notices: the
 * name of a test, or null. The first answer is about the rule as it is. Nothing is written.
 */

interface Task {
  readonly root: string
  readonly rule: string
  /** Holds while the rule is loaded; -1 for the rule as it is. */
  readonly broken: number
  readonly tests: readonly string[]
}

const { root, rule, broken, tests } = workerData as Task
const switches = globalThis as { broken?: number; rule?: string }
switches.broken = broken
switches.rule = rule

const url = (path: string) => pathToFileURL(join(root, path)).href
const ruleUrl = url(`src/rules/${rule}.ts`)
const runnerUrl = url('scripts/mutate/test-runner.ts')

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vitest' ? { url: runnerUrl, shortCircuit: true } : next(specifier, context),
  load: (address, context, next) => {
    if (address !== ruleUrl) return next(address, context)
    const source = readFileSync(join(root, `src/rules/${rule}.ts`), 'utf8')
    return { format: 'module-typescript', source: switchable(source, breaksOf(source)), shortCircuit: true }
  },
})

try {
  await import(url('scripts/mutate/examples.ts'))
  for (const file of tests) if (existsSync(join(root, file))) await import(url(file))
} catch (error) {
  parentPort?.postMessage(`cannot be loaded: ${error instanceof Error ? error.message : String(error)}`)
  process.exit()
}

const { firstFailure }: typeof import('./test-runner.ts') = await import(runnerUrl)
parentPort?.on('message', async (number: number) => {
  switches.broken = number
  parentPort?.postMessage(await firstFailure())
})
parentPort?.postMessage(await firstFailure())
