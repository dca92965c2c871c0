import type { OccurrenceView, WordView } from '../verdict/servers-view.ts'
import { zonesAnswered, zonesMeet } from './answering.ts'

/** Which queries a `template` answers, apart from its zones. */
export interface TemplateView {
  /** In capitals; `ANY` for all. */
  readonly type: string
  /** The expressions, of which one must match; none match every name. */
  readonly expressions: readonly string[]
  /** Whether an `expr` decides too. */
  readonly hasConditions: boolean
  /** The templates of its answer. */
  readonly answers: readonly WordView[]
  /** The last `rcode`, in capitals; NOERROR where there is none. */
  readonly rcode: string
  /** Whether it answers a name, in lower case with its final dot; false for expressions that cannot be tried. */
  matches(name: string): boolean
}

/** Reads a `template`; null where its class is not the internet's or one of its words is not known. */
export function readTemplate(template: OccurrenceView): TemplateView | null {
  const [asked, type] = template.args
  if (asked === undefined || type === undefined || !asked.known || !type.known) return null
  if (!/^(?:IN|ANY)$/i.test(asked.value)) return null
  const expressions: string[] = []
  const answers: WordView[] = []
  let rcode = 'NOERROR'
  let hasConditions = false
  for (const { name, args } of template.lines()) {
    if (!name.known) return null
    if (name.value === 'expr') hasConditions = true
    else if (name.value === 'answer') answers.push(...args)
    else if (name.value === 'rcode' && args[0] !== undefined) rcode = args[0].known ? args[0].value.toUpperCase() : ''
    if (name.value !== 'match') continue
    if (args.some(({ known }) => !known)) return null
    for (const { value } of args) expressions.push(value)
  }
  const tests = expressions.map(compile)
  return {
    type: type.value.toUpperCase(),
    expressions,
    hasConditions,
    answers,
    rcode,
    matches: (name) => tests.length === 0 || tests.some((test) => test?.test(name) === true),
  }
}

/** Whether a template answers every name of its zones. */
export function matchesEveryName({ expressions, hasConditions }: TemplateView): boolean {
  if (hasConditions) return false
  return expressions.length === 0 || expressions.some((expression) => /^\^?\(?\.[*+]\)?\.?\$?$/.test(expression))
}

/** Whether a template answers queries of a type, `A` say. */
export function isForType({ type }: TemplateView, asked: string): boolean {
  return type === 'ANY' || asked === 'ANY' || type === asked
}

/** The templates of a block that are tried behind one for some of the same names and types. */
export function templatesBehind(template: OccurrenceView, release: string): readonly OccurrenceView[] {
  const own = readTemplate(template)
  const zones = zonesAnswered(template, release)
  const all = template.block.occurrences('template')
  if (own === null || zones === null) return []
  return all.slice(all.indexOf(template) + 1).filter((later) => {
    const other = readTemplate(later)
    const others = zonesAnswered(later, release)
    return other !== null && others !== null && isForType(own, other.type) && zonesMeet(zones, others)
  })
}

/** The expression for our own engine; null where that reads it otherwise than Go, or could take long. */
function compile(expression: string): RegExp | null {
  const nested = /[+*}]\)+[+*{]/
  if (expression.length > 500 || nested.test(expression) || /\\[AzCQEpP]|\[\[:/.test(expression)) return null
  try {
    return new RegExp(
      expression.replace(/^\(\?i\)/, '').replaceAll('(?P<', '(?<'),
      expression.startsWith('(?i)') ? 'i' : '',
    )
  } catch {
    return null
  }
}
