import { rcodeOf } from '../../values/codes.ts'
import { isInvalid } from '../../values/invalid.ts'
import { normalizeName } from '../../values/name.ts'
import { compileRegexp, type Groups, type Regexp } from '../../values/re2.ts'
import { neededParts } from '../../values/regexp-parts.ts'
import { rewriteWords } from '../../verdict/rewrite-words.ts'
import type { OccurrenceView } from '../../verdict/servers-view.ts'
import type { BlockContext } from './model.ts'

/** What a rule does to the records of a reply on their way back. */
export type ResponseRule =
  /** Turns the owner of a record, or a name in its data, into another; `says` is the same text for rules with the same effect. */
  | { readonly kind: 'name' | 'value'; readonly says: string; rewrite(name: string): string }
  | { readonly kind: 'ttl'; readonly least: number; readonly most: number }
  | { readonly kind: 'rcode'; readonly from: string; readonly to: string }
  | { readonly kind: 'cname'; readonly says: string; rewrite(target: string): string | null }

/** What a rule made of a question. */
export interface Rewritten {
  readonly name: string
  readonly type: string
  readonly class: string
  /** In the order in which the plugin keeps them. */
  readonly responses: readonly ResponseRule[]
}

/** One `rewrite`. */
export interface RewriteRule {
  readonly occurrence: OccurrenceView
  /** The only name, in lower case, that it can fit, or how the names end that it can fit; an empty end is that of all names. */
  readonly fits: { readonly name: string } | { readonly ends: readonly string[] }
  /** Whether the rules behind it see the question too. */
  readonly continues: boolean
  /** What it makes of a question; null where it does not fit. */
  rewrite(question: Omit<Rewritten, 'responses'>): Rewritten | null
  /** Names and domains that it tells names apart by. */
  readonly names: readonly string[]
  readonly domains: readonly string[]
  /** Expressions, and parts of names with names that have them. */
  readonly patterns: readonly { readonly source: string; readonly names: readonly string[] | null }[]
}

type Replace = (name: string) => string

/** Reads a `rewrite` that the release accepts (plugin/rewrite/rewrite.go newRule). */
export function readRewriteRule(occurrence: OccurrenceView, { since }: BlockContext): RewriteRule {
  const all = rewriteWords(occurrence).map(({ value }) => value)
  const mode = all[0]?.toLowerCase()
  const words = mode === 'stop' || mode === 'continue' ? all.slice(1) : all
  const [kind = '', ...args] = words
  const base = {
    occurrence,
    fits: { ends: [''] },
    continues: mode === 'continue',
    names: [],
    domains: [],
    patterns: [],
  }
  switch (kind.toLowerCase()) {
    case 'name':
      return { ...base, ...nameRule(args, since) }
    case 'type':
    case 'class': {
      const field = kind.toLowerCase() as 'type' | 'class'
      const [from = '', to = ''] = args.map((word) => word.toUpperCase())
      return {
        ...base,
        rewrite: (question) => (question[field] === from ? { ...question, [field]: to, responses: [] } : null),
      }
    }
    case 'ttl':
      return { ...base, ...replyRule(args, 1, ([value = '']) => ttlResponse(value)) }
    case 'rcode':
      return {
        ...base,
        ...replyRule(args, 2, ([from = '', to = '']) => ({ kind: 'rcode', from: rcodeName(from), to: rcodeName(to) })),
      }
    case 'cname': {
      const response = cnameResponse(args)
      return { ...base, rewrite: (question) => ({ ...question, responses: [response] }) }
    }
    default:
      // edns0 changes nothing that an answer depends on here.
      return { ...base, rewrite: (question) => ({ ...question, responses: [] }) }
  }
}

type Partly = Pick<RewriteRule, 'rewrite'> & Partial<RewriteRule>

/** plugin/rewrite/name.go newNameRule. */
function nameRule(args: readonly string[], since: BlockContext['since']): Partly {
  const match = args.length === 2 ? 'exact' : (args[0] ?? '').toLowerCase()
  const [from = '', to = ''] = args.length === 2 ? args : args.slice(1)
  const rest = args.slice(3)
  if (rest[0] === 'metadata' && since('1.15.0')) throw new Unreadable('what metadata is then is not known')
  const target = normalizeName(to)
  const own = normalizeName(from)
  const answers = answerRules(rest)
  const isAuto = (rest[1] === 'auto' || answers.isAuto) && since('1.8.4')
  const change = questionChange(match, match === 'regex' ? from : own, target)
  // Up to 1.8.3 an exact rule took its target for an expression on the way back.
  const back: ResponseRule[] = match === 'exact' && !since('1.8.4') ? [byExpression('name', target, own)] : []
  const fixed =
    match === 'suffix' && isAuto ? [...bySuffix(target, own), ...answers.rules] : [...back, ...answers.rules]
  const isDynamic = since('1.8.4') && (match === 'exact' || (isAuto && match !== 'suffix'))
  return {
    rewrite(question) {
      const asked = normalizeName(question.name)
      const name = change(asked)
      if (name === null) return null
      return { ...question, name, responses: isDynamic ? [...byMap(name, asked), ...fixed] : fixed }
    },
    fits: fitsOf(match, match === 'regex' ? from : own),
    names: match === 'exact' ? [own, target] : [],
    domains: match === 'suffix' ? [own, target].map((suffix) => suffix.replace(/^\.(?=.)/, '')) : [],
    patterns: patternsOf(match, match === 'regex' ? from : own),
  }
}

/** What a name becomes; null where the rule does not fit. The name is in lower case. */
function questionChange(match: string, from: string, to: string): (name: string) => string | null {
  switch (match) {
    case 'prefix':
      return (name) => (name.startsWith(from) ? to + name.slice(from.length) : null)
    case 'suffix':
      return (name) => (name.endsWith(from) ? name.slice(0, name.length - from.length) + to : null)
    case 'substring':
      return (name) => (name.includes(from) ? name.replaceAll(from, () => to) : null)
    case 'regex': {
      const expression = expressionOf(from)
      return (name) => {
        const groups = expression.find(name)
        return groups === null ? null : fillGroups(to, groups)
      }
    }
    default:
      return (name) => (name === from ? to : null)
  }
}

/** plugin/rewrite/name.go parseAnswerRules. */
function answerRules(words: readonly string[]): { readonly isAuto: boolean; readonly rules: readonly ResponseRule[] } {
  const rules: ResponseRule[] = []
  let isAuto = false
  let kind = ''
  for (let at = 0; at < words.length; ) {
    if (words[at] === 'answer') at++
    kind = words[at++] ?? kind
    if (kind === 'auto') {
      isAuto = true
      continue
    }
    const [from = '', to = ''] = words.slice(at, at + 2)
    if (kind === 'name' || kind === 'value') rules.push(byExpression(kind, from, normalizeName(to)))
    at += 2
  }
  return { isAuto, rules }
}

function both(says: string, rewrite: Replace): ResponseRule[] {
  return (['name', 'value'] as const).map((kind) => ({ kind, says, rewrite }))
}

/** A name and all below it become another. */
function byMap(from: string, to: string): ResponseRule[] {
  return both(`${from} and below become ${to}`, (name) => {
    if (name === from) return to
    return name.endsWith(`.${from}`) ? name.slice(0, name.length - from.length) + to : name
  })
}

function bySuffix(from: string, to: string): ResponseRule[] {
  return both(`${from} at the end becomes ${to}`, (name) =>
    name.endsWith(from) ? name.slice(0, name.length - from.length) + to : name,
  )
}

function byExpression(kind: 'name' | 'value', from: string, to: string): ResponseRule {
  const expression = expressionOf(from)
  return {
    kind,
    says: `${from} becomes ${to}`,
    rewrite(name) {
      const groups = expression.find(name)
      return groups === null ? name : fillGroups(to, groups)
    },
  }
}

/** `{1}` and the like become the groups, one number after the other. */
function fillGroups(text: string, groups: Groups): string {
  return groups.reduce<string>((now, group, number) => now.replaceAll(`{${number}}`, () => group ?? ''), text)
}

/** plugin/rewrite/ttl.go and rcode.go: `[MATCH] NAME VALUE...`, where nothing but the reply changes. */
function replyRule(
  args: readonly string[],
  values: number,
  responseOf: (values: readonly string[]) => ResponseRule,
): Partly {
  const hasMatch = args.length > values + 1
  const match = hasMatch ? (args[0] ?? '').toLowerCase() : 'exact'
  const text = args[hasMatch ? 1 : 0] ?? ''
  const fits = questionChange(match, match === 'regex' ? text : normalizeName(text), '.')
  const response = responseOf(args.slice(-values))
  return {
    rewrite: (question) =>
      fits(normalizeName(question.name)) === null ? null : { ...question, responses: [response] },
    fits: fitsOf(match, match === 'regex' ? text : normalizeName(text)),
    names: match === 'exact' ? [text] : [],
    domains: match === 'suffix' ? [text.replace(/^\.(?=.)/, '')] : [],
    patterns: patternsOf(match, match === 'regex' ? text : normalizeName(text)),
  }
}

function fitsOf(match: string, text: string): RewriteRule['fits'] {
  if (match === 'exact') return { name: text }
  if (match === 'suffix') return { ends: [text] }
  return { ends: match === 'regex' ? neededParts(text).ends : [''] }
}

function patternsOf(match: string, text: string): RewriteRule['patterns'] {
  if (match === 'regex') return [{ source: text, names: null }]
  if (match === 'prefix') return [{ source: `${match} ${text}`, names: [text, `${text}zz.`] }]
  return match === 'substring' ? [{ source: `${match} ${text}`, names: [text, `zz${text}`, `zz${text}zz.`] }] : []
}

function ttlResponse(value: string): ResponseRule {
  const [least = '', most] = value.split('-')
  if (most === undefined) return { kind: 'ttl', least: Number(least), most: Number(least) }
  return { kind: 'ttl', least: Number(least), most: most === '' ? 2147483647 : Number(most) }
}

function rcodeName(text: string): string {
  const upper = text.toUpperCase()
  if (!/^\d+$/.test(text)) return upper === 'NOTIMPL' ? 'NOTIMP' : upper
  return RCODES.find((name) => rcodeOf(name) === Number(text)) ?? `RCODE${Number(text)}`
}

const RCODES = 'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE'.split(' ')

/** plugin/rewrite/cname_target.go: another target of a CNAME, or null. */
function cnameResponse(args: readonly string[]): ResponseRule {
  const match = args.length === 3 ? (args[0] ?? '').toLowerCase() : 'exact'
  const [from = '', to = ''] = args.slice(-2).map((word) => word.toLowerCase())
  const isExact = match === 'exact'
  const change = isExact
    ? questionChange(match, normalizeName(from), normalizeName(to))
    : questionChange(match, from, to)
  return {
    kind: 'cname',
    says: `${match} ${isExact ? normalizeName(from) : from} ${isExact ? normalizeName(to) : to}`,
    rewrite: change,
  }
}

function expressionOf(text: string): Regexp {
  const compiled = compileRegexp(text)
  if (isInvalid(compiled)) throw new Unreadable(compiled.error)
  return compiled
}

/** A rule that nobody can follow; the message says why, without a full stop. */
export class Unreadable extends Error {}
