import { foldCase } from '../values/name.ts'
import { ZoneIndex, zonesAround } from '../values/zone-index.ts'
import type { BlockView, OccurrenceView, WordView } from '../verdict/servers-view.ts'
import { firstZonesAnswered } from './answering.ts'

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

const views = new WeakMap<OccurrenceView, TemplateView | null>()

/** Reads a `template`, once; null where its class is not the internet's or one of its words is not known. */
export function readTemplate(template: OccurrenceView): TemplateView | null {
  let view = views.get(template)
  if (view === undefined) {
    view = read(template)
    views.set(template, view)
  }
  return view
}

function read(template: OccurrenceView): TemplateView | null {
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
  let tests: (RegExp | null)[] | undefined
  return {
    type: type.value.toUpperCase(),
    expressions,
    hasConditions,
    answers,
    rcode,
    matches(name) {
      tests ??= expressions.map(compile)
      return tests.length === 0 || tests.some((test) => test?.test(name) === true)
    },
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

/** A template that is tried behind another one of its block for some of the same names and types; null where there is none. */
export function templateBehind(template: OccurrenceView, release: string): OccurrenceView | null {
  const { block } = template
  let last = lastTemplates.get(block)
  if (last === undefined) {
    last = new LastTemplates(block, release)
    lastTemplates.set(block, last)
  }
  return last.behind(template, release)
}

const lastTemplates = new WeakMap<BlockView, LastTemplates>()

interface Placed {
  readonly template: OccurrenceView
  readonly position: number
}

/** The last template of a block for each type and zone: where a block has thousands, none is looked for among all others. */
class LastTemplates {
  readonly #positions = new Map<OccurrenceView, number>()
  /** By type, then by the zone itself. */
  readonly #at = new Map<string, Map<string, Placed>>()
  /** By type, then by each zone around it. */
  readonly #within = new Map<string, Map<string, Placed>>()

  constructor(block: BlockView, release: string) {
    for (const [position, template] of block.occurrences('template').entries()) {
      this.#positions.set(template, position)
      const type = readTemplate(template)?.type
      if (type === undefined) continue
      for (const zone of firstZonesAnswered(template, release) ?? []) {
        const key = foldCase(zone)
        inside(this.#at, type).set(key, { template, position })
        for (const around of zonesAround(key)) inside(this.#within, type).set(around, { template, position })
      }
    }
  }

  behind(template: OccurrenceView, release: string): OccurrenceView | null {
    const own = readTemplate(template)?.type
    const position = this.#positions.get(template) ?? 0
    if (own === undefined) return null
    for (const type of own === 'ANY' ? this.#at.keys() : [own, 'ANY']) {
      for (const zone of firstZonesAnswered(template, release) ?? []) {
        const key = foldCase(zone)
        const candidates = zonesAround(key).map((around) => this.#at.get(type)?.get(around))
        for (const found of [this.#within.get(type)?.get(key), ...candidates])
          if (found !== undefined && found.position > position) return found.template
      }
    }
    return null
  }
}

function inside<Item>(maps: Map<string, Map<string, Item>>, key: string): Map<string, Item> {
  const own = maps.get(key) ?? new Map<string, Item>()
  maps.set(key, own)
  return own
}

/** The templates of a block that fit, by their zones; null where that is not known of one. */
export function zonesOfTemplates(
  block: BlockView,
  release: string,
  fits: (view: TemplateView) => boolean,
): ZoneIndex<OccurrenceView> | null {
  const index = new ZoneIndex<OccurrenceView>()
  for (const template of block.occurrences('template')) {
    const view = readTemplate(template)
    const zones = firstZonesAnswered(template, release)
    if (view === null || zones === null) return null
    if (fits(view)) for (const zone of zones) index.add(zone, template)
  }
  return index
}

/** Our own engine goes back and tries again: with the cube of a name's length at worst where no more than so many repetitions are open. */
const MOST_REPETITIONS = 3

/** The expression for our own engine; null where that reads it otherwise than Go, or could take long. */
function compile(expression: string): RegExp | null {
  if (expression.length > 500 || /\)[+*{]/.test(expression) || /\\[AzCQEpP]|\[\[:/.test(expression)) return null
  const repetitions = expression.match(/[+*]|\{\d+,\}|\{\d*,?\d{2,}\}/g)?.length ?? 0
  if (repetitions > MOST_REPETITIONS) return null
  try {
    return new RegExp(
      expression.replace(/^\(\?i\)/, '').replaceAll('(?P<', '(?<'),
      expression.startsWith('(?i)') ? 'i' : '',
    )
  } catch {
    return null
  }
}
