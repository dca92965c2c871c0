import { FORWARDERS } from '../../grammar/roles.ts'
import { answerersByZone, firstMeeting } from '../lint/answerers-by-zone.ts'
import { firstZonesAnswered, isWhole, listZones } from '../lint/answering.ts'
import { indentation, newlineOf, unit } from '../lint/edits.ts'
import { defineRule, type ProposedFix, type RuleContext, type RuleText } from '../lint/rule.ts'
import { isForType, readTemplate, type TemplateView, zonesOfTemplates } from '../lint/templates.ts'
import type { BlockView, OccurrenceView } from '../verdict/servers-view.ts'

/** A name with an address of one family must deny the other one itself: musl takes NXDOMAIN or SERVFAIL for it as an answer about the name. */
export default defineRule({
  id: 'template-single-family',
  severity: 'warning',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check(context) {
    const { servers } = context
    for (const block of servers.blocks) {
      if (!block.has('template') || !isWhole(servers, block)) continue
      checkFamily(context, block, 'A', 'AAAA')
      checkFamily(context, block, 'AAAA', 'A')
    }
  },
})

function checkFamily(context: RuleContext, block: BlockView, type: string, other: string): void {
  const { program, release } = context
  const templates = block.occurrences('template').filter((template) => readTemplate(template)?.type === type)
  if (templates.length === 0 || isTurnedIntoNoData(block, other)) return
  const answered = zonesOfTemplates(block, release, (view) => isForType(view, other))
  const behind = answerersByZone(block, release, 'template')
  if (answered === null || behind.hasUnknown) return
  const isOpen =
    block.answerersBehind('template').length > 0 ||
    [...block.plugins.keys()].some((plugin) => program.answers(plugin) === null)
  for (const template of templates) {
    const view = readTemplate(template)
    const zones = firstZonesAnswered(template, release)
    if (view === null || zones === null || zones.length === 0) continue
    if (view.rcode !== 'NOERROR' || !hasAddress(view) || firstMeeting(answered, zones) !== undefined) continue
    const [asked] = behind.meeting(zones)
    // Others know themselves whether the name is one of theirs.
    if (asked === undefined ? isOpen : !FORWARDERS.has(asked.plugin)) continue
    reportFamily(context, template, { type, other, zones, asked })
  }
}

interface Family {
  readonly type: string
  readonly other: string
  readonly zones: readonly string[]
  /** Who is asked for the other family. */
  readonly asked: OccurrenceView | undefined
}

function reportFamily(context: RuleContext, template: OccurrenceView, { type, other, zones, asked }: Family): void {
  const names = zones.includes('.') ? 'these names' : listZones(zones)
  const canBeEmpty = context.since('1.5.1')
  const outcome =
    asked === undefined
      ? `${other} gets SERVFAIL, and musl (Alpine) then finds no address at all`
      : `${other} goes to ${asked.plugin}: where that says NXDOMAIN, musl (Alpine) finds no address at all`
  context.report({
    at: { from: template.name.place, to: (template.args[1] ?? template.name).place },
    message: `${type} of ${names} is answered here, but ${outcome}${canBeEmpty ? ` (add a template for ${other} with rcode NOERROR)` : ''}`,
    related: asked === undefined ? [] : [{ at: asked.name.place, message: `is asked for ${other}` }],
    // In a text that CoreDNS cannot read nobody knows where the directive ends.
    fix: canBeEmpty && context.verdict.kind !== 'refused' ? addOther(context, template, other) : null,
  })
}

/** Whether it answers with an address that somebody is to reach: names that are blocked are to fail. */
function hasAddress({ answers }: TemplateView): boolean {
  return answers.some(({ value }) => !/\s(?:0\.0\.0\.0|127\.[\d.]+|::1?)\s*$/.test(value))
}

/** Whether another plugin of the block makes an empty answer of NXDOMAIN, or of every query for that family. */
function isTurnedIntoNoData(block: BlockView, other: string): boolean {
  if (block.has('dns64')) return true
  if (block.occurrences('rewrite').some(({ args }) => args.some(({ value }) => /^(?:rcode|type)$/i.test(value))))
    return true
  return block
    .occurrences('acl')
    .some((acl) => acl.properties('filter').some(({ args }) => args.some(({ value }) => value === other)))
}

/** The same template for the other family, without a record. */
function addOther({ servers }: RuleContext, template: OccurrenceView, other: string): ProposedFix | null {
  const { name, args, close, open } = template
  const { list } = name.place
  if (close === null || open === null || close.list !== list || servers.isTemplate) return null
  const raw = ({ place }: { place: { list: typeof list; index: number } }) => place.list.raw(place.index)
  const own = indentation(list.text, list.start(name.place.index))
  const inner = own + unit(list)
  const kept = [...template.lines()].filter((line) => line.name.value === 'match' || line.name.value === 'fallthrough')
  const lines = kept.map((line) => [line.name, ...line.args].map(raw).join(' '))
  const isLast = (line: string) => line.startsWith('fallthrough')
  const body = [...lines.filter((line) => !isLast(line)), 'rcode NOERROR', ...lines.filter(isLast)]
  const head = ['template', ...args.map((word, at) => (at === 1 ? other : raw(word)))].join(' ')
  const newline = newlineOf(list)
  const text = [`${own}${head} {`, ...body.map((line) => inner + line), `${own}}`]
    .map((line) => newline + line)
    .join('')
  const end = list.end(close.index)
  return {
    title: `answer ${other} of these names with no record`,
    safety: 'unsafe',
    edits: [{ start: end, end, text }],
  }
}

export const text: RuleText = {
  summary: 'A template with an address of one family whose other family fails',
  why: 'Clients ask for A and AAAA at once. Where only one is answered here and the other goes upstream, an upstream that does not know the name says NXDOMAIN, and the resolver of musl (Alpine images) then reports that the name does not exist. glibc copes, so only some containers fail.',
  links: ['plugin/template/template.go match', 'musl src/network/lookup_name.c'],
  examples: [
    {
      bad: '. {\n    template IN A apps.example {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN A apps.example {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n    template IN AAAA apps.example {\n        rcode NOERROR\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: '. {\n    template IN A {\n        match "^a\\.example\\.$"\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN A {\n        match "^a\\.example\\.$"\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n        fallthrough\n    }\n    template IN AAAA {\n        match "^a\\.example\\.$"\n        rcode NOERROR\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
    {
      bad: 'apps.example {\n    template IN A {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n}\n',
      good: 'apps.example {\n    template IN A {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n    template IN AAAA {\n        rcode NOERROR\n    }\n}\n',
    },
  ],
}
