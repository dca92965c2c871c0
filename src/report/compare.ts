import { type Cause, causesOf, type SharedLines, type Side, scopeOf } from '../resolver/causes.ts'
import type { Comparison, Difference, ExpectedDifference, Unproved } from '../resolver/compare.ts'
import { outcomeSummary } from '../resolver/outcome-summary.ts'
import type { Probe, Reduced } from '../resolver/probes.ts'
import type { Restart } from '../resolver/restart.ts'
import type { Untried } from '../resolver/untried.ts'
import type { FilePlace } from '../text/range.ts'
import { displayWidth, visible } from '../text/width.ts'
import { painter } from './paint.ts'
import { outcomeShape } from './trace-json.ts'
import { reducedText, unprovedShape, untriedCount, untriedText } from './unproved.ts'
import { counted, wrapped } from './words.ts'

/** Says where a place of one of the two configurations is: `deploy/coredns.yaml:25`. */
export type PlaceOfSide = (place: FilePlace, side: Side) => string

/** What compare shows. */
export interface CompareContext {
  readonly colours: boolean
  readonly columns: number
  readonly placeName: PlaceOfSide
  readonly probes: Iterable<Probe>
  /** What was left out as there are very many names; null where nothing was. */
  readonly reduced: Reduced | null
  /** Patterns that no question was asked about. */
  readonly untried: readonly Untried[]
  readonly restart: Restart | null
  /** Which lines both have, where that is known: what is new or gone is the cause. */
  readonly lines: SharedLines | null
  /** What is to be said of a side, such as that its release refuses it: sentences without a full stop. */
  readonly notes: readonly string[]
}

/** More names than this are told by examples. */
const MOST_NAMES = 3
/** Examples of one cause. */
const EXAMPLES = 2
/** More causes than this are counted. */
const MOST_CAUSES = 40
/** More answers before one answer, or pairs of one cause, are counted. */
const MOST_ANSWERS = 3
/** What comes first on a line of a cause. */
const INDENT = 6

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
    ...(context.untried.length > 0 ? [paint('warning', untriedCount(context.untried))] : []),
  ]
  const lines = [counts.join(', '), ...context.notes.map((note) => paint('warning', visible(note)))]
  if (context.reduced !== null) lines.push(...wrapped(reducedText(context.reduced, probes), context.columns))
  const causes = causesOf(undeclared, context.lines)
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
  const open = openTexts(unproved, context.untried, context.probes)
  if (open.length > 0) lines.push('', 'Not compared:')
  for (const text of open) lines.push(...wrapped(visible(text), context.columns - 4).map(indented))
  if (context.restart !== null) lines.push('', ...wrapped(restartText(context.restart), context.columns))
  return `${lines.join('\n')}\n`
}

function indented(line: string, at: number): string {
  return `${at === 0 ? '  ' : '    '}${line}`
}

/** The last line. */
export function restartText({ needed, because }: Restart): string {
  return `needs restart: ${needed ? 'yes' : 'no'}, because ${visible(because)}`
}

function causeLines(cause: Cause, { colours, columns, placeName, probes }: CompareContext): string[] {
  const paint = painter(colours)
  const examples = examplesOf(cause.differences)
  const subject = wrapped(visible(subjectOf(cause.differences, probes)), columns - 4)
  const answers = answersOf(cause)
  const widest = Math.max(...answers.map(({ old, now }) => displayWidth(`${old}  ->  ${now}`)))
  return [
    ...subject.map((line, at) => indented(paint('message', line), at)),
    ...answers.flatMap(({ old, now }, at) => {
      const place = at > 0 ? '' : placeText(cause, placeName)
      return changeLines(`${old}  ->`, now, { place, columns: columns - INDENT, widest }).map(
        ({ text, frame }) => `${' '.repeat(INDENT)}${text}${paint('frame', frame)}`,
      )
    }),
    ...(examples === '' ? [] : [`${' '.repeat(INDENT)}${paint('frame', visible(examples))}`]),
  ]
}

/** One line where it fits, else the answer now and the place on lines of their own. */
function changeLines(
  old: string,
  now: string,
  { place, columns, widest }: { readonly place: string; readonly columns: number; readonly widest: number },
): { text: string; frame: string }[] {
  const whole = `${old}  ${now}`
  const gap = place === '' ? '' : ' '.repeat(Math.max(0, widest - displayWidth(whole)) + 4)
  if (displayWidth(whole + gap + place) <= columns) return [{ text: whole, frame: gap + place }]
  if (displayWidth(whole) <= columns) return [{ text: whole, frame: '' }, ...placeLines(place)]
  return [
    ...wrapped(old, columns).map((text) => ({ text, frame: '' })),
    ...wrapped(now, columns - 2).map((text) => ({ text: `  ${text}`, frame: '' })),
    ...placeLines(place),
  ]
}

function placeLines(place: string): { text: string; frame: string }[] {
  return place === '' ? [] : [{ text: '', frame: `  ${place}` }]
}

/** Answers before and now as people read them: what becomes the same answer is one line, or what was the same one where that takes fewer. */
export function answersOf({ changes }: Cause): { old: string; now: string }[] {
  const byNew = grouped(changes.map(({ old, new: later }) => [later, old]))
  const byOld = grouped(changes.map(({ old, new: later }) => [old, later]))
  const several = (texts: readonly string[]) =>
    listed(
      texts.map((text) => visible(text)),
      ' | ',
    )
  const rows =
    byOld.length < byNew.length
      ? byOld.map(([old, all]) => ({ old: visible(old), now: several(all) }))
      : byNew.map(([now, all]) => ({ old: several(all), now: visible(now) }))
  const more = rows.length - MOST_ANSWERS
  // One row too many takes no more room than saying so.
  if (more <= 1) return rows
  return [...rows.slice(0, MOST_ANSWERS), { old: `${more} other answers`, now: 'others' }]
}

function grouped(pairs: readonly (readonly [string, string])[]): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const [key, item] of pairs) {
    const others = groups.get(key)
    if (others === undefined) groups.set(key, [item])
    else others.push(item)
  }
  return [...groups]
}

/** Where the cause is: `deploy/coredns.yaml:25 (new)`. */
export function placeText({ step, side, line, lines }: Cause, placeName: PlaceOfSide): string {
  if (step?.at == null) return ''
  const more = lines > 1 ? ` and ${lines - 1} more` : ''
  return `${placeName(step.at, side)}${more}${line === null ? '' : ` (${line})`}`
}

/** What differences are about: `every name outside cluster.local`, `registry A`. */
export function subjectOf(differences: readonly Pick<Difference, 'probe'>[], probes: Iterable<Probe>): string {
  const { everything, except, exceptNames, below, names, types } = scopeOf(differences, probes)
  const kinds = types.length === 0 || types.length > 4 ? '' : ` ${types.join(', ')}`
  if (everything) {
    const outside = except.length === 0 ? '' : ` outside ${listed(except.map(bare))}`
    const but = exceptNames.length === 0 ? '' : ` but ${listed(exceptNames.map(bare))}`
    return `every name${outside}${but}${kinds === '' ? '' : `:${kinds}`}`
  }
  const parts = [
    ...(below.length > 0 ? [`every name below ${listed(below.map(bare))}`] : []),
    ...(names.length > 0 ? [listed(names.map(bare))] : []),
  ]
  if (parts.length === 0) parts.push(listed([...new Set(differences.map(({ probe }) => bare(probe.query.name)))]))
  return `${parts.join(', and ')}${kinds}`
}

function listed(names: readonly string[], between = ', '): string {
  const shown = names.slice(0, MOST_NAMES).join(between)
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown
}

/** Names that somebody wrote say more than those that stand for all others. */
function examplesOf(differences: readonly Difference[]): string {
  if (differences.length <= 1) return ''
  const written = differences.filter(({ probe }) => probe.kind === 'itself' && probe.of !== '.')
  const some = (written.length > 0 ? written : differences).slice(0, EXAMPLES)
  const texts = some.map(({ probe }) => `${bare(probe.query.name)} ${probe.query.type}`)
  const more = differences.length - texts.length
  return `e.g. ${texts.join(', ')}${more > 0 ? `, ... ${more} more` : ''}`
}

function bare(name: string): string {
  return name === '.' ? 'the root' : name.replace(/\.$/, '')
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

/** What could not be compared and why, one text a reason, then the patterns without a question. */
export function openTexts(
  unproved: readonly Unproved[],
  untried: readonly Untried[],
  probes: Iterable<Probe>,
): string[] {
  const groups = Map.groupBy(unproved, ({ reason }) => reason)
  const texts = [...groups].map(([reason, group]) => `${subjectOf(group, probes)}: ${reason}`)
  return [...texts, ...untried.map(untriedText)]
}

/** The whole comparison as `compare --format json` says it. */
export function compareShape(
  { probes, equal, declared, expected, undeclared, unproved }: Comparison,
  { restart, reduced, untried }: Pick<CompareContext, 'restart' | 'reduced' | 'untried'>,
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
    ...unprovedShape(unproved, untried),
    reduced,
    restart,
  }
}
