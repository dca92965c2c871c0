import {
  type Cause,
  type Comparison,
  causesOf,
  type Difference,
  type ExpectedDifference,
  scopeOf,
} from '../resolver/compare.ts'
import type { SourcePlace } from '../resolver/decision.ts'
import { outcomeSummary } from '../resolver/outcome-summary.ts'
import type { Probe } from '../resolver/probes.ts'
import type { Restart } from '../resolver/restart.ts'
import { visible } from '../text/width.ts'
import { painter } from './paint.ts'
import { outcomeShape } from './trace-json.ts'
import { counted } from './words.ts'

/** What compare shows. */
export interface CompareContext {
  readonly colours: boolean
  readonly placeName: (place: SourcePlace) => string
  readonly probes: readonly Probe[]
  readonly restart: Restart | null
}

/** More names than this are told by examples. */
const MOST_NAMES = 3
/** Examples of one cause. */
const EXAMPLES = 2
/** More causes than this are counted. */
const MOST_CAUSES = 40

/** Which answers change, for people: a line of counts, then one group a cause. */
export function compareText(comparison: Comparison, context: CompareContext): string {
  const { probes, equal, declared, expected, undeclared, unproved } = comparison
  const paint = painter(context.colours)
  const counts = [
    `${counted(probes, 'probe')}, ${equal === probes ? 'all the same' : `${equal} the same`}`,
    ...(undeclared.length > 0 ? [paint('error', `${undeclared.length} answered differently`)] : []),
    ...(declared.length > 0 ? [`${declared.length} differ as declared`] : []),
    ...(expected.length > 0 ? [`${expected.length} differ as expected`] : []),
    ...(unproved.length > 0 ? [paint('warning', `${unproved.length} cannot be compared`)] : []),
  ]
  const lines = [counts.join(', ')]
  const causes = causesOf(undeclared)
  for (const cause of causes.slice(0, MOST_CAUSES)) lines.push('', ...causeLines(cause, context))
  if (causes.length > MOST_CAUSES)
    lines.push('', `  and ${causes.length - MOST_CAUSES} more causes: --format json has all of them`)
  if (declared.length > 0) {
    lines.push('', 'Declared, as the programs differ:')
    for (const [code, group] of byCode(declared)) {
      lines.push(`  ${code.padEnd(14)} ${String(group.length).padStart(5)}  ${group[0]?.reason ?? ''}`)
    }
  }
  if (expected.length > 0) lines.push('', ...expectedLines(expected))
  if (unproved.length > 0) {
    lines.push('', 'Not compared:')
    for (const [reason, names] of reasons(comparison)) lines.push(`  ${visible(names)}: ${visible(reason)}`)
  }
  if (context.restart !== null) lines.push('', restartText(context.restart))
  return `${lines.join('\n')}\n`
}

/** The last line. */
export function restartText({ needed, because }: Restart): string {
  return `needs restart: ${needed ? 'yes' : 'no'}, because ${visible(because)}`
}

function causeLines(cause: Cause, { colours, placeName, probes }: CompareContext): string[] {
  const paint = painter(colours)
  const place = cause.step?.at == null ? '' : `     ${paint('frame', placeName(cause.step.at))}`
  const subject = subjectOf(cause.differences, probes)
  const examples = examplesOf(cause.differences)
  const head = `  ${paint('message', visible(subject))}`
  const change = `${visible(cause.old)}  ->  ${visible(cause.new)}${place}`
  return [`${head}`, `      ${change}`, ...(examples === '' ? [] : [`      ${paint('frame', visible(examples))}`])]
}

/** What differences are about: `every name outside cluster.local`, `registry A`. */
export function subjectOf(differences: readonly Difference[], probes: readonly Probe[]): string {
  const { everything, except, below, names, types } = scopeOf(differences, probes)
  const kinds = types.length === 0 || types.length > 4 ? '' : ` ${types.join(', ')}`
  if (everything) return `every name${except.length === 0 ? '' : ` outside ${listed(except.map(bare))}`}${kinds}`
  const parts = [
    ...(below.length > 0 ? [`every name below ${listed(below.map(bare))}`] : []),
    ...(names.length > 0 ? [listed(names.map(bare))] : []),
  ]
  if (parts.length === 0) parts.push(listed([...new Set(differences.map(({ probe }) => bare(probe.query.name)))]))
  return `${parts.join(', and ')}${kinds}`
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown
}

function examplesOf(differences: readonly Difference[]): string {
  if (differences.length <= 1) return ''
  const texts = differences.slice(0, EXAMPLES).map(({ probe }) => `${bare(probe.query.name)} ${probe.query.type}`)
  const more = differences.length - texts.length
  return `e.g. ${texts.join(', ')}${more > 0 ? `, ... ${more} more` : ''}`
}

function bare(name: string): string {
  return name === '.' ? '.' : name.replace(/\.$/, '')
}

function byCode<Item extends { readonly code: string }>(items: readonly Item[]): [string, Item[]][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(item.code, [...(groups.get(item.code) ?? []), item])
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}

function expectedLines(expected: readonly ExpectedDifference[]): string[] {
  const reasons = new Map<string, number>()
  for (const { reason } of expected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return ['Expected:', ...[...reasons].map(([reason, count]) => `  ${count}  ${visible(reason || 'no reason given')}`)]
}

function reasons({ unproved }: Comparison): [string, string][] {
  const groups = new Map<string, string[]>()
  for (const { query, reason } of unproved) groups.set(reason, [...(groups.get(reason) ?? []), bare(query.name)])
  return [...groups].map(([reason, names]) => [reason, listed([...new Set(names)])])
}

/** The whole comparison as `compare --format json` says it. */
export function compareShape(
  { probes, equal, declared, expected, undeclared, unproved }: Comparison,
  restart: Restart | null,
): Record<string, unknown> {
  const shape = ({ probe, old, new: later }: Difference) => ({
    query: { name: probe.query.name, type: probe.query.type },
    old: outcomeShape(old.outcome),
    new: outcomeShape(later.outcome),
  })
  return {
    version: 1,
    probes,
    equal,
    declared: declared.map((one) => ({ ...shape(one), code: one.code, reason: one.reason })),
    expected: expected.map((one) => ({ ...shape(one), reason: one.reason })),
    undeclared: undeclared.map((one) => ({
      ...shape(one),
      summary: `${outcomeSummary(one.old.outcome)} -> ${outcomeSummary(one.new.outcome)}`,
    })),
    unproved: unproved.map(({ query, reason }) => ({ query: { name: query.name, type: query.type }, reason })),
    restart,
  }
}
