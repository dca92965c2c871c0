import type { OccurrenceView } from '../verdict/servers-view.ts'

/** Which queries a `template` answers, apart from its zones. */
export interface TemplateView {
  /** In capitals; `ANY` for all. */
  readonly type: string
  /** The expressions, of which one must match; none match every name. */
  readonly expressions: readonly string[]
  /** Whether it answers a name, in lower case with its final dot; false for expressions that cannot be tried. */
  matches(name: string): boolean
}

/** Reads a `template`; null where its class is not the internet's or one of its words is not known. */
export function readTemplate(template: OccurrenceView): TemplateView | null {
  const [asked, type] = template.args
  if (asked === undefined || type === undefined || !asked.known || !type.known) return null
  if (!/^(?:IN|ANY)$/i.test(asked.value)) return null
  const expressions: string[] = []
  for (const { name, args } of template.lines()) {
    if (!name.known) return null
    if (name.value !== 'match') continue
    if (args.some(({ known }) => !known)) return null
    for (const { value } of args) expressions.push(value)
  }
  const tests = expressions.map(compile)
  return {
    type: type.value.toUpperCase(),
    expressions,
    matches: (name) => tests.length === 0 || tests.some((test) => test?.test(name) === true),
  }
}

/** Whether a template answers every name of its zones. */
export function matchesEveryName({ expressions }: TemplateView): boolean {
  return expressions.length === 0 || expressions.some((expression) => /^\^?\(?\.[*+]\)?\.?\$?$/.test(expression))
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
