import { defineRule, type RuleText } from '../lint/rule.ts'

/** A number or duration outside of what the plugin's setup takes. */
export default defineRule({
  id: 'value-out-of-range',
  severity: 'error',
  effects: ['refused'],
  explains: ({ kind }) => kind === 'out-of-range',
  check({ reasons, report }) {
    for (const { at, plugin, property, subject, expected, message } of reasons) {
      const what = property === null ? plugin : `${plugin} ${property}`
      const takes = expected ?? message
      report({
        at,
        message: `${what} does not take ${subject}, so CoreDNS does not start${takes === null ? '' : `; expected ${takes}`}`,
      })
    }
  },
})

export const text: RuleText = {
  summary: 'A value outside of the limits of the option',
  why: 'Plugins check their numbers when they are set up: a cache of 0 seconds, a reload every second or a buffer of 8192 bytes stop the start.',
  links: ['plugin/bufsize/setup.go', 'plugin/reload/setup.go', 'plugin/kubernetes/setup.go'],
  examples: [
    { bad: '.:53 {\n    bufsize 8192\n    whoami\n}\n', good: '.:53 {\n    bufsize 1232\n    whoami\n}\n' },
    { bad: '.:53 {\n    reload 1s\n    whoami\n}\n', good: '.:53 {\n    reload 30s\n    whoami\n}\n' },
  ],
}
