import type { Place } from '../expand/token-view.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Upstreams of one forward are counted (plugin/forward/setup.go setup, plugin/grpc/setup.go setup). */
export default defineRule({
  id: 'forward-too-many-upstreams',
  severity: 'error',
  effects: ['refused'],
  fragments: true,
  explains: ({ kind, plugin, property, at }) =>
    kind === 'argument-count' && property === null && (plugin === 'forward' || plugin === 'grpc') && isBehindMost(at),
  check({ reasons, report }) {
    for (const { at, plugin } of reasons) {
      report({
        at,
        message: `${plugin} takes ${MOST} upstreams at most, and this is one too many: CoreDNS does not start (two or three are plenty)`,
      })
    }
  },
})

const MOST = 15

/** Whether name, zone and as many upstreams as there may be stand on the line in front of a word. */
function isBehindMost({ list, index }: Place): boolean {
  let first = index
  while (first > 0 && list.sameLine(first - 1)) first--
  return index - first > MOST
}

const MANY = Array.from({ length: 16 }, (_, at) => `10.0.0.${at + 1}`).join(' ')

export const text: RuleText = {
  summary: 'A forward with more upstreams than it takes',
  why: 'forward and grpc take 15 upstreams. With more of them CoreDNS does not start, and says how many it found.',
  links: ['plugin/forward/setup.go setup', 'plugin/grpc/setup.go setup'],
  examples: [
    {
      bad: `.:53 {\n    forward . ${MANY}\n}\n`,
      good: '.:53 {\n    forward . 10.0.0.1 10.0.0.2 10.0.0.3\n}\n',
    },
    {
      bad: `.:53 {\n    grpc . ${MANY}\n}\n`,
      good: '.:53 {\n    grpc . 10.0.0.1 10.0.0.2 10.0.0.3\n}\n',
    },
  ],
}
