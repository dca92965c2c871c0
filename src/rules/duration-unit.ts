import { replaceToken } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { parseDuration, toSeconds } from '../values/duration.ts'
import { isInvalid } from '../values/invalid.ts'
import { parseInteger } from '../values/number.ts'

/** A bare number where Go wants a duration, or a duration where a number of seconds is due (time.ParseDuration, strconv.Atoi). */
export default defineRule({
  id: 'duration-unit',
  severity: 'error',
  effects: ['refused'],
  fix: 'safe',
  explains: ({ kind }) => kind === 'duration-unit',
  check({ reasons, report }) {
    for (const { at, plugin, property, subject } of reasons) {
      const what = property === null ? plugin : `${plugin} ${property}`
      const replacement = otherNotation(subject)
      const needs = isInvalid(parseInteger(subject)) ? 'a whole number of seconds' : 'a unit'
      report({
        at,
        message: `${what} needs ${needs}, "${subject}" has ${needs === 'a unit' ? 'none' : 'a unit'}: CoreDNS does not start${replacement === null ? '' : `; write ${replacement}`}`,
        fix:
          replacement === null
            ? null
            : { title: `write ${replacement}`, safety: 'safe', edits: [replaceToken(at, replacement)] },
      })
    }
  },
})

/** A number of seconds as a duration, or the other way round; null where that is not whole. */
function otherNotation(word: string): string | null {
  const number = parseInteger(word)
  if (!isInvalid(number)) return `${number}s`
  const duration = parseDuration(word)
  if (isInvalid(duration)) return null
  const seconds = toSeconds(duration)
  return Number.isInteger(seconds) ? String(seconds) : null
}

export const text: RuleText = {
  summary: 'A duration without unit, or a unit where a number of seconds is due',
  why: 'Some options are durations and need a unit (`reload 30s`), others are whole seconds and must not have one (`ttl 60`). CoreDNS refuses one for the other.',
  links: ['time.ParseDuration', 'strconv.Atoi'],
  examples: [
    { bad: '.:53 {\n    reload 30\n    whoami\n}\n', good: '.:53 {\n    reload 30s\n    whoami\n}\n' },
    {
      bad: '.:53 {\n    hosts {\n        ttl 60s\n        10.0.0.1 a.example\n        fallthrough\n    }\n    whoami\n}\n',
      good: '.:53 {\n    hosts {\n        ttl 60\n        10.0.0.1 a.example\n        fallthrough\n    }\n    whoami\n}\n',
    },
  ],
}
