import { isDeepStrictEqual } from 'node:util'

/**
 * Stands in for `vitest` where the same tests run hundreds of times in one process: `describe`, `it`, `it.each` and the few matchers that
 * tests of rules use. A test that asks for another one fails, also with the rule as it is.
 */

interface Test {
  readonly name: string
  readonly run: () => unknown
}

const tests: Test[] = []
const names: string[] = []

export function describe(name: string, body: () => void): void {
  names.push(name)
  body()
  names.pop()
}

export function it(name: string, run: () => unknown): void {
  tests.push({ name: [...names, name].join(' > '), run })
}

const repeat =
  <T>(one: (name: string, run: () => T) => void) =>
  (table: readonly unknown[]) =>
  (name: string, run: (...args: unknown[]) => T) => {
    for (const row of table) one(name, () => (Array.isArray(row) ? run(...row) : run(row)))
  }

describe.each = repeat<void>(describe)
it.each = repeat<unknown>(it)
export const test = it

/** Without properties that are undefined, as `toEqual` compares. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
  if (value instanceof Map || value instanceof Set) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]))
}

export function expect(actual: unknown) {
  const matchers = (negated: boolean) => {
    const check = (holds: boolean) => {
      if (holds === negated) throw new Error('the expectation fails')
    }
    return {
      toEqual: (expected: unknown) => check(isDeepStrictEqual(plain(actual), plain(expected))),
      toBe: (expected: unknown) => check(Object.is(actual, expected)),
      toHaveLength: (length: number) => check((actual as { length?: unknown } | undefined)?.length === length),
      toContain: (item: unknown) => check(contains(actual, item)),
      toMatch: (expected: string | RegExp) => check(new RegExp(expected).test(String(actual))),
      toBeNull: () => check(actual === null),
      toBeUndefined: () => check(actual === undefined),
      toBeDefined: () => check(actual !== undefined),
      toBeTruthy: () => check(Boolean(actual)),
      toBeGreaterThan: (limit: number) => check(Number(actual) > limit),
      toBeLessThan: (limit: number) => check(Number(actual) < limit),
    }
  }
  return { ...matchers(false), not: matchers(true) }
}

function contains(actual: unknown, item: unknown): boolean {
  if (typeof actual === 'string') return actual.includes(String(item))
  return Array.isArray(actual) && actual.includes(item)
}

/** What took longer the first time guards the speed of a rule, and is left out from then on. */
const MOST_MILLISECONDS = 300

/**
 * Runs the tests that were described so far: the name of the first one that fails and why, null where none does. The first call runs all;
 * later ones the quick ones, quickest first.
 */
export async function firstFailure(): Promise<string | null> {
  const times = new Map<Test, number>()
  for (const one of tests) {
    const start = performance.now()
    try {
      await one.run()
    } catch (error) {
      return `${one.name}: ${error instanceof Error ? error.message : String(error)}`
    }
    times.set(one, performance.now() - start)
  }
  const quick = [...times].filter(([, time]) => time < MOST_MILLISECONDS).sort(([, a], [, b]) => a - b)
  tests.splice(0, tests.length, ...quick.map(([one]) => one))
  return null
}
