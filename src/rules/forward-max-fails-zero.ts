import { removeProperty } from '../lint/edits.ts'
import { upstreamOf } from '../lint/forwarding.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'

/** Without failures to count no upstream is ever left out, and none is checked (plugin/forward/forward.go ServeDNS). */
export default defineRule({
  id: 'forward-max-fails-zero',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  fragments: true,
  check({ servers, release, report }) {
    for (const plugin of ['forward', 'proxy']) {
      for (const forward of servers.plugins(plugin)) {
        const line = forward.properties('max_fails').at(-1)
        const limit = line?.args[0]
        if (line === undefined || limit === undefined || !limit.known || !/^0+$/.test(limit.value)) continue
        const upstreams = forward.args.slice(1).flatMap((word) => upstreamOf(word, release) ?? [])
        if (upstreams.length < 2) continue
        const edit = removeProperty(forward, line)
        report({
          at: line.name.place,
          message:
            'with max_fails 0 an upstream that is down is never left out: queries keep going to it, and wait two seconds each until another one is asked (take the line out)',
          help: 'max_fails 0 is for a single upstream, which has nobody to take its place.',
          fix: edit && {
            title: 'leave out upstreams that are down',
            safety: 'unsafe',
            edits: [edit],
            list: line.name.place.list,
          },
        })
      }
    }
  },
})

export const text: RuleText = {
  summary: 'Several upstreams of which a dead one is never left out',
  why: 'forward checks an upstream that failed and leaves it out after max_fails failures. With 0 it never does: as long as one of the upstreams is down, every query that comes to it waits for two seconds before the next one is asked, and many clients do not wait that long.',
  links: ['plugin/forward/forward.go ServeDNS', 'plugin/forward/README.md'],
  examples: [
    {
      bad: '.:53 {\n    forward . 10.0.0.2 10.0.0.3 {\n        max_fails 0\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2 10.0.0.3\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.2 10.0.0.3 10.0.0.4 {\n        max_fails 0\n        policy round_robin\n    }\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2 10.0.0.3 10.0.0.4 {\n        policy round_robin\n    }\n}\n',
    },
  ],
}
