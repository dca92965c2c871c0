import { defineRule, type RuleText } from '../lint/rule.ts'
import type { Reason } from '../verdict/reason.ts'

/** Too few, too many or wrong words behind a plugin or option, as far as no other rule has better words for it. */
export default defineRule({
  id: 'invalid-argument',
  severity: 'error',
  effects: ['refused'],
  catchAll: true,
  explains: ({ stage, kind }) => stage === 'setup' && (kind === 'argument-count' || kind === 'invalid-value'),
  check({ reasons, report }) {
    for (const reason of reasons) report({ at: reason.at, ...words(reason) })
  },
})

function words({ kind, plugin, property, subject, expected, message }: Reason): { message: string; help?: string } {
  const what = property === null ? plugin : `${plugin} ${property}`
  if (kind === 'argument-count') {
    const takes = expected === null ? '' : `; expected ${property ?? plugin} ${expected}`
    return { message: `${what} has the wrong number of words, so CoreDNS does not start${takes}` }
  }
  return {
    message: `${what} does not take "${subject}", so CoreDNS does not start${expected === null ? '' : `; expected ${expected}`}`,
    ...(message === null ? {} : { help: `CoreDNS says: ${message}` }),
  }
}

export const text: RuleText = {
  summary: 'Too few, too many or wrong words behind a plugin or option',
  why: 'Each plugin reads its words when CoreDNS starts. One that it cannot use stops the start, with a message that names the line at best.',
  links: ['caddyfile/dispenser.go ArgErr'],
  examples: [
    { bad: '.:53 {\n    forward .\n}\n', good: '.:53 {\n    forward . 10.0.0.53\n}\n' },
    {
      bad: '.:53 {\n    forward . 10.0.0.53 {\n        policy fastest\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.53 {\n        policy random\n    }\n}\n',
    },
    { bad: '.:53 {\n    whoami now\n}\n', good: '.:53 {\n    whoami\n}\n' },
  ],
}
