import type { PluginGrammar } from '../../../grammar/schema.ts'
import type { Quirks } from '../../../grammar/setup.ts'
import { expand } from '../../../src/expand/expand.ts'
import { isSince } from '../../../src/values/release.ts'
import { type EvaluationContext, evaluate } from '../../../src/verdict/evaluate.ts'
import type { Reason } from '../../../src/verdict/reason.ts'

export interface PluginModule {
  readonly default: PluginGrammar
  readonly quirks?: Quirks
}

/** Why a release refuses what the plugin's lines say, without what other plugins or the syntax have against it. */
export function reasonsOf(
  { default: grammar, quirks = {} }: PluginModule,
  block: string,
  release: string,
  world: Partial<EvaluationContext> = {},
): Reason[] {
  const configuration = expand(`. {\n${block}\n}\n`, {
    isDirective: () => true,
  })
  const tokens = configuration.blocks[0]?.directives.get(grammar.name)
  if (tokens === undefined) return []
  return evaluate(grammar, quirks, tokens, {
    release,
    isSince: (first) => isSince(release, first),
    zones: ['.'],
    transports: ['dns'],
    root: '',
    hasPlugin: () => false,
    fileExists: () => undefined,
    fileText: () => undefined,
    variable: () => undefined,
    interfaceExists: () => undefined,
    isKnown: () => true,
    assume: () => {},
    leaveOpen: () => {},
    ...world,
  })
}

/** The kind of each reason and the word it is about. */
export function faultsOf(...args: Parameters<typeof reasonsOf>): string[] {
  return reasonsOf(...args).map(({ kind, subject }) => `${kind} ${subject}`)
}
