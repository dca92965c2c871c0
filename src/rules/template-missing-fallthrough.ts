import { listPlugins, passedOn, passesZone, zonesAnswered, zonesMeet, zoneText } from '../lint/answering.ts'
import { insertProperty } from '../lint/edits.ts'
import { defineRule, type RuleText } from '../lint/rule.ts'
import { matchesEveryName, readTemplate, type TemplateView, templatesBehind } from '../lint/templates.ts'
import { isSubdomain } from '../values/name.ts'
import type { OccurrenceView } from '../verdict/servers-view.ts'

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
      const zones = zonesAnswered(template, release)
      if (view === null || matchesEveryName(view) || typeof passed === 'string' || zones === null) continue
      const lost = zones.filter((zone) => !passesZone(passed, zone) && !matchesBelow(view, zone))
      const behind = [...templatesBehind(template, release), ...template.block.answerersBehind('template')]
      const missed = behind.filter((answerer) => isMissed(answerer, lost, release))
      const [first] = missed
      if (first === undefined) continue
      const takesAll = template.block.zones.every((zone) => lost.some((each) => isSubdomain(each, zone)))
      const forAddresses = view.type === 'ANY' || view.type === 'A' || view.type === 'AAAA'
      const what = view.type === 'ANY' ? 'queries' : `${view.type} queries`
      const names = takesAll ? '' : ` for names in ${lost.map(zoneText).join(' and ')}`
      // Up to 1.9.2 nobody wrote an answer.
      const outcome = since('1.9.3') ? 'get SERVFAIL' : 'get no answer at all'
      const edit = passed.length === 0 ? insertProperty(template, 'fallthrough') : null
      report({
        at: (passed.length === 0 ? template.name : (template.properties('fallthrough').at(-1)?.name ?? template.name))
          .place,
        severity: takesAll && forAddresses ? 'error' : 'warning',
        message: `template ends the search here: ${what}${names} that it does not match ${outcome} and never reach ${nameOf(missed, first)} (${passed.length === 0 ? 'add fallthrough' : 'write fallthrough without a zone'})`,
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

function isMissed(answerer: OccurrenceView, lost: readonly string[], release: string): boolean {
  if (answerer.plugin === 'whoami' || answerer.plugin === 'erratic') return false
  const own = zonesAnswered(answerer, release)
  return own !== null && zonesMeet(own, lost)
}

function nameOf(missed: readonly OccurrenceView[], first: OccurrenceView): string {
  return first.plugin === 'template' ? 'the templates behind it' : listPlugins(missed)
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
