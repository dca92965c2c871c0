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

/** Stands for any text with a part. */
class Containing {
  readonly part: string

  constructor(part: string) {
    this.part = part
  }
}

/** As `toEqual` compares: properties that are undefined do not count. */
function equals(actual: unknown, expected: unknown): boolean {
  if (expected instanceof Containing) return typeof actual === 'string' && actual.includes(expected.part)
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) && actual.length === expected.length && expected.every((one, at) => equals(actual[at], one))
    )
  }
  if (!isPlain(expected) || !isPlain(actual)) return isDeepStrictEqual(actual, expected)
  return [...new Set([...Object.keys(actual), ...Object.keys(expected)])].every((key) =>
    equals(actual[key], expected[key]),
  )
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof RegExp || value instanceof Map || value instanceof Set)
}

export function expect(actual: unknown) {
  const matchers = (negated: boolean) => {
    const check = (holds: boolean) => {
      if (holds === negated) throw new Error('the expectation fails')
    }
    return {
      toEqual: (expected: unknown) => check(equals(actual, expected)),
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

expect.stringContaining = (part: string) => new Containing(part)

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
