import type {
  ILookaheadStrategy,
  IOrAlt,
  IProduction,
  IToken,
  OptionalProductionType,
  Rule,
  TokenType,
} from 'chevrotain'
import { Alternation, NonTerminal, Option, Repetition, RepetitionMandatory, Terminal } from 'chevrotain'

interface First {
  readonly kinds: ReadonlySet<number>
  readonly nullable: boolean
}

type Looking = { LA_FAST(howMuch: number): IToken }

/**
 * Chooses by the next token alone, the first alternative whose gate is open winning. The Corefile grammar needs no more, and
 * computing the first sets directly is a fraction of the work of Chevrotain's general strategy on every cold start.
 */
export class SingleTokenLookahead implements ILookaheadStrategy {
  readonly #firsts = new Map<Rule, First>()

  validate(): [] {
    return []
  }

  buildLookaheadForAlternation(options: {
    prodOccurrence: number
    rule: Rule
  }): (alternatives?: IOrAlt<unknown>[]) => number | undefined {
    const production = find(
      options.rule,
      (node): node is Alternation => node instanceof Alternation,
      options.prodOccurrence,
    )
    const firsts = alternatives(production).map((alternative) => this.#sequence(alternative.definition))
    return function (this: Looking, alternatives?: IOrAlt<unknown>[]): number | undefined {
      const kind = this.LA_FAST(1).tokenTypeIdx
      for (let index = 0; index < firsts.length; index++) {
        const first = firsts[index] as First
        if (!first.nullable && !first.kinds.has(kind)) continue
        const gate = alternatives?.[index]?.GATE
        if (gate === undefined || gate.call(this)) return index
      }
      return undefined
    } as (alternatives?: IOrAlt<unknown>[]) => number | undefined
  }

  buildLookaheadForOptional(options: {
    prodOccurrence: number
    prodType: OptionalProductionType
    rule: Rule
  }): () => boolean {
    const type =
      options.prodType === 'Option' ? Option : options.prodType === 'Repetition' ? Repetition : RepetitionMandatory
    const production = find(
      options.rule,
      (node): node is Option | Repetition | RepetitionMandatory => node instanceof type,
      options.prodOccurrence,
    )
    const { kinds } = this.#sequence(production.definition)
    return function (this: Looking): boolean {
      return kinds.has(this.LA_FAST(1).tokenTypeIdx)
    } as () => boolean
  }

  #rule(rule: Rule): First {
    const known = this.#firsts.get(rule)
    if (known !== undefined) return known
    const first = this.#sequence(rule.definition)
    this.#firsts.set(rule, first)
    return first
  }

  #sequence(definition: readonly IProduction[]): First {
    const kinds = new Set<number>()
    for (const production of definition) {
      const first = this.#first(production)
      for (const kind of first.kinds) kinds.add(kind)
      if (!first.nullable) return { kinds, nullable: false }
    }
    return { kinds, nullable: true }
  }

  #first(production: IProduction): First {
    if (production instanceof Terminal) {
      return { kinds: new Set([(production.terminalType as TokenType).tokenTypeIdx as number]), nullable: false }
    }
    if (production instanceof NonTerminal) return this.#rule(production.referencedRule)
    if (production instanceof Alternation) {
      const firsts = alternatives(production).map((alternative) => this.#sequence(alternative.definition))
      const kinds = new Set(firsts.flatMap((first) => [...first.kinds]))
      return { kinds, nullable: firsts.some((first) => first.nullable) }
    }
    const { definition } = production as unknown as { definition: IProduction[] }
    const inner = this.#sequence(definition)
    return production instanceof RepetitionMandatory ? inner : { ...inner, nullable: true }
  }
}

/** The declared type of an alternation's definition says less than it holds. */
function alternatives(production: Alternation): readonly { readonly definition: IProduction[] }[] {
  return production.definition as unknown as { definition: IProduction[] }[]
}

/** The production of one type with the given occurrence number in a rule, wherever it is nested. */
function find<T extends IProduction>(rule: Rule, is: (node: IProduction) => node is T, occurrence: number): T {
  const pending: IProduction[] = [...rule.definition]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (is(node) && (node as unknown as { idx: number }).idx === occurrence) return node
    if (!(node instanceof NonTerminal))
      pending.push(...((node as unknown as { definition?: IProduction[] }).definition ?? []))
  }
  throw new Error(`rule ${rule.name} has no such production ${occurrence}`)
}
