import { zoneText } from '../lint/answering.ts'
import { moveLinesBefore } from '../lint/edits.ts'
import { type ForwardView, readForward } from '../lint/forwarding.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { isSubdomain } from '../values/name.ts'
import { ZoneIndex } from '../values/zone-index.ts'

/** Several `forward` are asked in written order, not by the longest zone (plugin/forward/setup.go setup, forward.go ServeDNS). */
export default defineRule({
  id: 'forward-shadowed',
  severity: 'warning',
  effects: ['misbehaves'],
  releases: { since: '1.9.4' },
  fix: 'unsafe',
  fragments: true,
  check({ servers, report }) {
    for (const block of servers.blocks) {
      const before = new ZoneIndex<ForwardView>()
      for (const occurrence of block.occurrences('forward')) {
        const forward = readForward(occurrence)
        if (forward === null) continue
        const first = firstShadowing(before, forward)
        before.add(forward.from, forward)
        if (first === undefined) continue
        const { targets } = forward
        const same = forward.from === first.from
        const from = zoneText(forward.from)
        const to = targets.map(({ value }) => value).join(' ')
        const edits = same ? null : moveLinesBefore(occurrence, first.occurrence)
        report({
          at: { from: occurrence.name.place, to: occurrence.args[0]?.place ?? occurrence.name.place },
          message: same
            ? `this forward is never used: an earlier one takes every name${from === '.' ? '' : ` below ${from}`} already (write all upstreams on one line, or remove one)`
            : `this forward is never used: "forward ${zoneText(first.from)}" is asked first and takes names below ${from} too, so ${to} gets no query (move this line above it)`,
          related: [{ at: first.occurrence.name.place, message: 'takes its names' }],
          help: 'CoreDNS tries the forward lines of a block in written order; the first whose zone fits wins, not the one with the longest zone.',
          fix: edits && { title: `ask for names below ${from} first`, safety: 'unsafe', edits },
        })
      }
    }
  },
})

function firstShadowing(before: ZoneIndex<ForwardView>, later: ForwardView): ForwardView | undefined {
  for (const earlier of before.around(later.from)) if (shadows(earlier, later)) return earlier
  return undefined
}

/** Whether the earlier one, which is asked for them, takes every name that the later one could and never hands one back. */
function shadows(earlier: ForwardView, later: ForwardView): boolean {
  if (earlier.passesAnswers) return false
  return !earlier.except.some((zone) => isSubdomain(zone, later.from) || isSubdomain(later.from, zone))
}

export const text: RuleText = {
  summary: 'A forward that an earlier forward of the block leaves without queries',
  why: 'Since 1.9.4 a block may have several forward lines. They are tried in written order and the first whose zone fits wins, so a `forward corp.example` behind `forward .` never gets a query. It happens most with `import custom/*.override` below the built-in `forward . /etc/resolv.conf`.',
  links: ['k3s-io/k3s#12979', 'coredns/coredns#7069', 'plugin/forward/setup.go setup'],
  examples: [
    {
      bad: '.:53 {\n    errors\n    forward . 10.0.0.2\n    forward corp.example 10.0.0.53\n}\n',
      good: '.:53 {\n    errors\n    forward corp.example 10.0.0.53\n    forward . 10.0.0.2\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.2 {\n        max_fails 3\n    }\n    # The office.\n    forward corp.example 10.0.0.53 {\n        force_tcp\n    }\n    cache\n}\n',
      good: '.:53 {\n    # The office.\n    forward corp.example 10.0.0.53 {\n        force_tcp\n    }\n    forward . 10.0.0.2 {\n        max_fails 3\n    }\n    cache\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.2\n    forward . 10.0.0.3\n}\n',
      good: '.:53 {\n    forward . 10.0.0.2 10.0.0.3\n}\n',
    },
    {
      bad: '.:53 {\n    forward . 10.0.0.2\n    import custom/*.override\n}\n',
      good: '.:53 {\n    import custom/*.override\n    forward . 10.0.0.2\n}\n',
      files: { 'custom/corp.override': 'forward corp.example 10.0.0.53\n' },
    },
  ],
}
