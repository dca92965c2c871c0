import type { FilledIn } from '../../grammar/node-cache.ts'
import { type Program, programOf } from '../../grammar/program.ts'
import type { Configuration, Problem, ServerBlock, Unknown } from '../expand/configuration.ts'
import type { Place, TokenView } from '../expand/token-view.ts'
import { isSince } from '../values/release.ts'
import { type EvaluationContext, evaluate } from './evaluate.ts'
import { StandIns } from './filled-in.ts'
import { isKnown } from './known.ts'
import type { Reason, Verdict } from './reason.ts'
import { referenceReasons } from './references.ts'
import { readServers, type Served, transportsOfBlock, zonesOfBlock } from './servers.ts'

/** What the judge knows beyond the text. */
export interface JudgeOptions {
  readonly release: string
  /** What runs the Corefile at that release; the official program when missing. */
  readonly program?: Program
  /** Whether a path exists where CoreDNS runs; undefined when nobody said. Without it existence is an assumption. */
  readonly fileExists?: (path: string) => boolean | undefined
  /** The text of a file where CoreDNS runs, null for a directory; undefined when nobody said. Without it files are what they must be. */
  readonly fileText?: (path: string) => string | null | undefined
  /** The value of an environment variable where CoreDNS runs, empty when it is not set; undefined when nobody said. */
  readonly environment?: (name: string) => string | undefined
  /** Whether a network interface exists where CoreDNS runs; undefined when nobody said. */
  readonly interfaceExists?: (name: string) => boolean | undefined
  /** Placeholders that the program itself replaces before CoreDNS reads the text, by the word; none when missing. */
  readonly filledIn?: ReadonlyMap<string, FilledIn>
}

/** A verdict and what was read on the way to it. */
export interface Judgement {
  readonly verdict: Verdict
  readonly served: readonly Served[]
}

/**
 * Says whether a release would start with a configuration, in the order in which CoreDNS finds out: syntax, addresses, plugins in run
 * order, servers. Reasons behind the first are what it would say next. A configuration with a part that is not known is `unknown`,
 * unless something that is known is refused already.
 */
export function judge(configuration: Configuration, options: JudgeOptions): Judgement {
  const { release } = options
  const assumes = new Set<string>()
  const open = new Set<string>()
  const servers = readServers(configuration, release)
  const standIns = new StandIns(configuration, options.filledIn ?? new Map())
  const setup = setupReasons(configuration, servers.served, standIns, options, assumes, open)
  const isStoodIn = (place: Place) => standIns.of(place) !== undefined
  // Where the place does not take such a word at all, nobody knows what becomes of it.
  const misplaced = setup.filter(({ at }) => isStoodIn(at))
  const unknowns = configuration.unknowns.filter(
    ({ at }) => !isStoodIn(at) || misplaced.some((reason) => isSame(reason.at, at)),
  )
  const reasons: Reason[] = [
    ...referenceReasons(configuration, release),
    ...configuration.problems.map(syntaxReason),
    ...servers.keyReasons,
    ...setup.filter(({ at }) => !isStoodIn(at)),
    ...servers.serverReasons,
    ...servers.startReasons,
  ]
  const templated = unknowns.some(({ kind }) => kind === 'placeholder')
  const certain = isComplete(configuration) ? reasons : reasons.filter(({ kind }) => !ABOUT_ABSENCE.has(kind))
  const counted = templated ? certain.filter((reason) => isLocal(reason, hasControl(unknowns))) : certain
  const unknown = new Set([
    ...unknowns.map(describeUnknown),
    ...open,
    ...undescribed(configuration, options.program ?? programOf(release)),
  ])
  const kind = templated ? 'unknown' : counted.length > 0 ? 'refused' : unknown.size > 0 ? 'unknown' : 'accepted'
  const verdict: Verdict = {
    kind,
    release,
    reasons: counted,
    assumes: [...assumes].sort(),
    unknown: [...unknown].sort(),
  }
  return { verdict, served: servers.served }
}

function setupReasons(
  configuration: Configuration,
  served: readonly Served[],
  standIns: StandIns,
  options: JudgeOptions,
  assumes: Set<string>,
  open: Set<string>,
): Reason[] {
  const { release, program = programOf(release) } = options
  const contextOf = (block: ServerBlock): EvaluationContext => ({
    release,
    isSince: (first) => isSince(release, first),
    zones: zonesOfBlock(block, served),
    transports: transportsOfBlock(block, served),
    root: rootOf(configuration, block),
    hasPlugin: (plugin) => block.directives.has(plugin),
    fileExists: options.fileExists ?? (() => undefined),
    fileText: options.fileText ?? (() => undefined),
    variable: options.environment ?? (() => undefined),
    interfaceExists: options.interfaceExists ?? (() => undefined),
    isKnown: (view, number) => isKnown(configuration, view, number) || standIns.of(view.place(number)) !== undefined,
    assume: (what) => assumes.add(what),
    leaveOpen: (why) => open.add(why),
  })
  /** The blocks by the plugins they use, in written order. */
  const users = new Map<string, { readonly tokens: TokenView; readonly context: EvaluationContext }[]>()
  for (const block of configuration.blocks) {
    if (block.keys.length === 1 && block.keys[0]?.known === false) continue
    const context = contextOf(block)
    for (const [name, written] of block.directives) {
      const tokens = standIns.isEmpty ? written : written.withStandIns((place) => standIns.of(place))
      const others = users.get(name)
      if (others === undefined) users.set(name, [{ tokens, context }])
      else others.push({ tokens, context })
    }
  }
  return program.plugins.flatMap((name) => {
    const own = users.get(name)
    const known = own === undefined ? null : program.describe(name)
    if (own === undefined || known === null) return []
    return own.flatMap(({ tokens, context }) => evaluate(known.grammar, known.quirks, tokens, context))
  })
}

function isSame(one: Place, other: Place): boolean {
  return one.list === other.list && one.index === other.index
}

/** The plugins of others' making in use whose words nobody described: what they would refuse is not known. */
function undescribed({ blocks }: Configuration, program: Program): string[] {
  const names = blocks.flatMap(({ directives }) => [...directives.keys()])
  return names
    .filter((name) => program.isExternal(name) && program.describe(name) === null)
    .map((name) => `plugin ${name} is not described`)
}

/** plugin/root/setup.go: the last path counts. */
function rootOf(configuration: Configuration, block: ServerBlock): string | null {
  const tokens = block.directives.get('root')
  if (tokens === undefined || tokens.count < 2) return ''
  const last = tokens.count - 1
  return isKnown(configuration, tokens, last) ? tokens.value(last) : null
}

function syntaxReason({ kind, at, subject }: Problem): Reason {
  return {
    kind,
    stage: 'syntax',
    at,
    plugin: null,
    property: null,
    subject,
    expected: null,
    message: null,
    other: null,
  }
}

/** What is wrong only as long as nothing more stands in the block. */
const ABOUT_ABSENCE: ReadonlySet<Reason['kind']> = new Set([
  'missing-property',
  'needs',
  'tls-conflict',
  'tls-missing',
  'zone-overlap',
])

/** False where an import that is not at hand, or a directive whose name is not known, may bring what is missing. */
function isComplete({ unknowns, blocks }: Configuration): boolean {
  if (unknowns.length === 0) return true
  if (unknowns.some(({ kind }) => kind === 'import')) return false
  return blocks.every(({ occurrences }) => occurrences.every(({ known }) => known))
}

/**
 * What of a template holds whatever is filled in. Where placeholders stand for words, all that is said of known words; where they may
 * stand for lines or leave some out, only what a single word says.
 */
function isLocal({ kind, stage }: Reason, hasControl: boolean): boolean {
  if (stage === 'servers' || stage === 'start') return false
  return !hasControl || kind === 'out-of-range' || kind === 'duration-unit'
}

/** Whether a placeholder may stand for lines or leave some out, and not for a word alone. */
function hasControl(unknowns: readonly Unknown[]): boolean {
  return unknowns.some(({ kind, subject }) => kind === 'placeholder' && CONTROL.test(subject))
}

const CONTROL =
  /^\{%|^%\{|^<%|^\{\{-?\s*(?:if|else|end|range|with|define|include|template|block|tpl|\$\w+\s*:=)\b|\bn?indent\b|-\}\}$|^STUBDOMAINS|^FEDERATIONS/

function describeUnknown({ kind, subject }: Unknown): string {
  if (kind === 'variable') return `variable ${subject} is not given`
  if (kind === 'import') return `import ${subject} is not at hand`
  return `placeholder ${subject} is not filled in`
}
