import { endOfLine, newlineOf, startOfLine } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleContext, type RuleText } from '../lint/rule.ts'
import { isViewBehind } from '../lint/view-order.ts'
import type { Range } from '../text/range.ts'
import { isSince } from '../values/release.ts'
import type { Served } from '../verdict/servers.ts'
import type { BlockView } from '../verdict/servers-view.ts'

/** Of several blocks for a zone the first is asked whose view fits, and one without a view fits always (core/dnsserver/server.go ServeDNS). */
export default defineRule({
  id: 'view-order',
  severity: 'warning',
  effects: ['misbehaves', 'refused'],
  releases: { since: '1.10.0' },
  fix: 'unsafe',
  explains: (reason, { configuration }) => isViewBehind(reason, configuration),
  check(context) {
    const { servers, release, reasons, report } = context
    for (const { at, subject, other } of reasons) {
      const [first, view] = [other, at].map((place) => place && servers.blocks.find((block) => hasKey(block, place)))
      report({
        at,
        severity: 'error',
        effect: 'refused',
        message: `this view of ${subject} stands behind the block without one, so CoreDNS ${release} does not start (put the block without a view last)`,
        ...(other === null ? {} : { related: [{ at: other, message: 'no view here' }] }),
        fix: first && view ? moveBehind(context, first, view, 'safe') : null,
      })
    }
    if (!isSince(release, '1.14.3')) return
    const open = new Map<string, { readonly block: BlockView; readonly served: Served }>()
    for (const block of servers.blocks) {
      for (const served of block.served) {
        const ids = idsOf(served)
        if (!served.hasView) {
          for (const id of ids) if (!open.has(id)) open.set(id, { block, served })
          continue
        }
        const first = ids.map((id) => open.get(id)).find((each) => each !== undefined)
        if (first === undefined || first.block === block) continue
        report({
          at: served.key.at,
          message: `this view of ${served.zone} gets no query: the block without a view stands before it and takes them all (put that block last)`,
          related: [{ at: first.served.key.at, message: 'no view here, so it takes every query' }],
          fix: moveBehind(context, first.block, block, 'unsafe'),
        })
        break
      }
    }
  },
})

function hasKey({ keys }: BlockView, { list, index }: { readonly list: object; readonly index: number }): boolean {
  return keys.some(({ at }) => at.list === list && at.index === index)
}

/** One for each address it listens on; none where these are not known. */
function idsOf({ zone, port, transport, addresses }: Served): string[] {
  return (addresses ?? []).map((address) => `${transport} ${zone.toLowerCase()} ${port} ${address}`)
}

/** Moves a block behind the last one with a view of the same zones. */
function moveBehind(
  { servers }: RuleContext,
  moved: BlockView,
  view: BlockView,
  safety: 'safe' | 'unsafe',
): ProposedFix | null {
  const ids = new Set(moved.served.flatMap(idsOf))
  const last = servers.blocks.findLast(({ served }) =>
    served.some((one) => one.hasView && idsOf(one).some((id) => ids.has(id))),
  )
  const own = linesOf(moved)
  const target = linesOf(last ?? view)
  const list = moved.keys[0]?.at.list
  if (own === null || target === null || list === undefined || list !== view.keys[0]?.at.list) return null
  const { text } = list
  const lines = text.slice(own.start, own.end)
  const isEnded = text.slice(target.start, target.end).endsWith('\n')
  const newline = newlineOf(list)
  return {
    title: 'put the block without a view last',
    safety,
    list,
    edits: [
      { start: own.start, end: own.end, text: '' },
      { start: target.end, end: target.end, text: isEnded ? lines : newline + lines.replace(/\r?\n$/, '') },
    ],
  }
}

/** The whole lines of a block, null where something else stands on them or an import brought it. */
function linesOf({ keys, block: { open, close } }: BlockView): Range | null {
  const first = keys[0]?.at
  if (first === undefined || open === null || close === null || first.site !== null) return null
  if (open.list !== first.list || close.list !== first.list) return null
  const { list } = first
  const start = startOfLine(list.text, list.start(first.index))
  const end = endOfLine(list.text, list.end(close.index))
  if (list.text.slice(start, list.start(first.index)).trim() !== '') return null
  if (list.text.slice(list.end(close.index), end).trim() !== '') return null
  return { start, end: Math.min(end + 1, list.text.length) }
}

export const text: RuleText = {
  summary: 'A block without a view in front of the views of the same zone',
  why: 'Several blocks may serve one zone when all but one have a view. CoreDNS asks them in the order in which they are written and takes the first whose view fits. A block without a view fits every query, so whatever stands behind it is never asked. Before 1.14.3 CoreDNS did not start with this order.',
  links: ['coredns/coredns#7733', 'coredns/coredns#8001', 'core/dnsserver/server.go ServeDNS'],
  examples: [
    {
      bad: ".:53 {\n    forward . 10.0.0.2\n}\n.:53 {\n    view internal {\n        expr type() == 'A'\n    }\n    forward . 10.0.0.3\n}\n",
      good: ".:53 {\n    view internal {\n        expr type() == 'A'\n    }\n    forward . 10.0.0.3\n}\n.:53 {\n    forward . 10.0.0.2\n}\n",
    },
    {
      bad: ".:53 {\n    forward . 10.0.0.2\n}\n.:53 {\n    view internal {\n        expr type() == 'A'\n    }\n    forward . 10.0.0.3\n}\n",
      good: ".:53 {\n    view internal {\n        expr type() == 'A'\n    }\n    forward . 10.0.0.3\n}\n.:53 {\n    forward . 10.0.0.2\n}\n",
      release: '1.12.0',
    },
  ],
}
