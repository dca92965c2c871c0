import { answerersByZone } from '../lint/answerers-by-zone.ts'
import { firstZonesAnswered, listPlugins, listZones, passedOn, passesZone, zonesCover } from '../lint/answering.ts'
import { insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { matchesEveryName, readTemplate, type TemplateView, templateBehind } from '../lint/templates.ts'
import type { BlockView } from '../verdict/servers-view.ts'

/** What `match` or `expr` leaves out of a template's zones ends there without `fallthrough` (plugin/template/template.go ServeDNS, match). */
export default defineRule({
  id: 'template-missing-fallthrough',
  severity: 'error',
  effects: ['misbehaves'],
  fix: 'unsafe',
  check({ servers, release, since, report }) {
    for (const template of servers.plugins('template')) {
      const view = readTemplate(template)
      const passed = passedOn(template)
      const zones = firstZonesAnswered(template, release)
      if (view === null || matchesEveryName(view) || typeof passed === 'string' || zones === null) continue
      const lost = zones.filter((zone) => !passesZone(passed, zone) && !matchesBelow(view, zone))
      if (lost.length === 0) continue
      const later = templateBehind(template, release)
      const behind = answerersByZone(template.block, release, 'template').meeting(lost)
      const missed = behind.filter(({ plugin }) => plugin !== 'whoami' && plugin !== 'erratic')
      const first = later ?? missed[0]
      if (first === undefined) continue
      const takesAll = takesAllNames(template.block, lost)
      const forAddresses = view.type === 'ANY' || view.type === 'A' || view.type === 'AAAA'
      const what = view.type === 'ANY' ? 'queries' : `${view.type} queries`
      const names = takesAll ? '' : ` for names in ${listZones(lost)}`
      // Up to 1.9.2 nobody wrote an answer.
      const outcome = since('1.9.3') ? 'get SERVFAIL' : 'get no answer at all'
      const edit = passed.length === 0 ? insertProperty(template, 'fallthrough') : null
      report({
        at: (passed.length === 0 ? template.name : (template.properties('fallthrough').at(-1)?.name ?? template.name))
          .place,
        severity: takesAll && forAddresses ? 'error' : 'warning',
        message: `template ends the search here: ${what}${names} that it does not match ${outcome} and never reach ${later === null ? listPlugins(missed) : 'the templates behind it'} (${passed.length === 0 ? 'add fallthrough' : 'write fallthrough without a zone'})`,
        related: [{ at: first.name.place, message: 'is not asked for them' }],
        fix: edit && { title: 'pass on what the template does not match', safety: 'unsafe', edits: [edit] },
      })
    }
  },
})

/** Whether the expressions take every name below a zone, as far as two that nobody thought of tell. */
function matchesBelow(view: TemplateView, zone: string): boolean {
  if (view.hasConditions) return false
  const below = zone === '.' ? '' : zone
  return view.matches(`zzprobe.${below}`) && view.matches(`zza.zzb.${below}`)
}

/** So many zones of a block are looked at one by one. */
const MOST_ZONES = 100

function takesAllNames({ zones }: BlockView, lost: readonly string[]): boolean {
  return lost.includes('.') || (zones.length <= MOST_ZONES && zonesCover(lost, zones))
}

export const text: RuleText = {
  summary: 'A template with a match that ends the search for every other name',
  why: 'A template takes all names of its zones. One that its `match` leaves out gets SERVFAIL unless `fallthrough` passes it on, and so never reaches the next template, hosts, kubernetes or forward. In "." that takes all external names away.',
  links: ['coredns/coredns#3034', 'coredns/coredns#5180', 'plugin/template/template.go ServeDNS'],
  examples: [
    {
      bad: '. {\n    template IN A {\n        match "^a\\.example\\.$"\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN A {\n        match "^a\\.example\\.$"\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      also: ['template-single-family'],
    },
    {
      bad: '. {\n    template IN TXT corp.example {\n        match "^a\\."\n        answer "{{ .Name }} 60 IN TXT a"\n    }\n    template IN TXT corp.example {\n        match "^b\\."\n        answer "{{ .Name }} 60 IN TXT b"\n    }\n}\n',
      good: '. {\n    template IN TXT corp.example {\n        match "^a\\."\n        answer "{{ .Name }} 60 IN TXT a"\n        fallthrough\n    }\n    template IN TXT corp.example {\n        match "^b\\."\n        answer "{{ .Name }} 60 IN TXT b"\n    }\n}\n',
    },
    {
      bad: '. {\n    template IN A {\n        match "^a\\.example\\.$"\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n        fallthrough example\n    }\n    template IN AAAA {\n        match "^a\\.example\\.$"\n        rcode NOERROR\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
      good: '. {\n    template IN A {\n        match "^a\\.example\\.$"\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n        fallthrough\n    }\n    template IN AAAA {\n        match "^a\\.example\\.$"\n        rcode NOERROR\n        fallthrough\n    }\n    forward . 10.0.0.53\n}\n',
    },
  ],
}
