import { isInvalid } from '../../../values/invalid.ts'
import { type Network, parseCidr } from '../../../values/ip.ts'
import { normalizeName } from '../../../values/name.ts'
import type { OccurrenceView, PropertyView } from '../../../verdict/servers-view.ts'
import type { BlockContext, PluginModel, Reply, Request, Turn } from '../model.ts'
import { agreed, returned, written } from '../replies.ts'
import { matchZone } from '../zones.ts'

type Action = 'allow' | 'block' | 'filter' | 'drop'

interface Policy {
  readonly action: Action
  /** Types that it is about; null for all. */
  readonly types: ReadonlySet<string> | null
  /** Networks of clients that it is about; null for all. */
  readonly networks: readonly Network[] | null
  readonly line: PropertyView
}

interface Rule {
  readonly zones: readonly string[]
  readonly policies: readonly Policy[]
}

/** plugin/acl/acl.go: who may ask what. Where the client is not known, all policies that may fit are tried. */
export const acl: PluginModel = {
  prepare(occurrences, context) {
    const rules = occurrences.map(ruleOf)
    return [{ serve: (request, turn) => serve(rules, context, request, turn) }]
  },
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) for (const zone of ruleOf(occurrence).zones) vocabulary.domain(zone)
  },
}

function serve(rules: readonly Rule[], context: BlockContext, request: Request, turn: Turn): Reply {
  const possible = policiesFor(rules, context, request)
  const certain = possible.length === 1
  const replies = new Map<Action, Reply>()
  for (const policy of possible) {
    const action = policy?.action ?? 'allow'
    if (certain && policy !== null) turn.note(lineText(policy.line), policy.line.name.place)
    if (!replies.has(action)) replies.set(action, replyOf(action, turn))
  }
  if (certain && possible[0] === null) turn.note('no policy for the client and this name')
  const [first] = possible
  const decides = first == null ? 'the policy' : lineText(first.line)
  if (replies.size > 1) turn.note(`${decides}: it depends on where the client is`, first?.line.name.place)
  return agreed([...replies.values()], `it depends on where the client is (acl, ${decides})`)
}

function replyOf(action: Action, turn: Turn): Reply {
  switch (action) {
    case 'allow':
      return turn.next()
    case 'block':
      return written({ kind: 'refused' }, [])
    case 'filter':
      return written({ kind: 'nodata' }, [])
    case 'drop':
      return returned({ kind: 'dropped', reason: 'acl drops the query' })
  }
}

/** The policies that may be the first one to fit, null for none; the last one surely fits those that no other one does. */
function policiesFor(rules: readonly Rule[], context: BlockContext, request: Request): (Policy | null)[] {
  const name = normalizeName(request.name)
  const possible: (Policy | null)[] = []
  for (const { zones, policies } of rules) {
    if (matchZone(zones, name) === null) continue
    for (const policy of policies) {
      if (policy.types !== null && !policy.types.has(request.type)) continue
      const fits = isIn(policy.networks, context, request)
      if (fits === false) continue
      possible.push(policy)
      if (fits) return possible
    }
  }
  return [...possible, null]
}

function isIn(networks: readonly Network[] | null, context: BlockContext, request: Request): boolean | null {
  if (networks === null) return true
  const answers = networks.map((network) => context.clientIn(request, network))
  if (answers.includes(true)) return true
  return answers.includes(null) ? null : false
}

function ruleOf(occurrence: OccurrenceView): Rule {
  return { zones: occurrence.zones(occurrence.args), policies: [...occurrence.lines()].map(policyOf) }
}

/** plugin/acl/setup.go parse: sections begin with `type` and `net`, in any case. */
function policyOf(line: PropertyView): Policy {
  const sections: Record<'type' | 'net', string[] | null> = { type: null, net: null }
  let section: 'type' | 'net' | null = null
  for (const { value } of line.args) {
    const lower = value.toLowerCase()
    if (lower === 'type' || lower === 'net') {
      section = lower
      sections[section] ??= []
    } else if (section !== null) sections[section]?.push(value)
  }
  const { type, net } = sections
  const isEveryType = type === null || type.includes('*') || type.includes('None')
  return {
    action: line.name.value.toLowerCase() as Action,
    types: isEveryType ? null : new Set(type),
    networks: net === null || net.includes('*') ? null : net.flatMap(networkOf),
    line,
  }
}

function networkOf(text: string): Network[] {
  const whole = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`
  const read = parseCidr(whole)
  return isInvalid(read) ? [] : [read.network]
}

function lineText({ name, args }: PropertyView): string {
  return [name, ...args].map(({ value }) => value).join(' ')
}
