import {
  type Value as ExpressionValue,
  type RunnableExpression,
  runnableExpression,
  UnknownValue,
} from '../../../values/expression-run.ts'
import { ExpressionError } from '../../../values/expression-tokens.ts'
import { templateError } from '../../../values/go-template.ts'
import { runTemplate } from '../../../values/go-template-run.ts'
import { type TemplateTree, templateTree } from '../../../values/go-template-tree.ts'
import { type Struct, TemplateFailure, TemplateUnclear, type Value } from '../../../values/go-template-value.ts'
import { isInvalid } from '../../../values/invalid.ts'
import { normalizeName } from '../../../values/name.ts'
import { compileRegexp, type Groups, type Regexp } from '../../../values/re2.ts'
import { parseRecord } from '../../../values/resource-record.ts'
import type { OccurrenceView, PropertyView } from '../../../verdict/servers-view.ts'
import type { Outcome, ResourceRecord } from '../../outcome.ts'
import type { BlockContext, Link, PluginModel, Reply, Request, Turn } from '../model.ts'
import { queryFunctions } from '../query-functions.ts'
import { answerOnly, isKnownOutcome, ofRcode, recordsOf, returned, unknown, written } from '../replies.ts'
import { type Fallthrough, matchZone, readFallthrough, ZoneIndex } from '../zones.ts'

/** plugin/template/template.go: templates in written order, the first one that fits answers. */
export const template: PluginModel = {
  prepare: (occurrences, context) => [new TemplateLink(occurrences, context)],
  mention(occurrences, vocabulary) {
    for (const occurrence of occurrences) {
      const zones = zonesOf(occurrence)
      for (const zone of zones) vocabulary.domain(zone)
      for (const { args } of occurrence.properties('match')) {
        for (const { value } of args) vocabulary.pattern(value, occurrence, zones)
      }
    }
  },
}

function zonesOf(occurrence: OccurrenceView): readonly string[] {
  return occurrence.zones(occurrence.args.slice(2))
}

/** One `template`. */
interface Template {
  readonly occurrence: OccurrenceView
  readonly zones: readonly string[]
  readonly class: string
  readonly type: string
  /** In written order, with the text of each. */
  readonly matches: readonly { readonly text: string; readonly expression: Regexp }[]
  readonly answers: readonly TemplateTree[]
  readonly additionals: readonly TemplateTree[]
  readonly authorities: readonly TemplateTree[]
  readonly rcode: string
  readonly fallthrough: Fallthrough
  /** What gives values to names (`var`), then what must be true (`expr`); null where one cannot be read. */
  readonly expressions: Expressions | null
}

interface Expressions {
  readonly variables: readonly { readonly name: string; readonly run: RunnableExpression }[]
  readonly conditions: readonly RunnableExpression[]
}

/** What expressions make of a query: the variables where all conditions hold. */
type Evaluated = ReadonlyMap<string, ExpressionValue> | 'refused' | 'failed' | 'unknown'

/** What came of trying a template. */
type Match = {
  readonly zone: string
  readonly text: string
  readonly groups: Groups
  readonly names: readonly string[]
}

class TemplateLink implements Link {
  readonly #templates: readonly (Template | null)[]
  readonly #zones: ZoneIndex
  /** Where templates fit, those that cannot be read everywhere. */
  readonly #fitting: ZoneIndex
  readonly #context: BlockContext

  constructor(occurrences: readonly OccurrenceView[], context: BlockContext) {
    this.#context = context
    this.#zones = new ZoneIndex(occurrences.map(zonesOf))
    this.#templates = occurrences.map((occurrence) => readTemplate(occurrence, context))
    this.#fitting = new ZoneIndex(this.#templates.map((template) => template?.zones ?? ['.']))
  }

  serve(request: Request, turn: Turn): Reply {
    const name = normalizeName(request.name)
    if (this.#zones.listsOf(name).length === 0) {
      turn.note('not its zone')
      return turn.next()
    }
    for (const at of this.#fitting.listsOf(name)) {
      const each = this.#templates[at] ?? null
      if (each === null) return unknown('a template that cannot be read')
      const zone = matchZone(each.zones, name)
      if (zone === null || !fits(each, request)) continue
      const match = findMatch(each, zone, name)
      const evaluated = match === null ? 'refused' : this.#evaluate(each, match, request)
      if (evaluated === 'unknown') return unknown('what an expression of template gives is not known')
      if (evaluated === 'failed') return returned({ kind: 'servfail', reason: 'an expression of template fails' })
      if (match !== null && evaluated !== 'refused') return this.#answer(each, match, evaluated, request, turn)
      if (each.fallthrough.passes(name)) continue
      turn.note('no expression matches, and no fallthrough', each.occurrence.name.place)
      // Up to 1.9.2 it claimed to have written NXDOMAIN.
      if (!this.#context.since('1.9.3')) return returned({ kind: 'dropped', reason: 'template writes no reply' })
      return returned({ kind: 'servfail', reason: 'no expression of template matches, and it has no fallthrough' })
    }
    turn.note('no template fits')
    return turn.next()
  }

  /** The variables in their order, then the conditions (`match`). */
  #evaluate({ expressions }: Template, { groups, names }: Match, request: Request): Evaluated {
    const values = new Map<string, ExpressionValue>()
    if (expressions === null) return 'unknown'
    if (expressions.variables.length + expressions.conditions.length === 0) return values
    const group = groupMap(groups, names)
    const functions = {
      ...queryFunctions(this.#context, request),
      group: (name: ExpressionValue) => (name instanceof UnknownValue ? name : (group.get(String(name)) ?? '')),
    }
    try {
      for (const { name, run } of expressions.variables) values.set(name, run(functions, values))
      const results = expressions.conditions.map((run) => run(functions, values))
      if (results.some((result) => !(result instanceof UnknownValue) && result !== true)) return 'refused'
      return results.every((result) => result === true) ? values : 'unknown'
    } catch (error) {
      if (error instanceof ExpressionError) return 'failed'
      throw error
    }
  }

  #answer(
    own: Template,
    match: Match,
    variables: ReadonlyMap<string, ExpressionValue>,
    request: Request,
    turn: Turn,
  ): Reply {
    turn.note(`template ${own.class} ${own.type} ${match.zone}`, own.occurrence.name.place)
    if (own.rcode === 'SERVFAIL') return returned({ kind: 'servfail', reason: 'template says SERVFAIL' })
    const data = this.#data(own, match, variables, request)
    try {
      const answers: { readonly record: ResourceRecord; readonly reached: Outcome | null }[] = []
      for (const record of this.#records(own.answers, data)) {
        const isAlias = record.type === 'CNAME' && (request.type === 'A' || request.type === 'AAAA')
        answers.push({ record, reached: isAlias ? this.#reached(record, request) : null })
      }
      const additionals = this.#records(own.additionals, data)
      const authority = this.#records(own.authorities, data)
      return written(this.#outcome(own, answers, additionals, authority), authority)
    } catch (error) {
      if (error instanceof TemplateUnclear) return unknown(error.message)
      if (!(error instanceof TemplateFailure)) throw error
      turn.note(`fails: ${error.message}`)
      return { ...returned({ kind: 'servfail', reason: `template fails: ${error.message}` }), isError: true }
    }
  }

  /** What the target of a CNAME gives through the whole server; null where it gives no records. */
  #reached({ data }: ResourceRecord, request: Request): Outcome | null {
    const outcome = answerOnly(this.#context.lookup(request, data, request.type).outcome)
    if (outcome.kind === 'dropped' && !this.#context.since('1.9.0')) {
      throw new TemplateFailure('nobody replies to the question for its CNAME, and it panics')
    }
    return outcome.kind === 'nodata' || outcome.kind === 'dropped' ? null : outcome
  }

  #outcome(
    { rcode }: Template,
    answers: readonly { readonly record: ResourceRecord; readonly reached: Outcome | null }[],
    additionals: readonly ResourceRecord[],
    authority: readonly ResourceRecord[],
  ): Outcome {
    const last = answers.at(-1)
    const before = answers.slice(0, -1)
    if (last === undefined) {
      const isReferral = rcode === 'NOERROR' && authority.some(({ type }) => type === 'NS')
      if (isReferral)
        return { kind: 'referral', records: [...authority.filter(({ type }) => type === 'NS'), ...additionals] }
      return ofRcode(rcode, 'template says SERVFAIL')
    }
    if (before.some(({ reached }) => reached !== null && !isKnownOutcome(reached))) {
      throw new TemplateUnclear('several CNAME records lead elsewhere')
    }
    const known = before.flatMap(({ record, reached }) => [record, ...(reached === null ? [] : recordsOf(reached))])
    const records = [...known, last.record]
    const isAlias = last.record.type === 'CNAME'
    if (rcode === 'NOERROR') {
      if (isAlias) return { kind: 'alias', records, target: last.record.data, reached: last.reached }
      return { kind: 'records', records }
    }
    if (last.reached !== null && !isKnownOutcome(last.reached)) {
      throw new TemplateUnclear('records of elsewhere come with another rcode')
    }
    return { kind: 'rcode', rcode, records: [...records, ...(last.reached === null ? [] : recordsOf(last.reached))] }
  }

  #records(trees: readonly TemplateTree[], data: Struct): ResourceRecord[] {
    return trees.map((tree) => {
      const text = runTemplate(tree, data)
      const record = parseRecord(text, this.#context.program.release)
      if (record === 'empty') throw new TemplateUnclear('a template that gives no record at all')
      if (record === null) throw new TemplateFailure(`it gives no record: ${text.slice(0, 100)}`)
      const { name, ttl, type, data: recordData } = record
      return { name, ttl, type, data: recordData }
    })
  }

  /** The fields and methods of `templateData`. */
  #data(
    own: Template,
    { zone, text, groups, names }: Match,
    variables: ReadonlyMap<string, ExpressionValue>,
    request: Request,
  ): Struct {
    const matched = groups.map((each) => each ?? '')
    const group = groupMap(groups, names)
    const known = [...variables].flatMap(([name, value]): [string, Value][] => {
      return value instanceof UnknownValue || Array.isArray(value) ? [] : [[name, value as Value]]
    })
    const any = (asked: string, written: string) => (asked === 'ANY' ? written : asked)
    const { client } = request.query
    const unclear = (what: string) => () => {
      throw new TemplateUnclear(`what ${what} is, nobody knows here`)
    }
    return {
      fields: new Map<string, Value>([
        ['Zone', zone],
        ['Name', normalizeName(request.name)],
        ['Regex', text],
        ['Match', matched],
        ['Group', group],
        ['Class', any(request.class, own.class)],
        ['Type', any(request.type, own.type)],
        ...(known.length === variables.size ? [['Var', new Map(known)] as [string, Value]] : []),
      ]),
      methods: new Map<string, () => Value>([
        ['Meta', () => (this.#context.block.has('metadata') ? unclear('metadata')() : '')],
        ['Message', unclear('the message')],
        ['Question', () => questionOf(request)],
        ['Remote', () => client ?? unclear('the address of the client')()],
      ]),
    }
  }
}

/** The groups of a match by their numbers and names. */
function groupMap(groups: Groups, names: readonly string[]): Map<string, string> {
  const map = new Map(groups.map((value, at) => [String(at), value ?? '']))
  for (const [at, name] of names.entries()) if (name !== '') map.set(name, groups[at + 1] ?? '')
  return map
}

function expressionsOf(occurrence: OccurrenceView, release: string): Expressions | null {
  try {
    const read = (words: readonly { readonly value: string }[]) =>
      runnableExpression(words.map(({ value }) => value).join(' '), release)
    return {
      variables: occurrence
        .properties('var')
        .map(({ args: [name, ...words] }) => ({ name: name?.value ?? '', run: read(words) })),
      conditions: occurrence.properties('expr').map(({ args }) => read(args)),
    }
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}

function questionOf({ name }: Request): Struct {
  const unclear = (): Value => {
    throw new TemplateUnclear('the numbers of type and class are not looked at')
  }
  return {
    fields: new Map([['Name', name]]),
    methods: new Map([
      ['Qtype', unclear],
      ['Qclass', unclear],
    ]),
  }
}

function fits(own: Template, { type, class: asked }: Request): boolean {
  const isClass = own.class === 'ANY' || asked === 'ANY' || asked === own.class
  return isClass && (own.type === 'ANY' || type === 'ANY' || type === own.type)
}

function findMatch({ matches }: Template, zone: string, name: string): Match | null {
  for (const { text, expression } of matches) {
    const groups = expression.find(name)
    if (groups !== null) return { zone, text, groups, names: expression.names }
  }
  return null
}

/** plugin/template/setup.go templateParse; null where a word is not what the release takes. */
function readTemplate(occurrence: OccurrenceView, { program }: BlockContext): Template | null {
  const words = (lines: readonly PropertyView[]) => lines.flatMap(({ args }) => args.map(({ value }) => value))
  const texts = words(occurrence.properties('match'))
  const expressions = (texts.length === 0 ? ['.*'] : texts).map((text) => ({ text, expression: compileRegexp(text) }))
  const matches = expressions.flatMap(({ text, expression }) => (isInvalid(expression) ? [] : [{ text, expression }]))
  const sections = ['answer', 'additional', 'authority'].map((section) => words(occurrence.properties(section)))
  if (matches.length < expressions.length) return null
  if (sections.flat().some((text) => templateError(text, program.release) !== null)) return null
  const [answers = [], additionals = [], authorities = []] = sections.map((each) => each.map(templateTree))
  const rcode = occurrence.properties('rcode').at(-1)?.args[0]?.value ?? 'NOERROR'
  return {
    occurrence,
    zones: zonesOf(occurrence),
    class: occurrence.args[0]?.value ?? 'IN',
    type: occurrence.args[1]?.value ?? 'ANY',
    matches,
    answers,
    additionals,
    authorities,
    rcode: rcode === 'NOTIMPL' ? 'NOTIMP' : rcode,
    fallthrough: readFallthrough(occurrence),
    expressions: expressionsOf(occurrence, program.release),
  }
}
