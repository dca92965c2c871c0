import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isInvalid } from '../values/invalid.ts'
import { parseInteger } from '../values/number.ts'
import type { WordView } from '../verdict/servers-view.ts'

/** What is no whole number is a zone to `cache`, and nothing is cached (plugin/cache/setup.go cacheParse). */
export default defineRule({
  id: 'cache-argument-not-seconds',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    for (const cache of servers.plugins('cache')) {
      const [first, ...others] = cache.args
      if (first === undefined || cache.args.some(({ known }) => !known)) continue
      const seconds = secondsMeant(first)
      if (seconds !== null) {
        const whole = Number.isInteger(seconds) && seconds > 0 ? String(seconds) : null
        report({
          at: first.place,
          message: `cache reads "${first.value}" as a zone, not as a time, and caches nothing else: write whole seconds${whole === null ? '' : `, ${whole}`}`,
          fix:
            whole === null
              ? null
              : { title: `cache for ${whole} seconds`, safety: 'unsafe', edits: [replaceToken(first.place, whole)] },
        })
        continue
      }
      const number = others.find((word) => isNumber(word) || secondsMeant(word) !== null)
      if (number === undefined) continue
      report({
        at: number.place,
        message: `cache takes one number of seconds: "${number.value}" is read as a zone, and names outside of it are not cached`,
        help: 'Separate times for answers and for negative answers stand in the block: `success CAPACITY SECONDS` and `denial CAPACITY SECONDS`.',
      })
    }
  },
})

/** Seconds in each unit that people write. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  secs: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86400,
  w: 604800,
}

/** The seconds that a word which is no number was meant to be, null where it does not look like a time. */
function secondsMeant({ value }: WordView): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|secs?|m|min|h|d|w))+$/i.test(value))
    return /^\d+\.\d+$/.test(value) ? Number(value) : null
  let seconds = 0
  for (const [, count = '', unit = ''] of value.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/gi)) {
    seconds += Number(count) * (UNITS[unit.toLowerCase()] ?? 0)
  }
  return seconds
}

function isNumber({ value }: WordView): boolean {
  return !isInvalid(parseInteger(value))
}

export const text: RuleText = {
  summary: 'A cache time that CoreDNS takes for a zone',
  why: '`cache [SECONDS] [ZONES...]` takes a bare number of seconds. Anything else, such as `30s`, is the name of a zone: caching is then limited to that zone, nothing lies in it, and every query goes to the upstream without a word in the log.',
  links: ['plugin/cache/setup.go cacheParse'],
  examples: [
    {
      bad: '.:53 {\n    cache 30s\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    cache 30\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    cache 1h30m {\n        prefetch 10\n    }\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    cache 5400 {\n        prefetch 10\n    }\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    cache 30 300\n    forward . 10.0.0.2\n}\n',
      good: '.:53 {\n    cache 30 {\n        denial 9984 300\n    }\n    forward . 10.0.0.2\n}\n',
    },
  ],
}
