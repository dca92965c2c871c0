import type { Migration } from '../migrate/migrate.ts'
import type { Conflict, Item, ItemSource } from '../migrate/plan.ts'
import type { Proof } from '../migrate/proof.ts'
import type { AliasRemovals } from '../migrate/remove-aliases.ts'
import { causesOf } from '../resolver/causes.ts'
import type { Comparison } from '../resolver/compare.ts'
import { DECLARED } from '../resolver/declared.ts'
import type { CorefileSource } from '../sources/source.ts'
import type { FileLines } from '../text/file-lines.ts'
import { visible } from '../text/width.ts'
import { openTexts, subjectOf } from './compare.ts'
import { cell } from './markdown-text.ts'
import { commandLines } from './migration-commands.ts'
import { joinedUnknowns } from './not-known.ts'
import { painter } from './paint.ts'
import { outcomeShape } from './trace-json.ts'
import { reducedText, unprovedShape } from './unproved.ts'
import { wideningLine, wideningSection } from './widening.ts'
import { counted, listed, wrapped } from './words.ts'

/** What the reports of a migration show. */
export interface MigrationContext {
  readonly migration: Migration
  readonly proof: Proof
  readonly release: string
  readonly removals: AliasRemovals | null
  /** False where a source could not be read to its end, or is none that its program would start with. */
  readonly isWhole: boolean
  /** Lines of the files that the sources stand in. */
  readonly lines: FileLines
  /** The file it goes into; null for a new Corefile. */
  readonly into: string | null
  /** The Corefile in that file as it was found; null for a new one. */
  readonly target: CorefileSource | null
  readonly isWritten: boolean
}

/** More kinds of items, or aliases, than this are told by their number on a terminal. */
const MOST_GROUPS = 12

/** More lines that CoreDNS refuses are not shown: the first one is what it says. */
const MOST_REASONS = 3

/** What became of an item, which is told once for all that it is true of. */
function whatBecame({ codes, note }: Item): string {
  return `${codes.length === 0 ? '' : `${codes.join(', ')}: `}${note}`
}

/** How a short report is shown. */
export interface MigrationTextOptions {
  readonly colours: boolean
  /** Sentences are no wider; Infinity where nobody looks at them on a screen. */
  readonly columns: number
}

/** What became of the sources, in short, for people: counts, what is lost, what is to be decided, what to do next. */
export function migrationText(context: MigrationContext, { colours, columns }: MigrationTextOptions): string {
  const { migration, proof, removals, into } = context
  const paint = painter(colours)
  const { items, conflicts } = migration
  const [counts, proved] = [countsOf(items), proofLine(proof)]
  const both = `${counts}      ${proved}`
  const lines = both.length <= columns ? [both] : [counts, proved]
  lines.push(...wideningLine(items))
  for (const conflict of conflicts.slice(0, MOST_GROUPS)) lines.push(...conflictLines(conflict, context, paint))
  if (conflicts.length > MOST_GROUPS)
    lines.push(`  decide   and ${conflicts.length - MOST_GROUPS} more: --report FILE.md lists all of them`)
  const add = (role: 'error' | 'warning', word: string, fidelity: Item['fidelity']) => {
    const groups = [
      ...Map.groupBy(
        items.filter((item) => item.fidelity === fidelity),
        whatBecame,
      ).values(),
    ]
    for (const [first, ...others] of groups.slice(0, MOST_GROUPS)) {
      if (first === undefined) continue
      const more = others.length === 0 ? '' : `, and ${others.length} more like it`
      const place = paint('frame', visible(context.lines.nameOf(first.source)))
      lines.push(`  ${paint(role, word.padEnd(7))}  ${visible(first.source.text)}${more}     ${place}`)
      lines.push(`           ${visible(whatBecame(first))}`)
    }
    const left = groups.slice(MOST_GROUPS).flat().length
    if (left > 0) lines.push(`  ${word.padEnd(7)}  and ${left} more: --report FILE.md lists all of them`)
  }
  add('error', 'lost', 'untranslatable')
  add('warning', 'differs', 'differs')
  if (items.length > 0 && items.every(({ fidelity }) => fidelity === 'untranslatable') && into === null)
    lines.push('', nothingGoes(migration))
  lines.push(...verdictLines(context, paint), ...proofLines(proof, paint), ...openLines(proof))
  if (removals !== null) {
    lines.push(
      '',
      `${counted(removals.removed.length, 'alias', 'aliases')} can go, ${removals.kept.length} stay in the manifests`,
    )
    for (const { alias, why } of removals.kept.slice(0, MOST_GROUPS))
      lines.push(`  stays    ${visible(alias.name)} in ${visible(alias.workload.name)}: ${visible(why)}`)
  }
  lines.push('', ...nextSteps(context))
  return `${lines.flatMap((line) => folded(line, columns)).join('\n')}\n`
}

/** A line of at most `columns`, what goes on below its own text; what has a colour in it names things and is not broken. */
function folded(line: string, columns: number): string[] {
  if (line.length <= columns || line.includes('\u001b')) return [line]
  const indent = /^(?: {2}\S+ +)?\s*/.exec(line)?.[0].length ?? 0
  const [first = '', ...more] = wrapped(line.slice(indent), columns - indent)
  // Blanks in front of a place are none at the end of a line.
  return [line.slice(0, indent) + first, ...more.map((rest) => ' '.repeat(indent) + rest.trimStart())].map((one) =>
    one.trimEnd(),
  )
}

function nothingGoes({ plan, resource }: Migration): string {
  if (resource !== null)
    return 'Nothing of these sources goes into the DNS resource of OpenShift: what is shown is what every cluster has.'
  return `Nothing of these sources goes into a Corefile${plan.isCluster ? ': what is shown is what every cluster has' : ''}.`
}

function countsOf(items: readonly Item[]): string {
  const count = (fidelity: Item['fidelity']) => items.filter((item) => item.fidelity === fidelity).length
  return `${counted(items.length, 'item')}: ${count('exact')} exact, ${count('differs')} differ in a stated way, ${count('untranslatable')} cannot be expressed`
}

function proofLine({ comparison, untried }: Proof): string {
  if (comparison === null) return 'proof: none, there is no model of what answers today'
  const { probes, equal, declared, undeclared, unproved } = comparison
  return `proof: ${counted(probes, 'probe')}, ${equal} the same, ${declared.length} differ as declared, ${undeclared.length} undeclared, ${unproved.length + untried.length} unproved`
}

function conflictLines(
  { code: name, message, places, choices }: Conflict,
  { lines: files }: MigrationContext,
  paint: ReturnType<typeof painter>,
): string[] {
  return [
    `  ${paint('error', 'decide ')}  ${visible(message)}`,
    ...places
      .slice(0, 4)
      .map((place) => `           ${visible(place.text)}     ${paint('frame', visible(files.nameOf(place)))}`),
    ...choices.map(
      ({ accept, effect }) =>
        `           ${accept.startsWith('--') ? accept : `--accept ${accept}`}: ${visible(effect)}`,
    ),
    ...(choices.length === 0 ? [`           (${name}; nothing can be accepted here, change one of the places)`] : []),
  ]
}

/** What CoreDNS would say of the result, where that is anything else than nothing. */
function verdictLines({ proof, target, lines, into }: MigrationContext, paint: ReturnType<typeof painter>): string[] {
  const { verdict, before } = proof
  const release = `CoreDNS ${verdict.release}`
  if (isUnknownAsBefore(proof))
    return [
      '',
      `It cannot be told whether ${release} starts with the result: ${listed(joinedUnknowns(verdict.unknown))}.`,
    ]
  if (verdict.kind === 'accepted') return []
  if (before?.kind !== 'refused' || target === null)
    return [
      '',
      paint('error', `${release} would not start with the result: this is a mistake of corefile, nothing is written`),
    ]
  const told = before.reasons.flatMap(({ at }) => {
    const { list, index } = at
    // What an import brings stands in another file, or elsewhere in this one.
    if (list.text !== target.text.text) return []
    const range = target.text.toOuter({ start: list.start(index), end: list.end(index) })
    const [line = ''] = list.text.slice(list.text.lastIndexOf('\n', list.start(index) - 1) + 1).split('\n', 1)
    return [`  ${visible(line.trim())}     ${paint('frame', visible(lines.nameOf({ path: target.path, range })))}`]
  })
  const file = visible(into ?? target.path)
  return [
    '',
    paint('error', `${release} refuses ${file} as it is, before any change: nothing is written`),
    ...[...new Set(told)].slice(0, MOST_REASONS),
    `corefile lint ${file} says why.`,
  ]
}

function proofLines({ comparison, unrelated, before }: Proof, paint: ReturnType<typeof painter>): string[] {
  // What a server would answer that does not start is of no use to anybody.
  if (before?.kind === 'refused') return []
  const lines: string[] = []
  for (const [title, differences] of [
    ['Not declared, so the result is not proved:', comparison?.undeclared ?? []],
    ['Answers of the Corefile change that no source is about:', unrelated],
  ] as const) {
    if (differences.length === 0) continue
    lines.push('', paint('error', title))
    const probes = differences.map(({ probe }) => probe)
    for (const cause of causesOf(differences).slice(0, 8)) {
      lines.push(
        `  ${visible(subjectOf(cause.differences, probes))}`,
        `      ${visible(cause.old)}  ->  ${visible(cause.new)}`,
      )
    }
  }
  return lines
}

function nextSteps({ migration, proof, into, isWhole, isWritten }: MigrationContext): string[] {
  if (!isWhole) return ['Nothing was written: mend the sources first, for nobody knows what they would say.']
  if (migration.conflicts.length > 0) return ['Nothing was written: decide first, then run it again.']
  if (!isProved(proof)) return [`Nothing was written. ${afterNoProof(into, proof)}`]
  const file = visible(into ?? fileOf(migration))
  const commands = '--report FILE.md has the commands to roll out and to roll back.'
  if (migration.resource !== null) {
    if (isWritten) return [`Written. Next: oc apply -f ${file}. ${commands}`]
    const save = into === null ? `save what standard output has as ${file}` : 'the same with --write'
    return [`Nothing was written. Next: ${save}, and oc apply -f ${file}. ${commands}`]
  }
  if (isWritten) return [`Written. Next: corefile lint ${file}, then roll it out. ${commands}`]
  return [
    into === null
      ? `Nothing was written. Next: save what standard output has as ${file}, and corefile lint ${file}. ${commands}`
      : `Nothing was written. Next: the same with --write, and corefile lint ${file}. ${commands}`,
  ]
}

/** What a new result is called where nobody said. */
function fileOf({ resource }: Migration): string {
  return resource === null ? 'Corefile' : 'dns.yaml'
}

/** Where answers would be lost, it is mostly for what stands in the Corefile already. */
function afterNoProof(into: string | null, { before }: Proof): string {
  if (into !== null && before?.kind === 'refused')
    return `Next: mend ${visible(into)} first, then run it again: the diff shows what is to come.`
  if (into === null) return 'Next: change what is named above in the sources, then run it again.'
  return `Next: corefile lint ${visible(into)} may say why; mend it there or in the sources, then run it again.`
}

/** Whether nothing stands against writing the result. */
export function isProved(proof: Proof): boolean {
  const { comparison, unrelated, verdict } = proof
  const starts = verdict.kind === 'accepted' || isUnknownAsBefore(proof)
  return starts && unrelated.length === 0 && (comparison === null || comparison.undeclared.length === 0)
}

/** What a migration writes is known: where a text could be judged, its result must be. */
function isUnknownAsBefore({ verdict, before }: Proof): boolean {
  return verdict.kind === 'unknown' && (before === null || before.kind === 'unknown')
}

/** Codes of differences that are no difference of the programs. */
const OF_MIGRATIONS: Readonly<Record<string, string>> = {
  lost: 'what cannot be expressed, as the table above says',
  kept: 'what the Corefile says already of names that no source mentions',
}

/** What the proof leaves open: what was not asked, and what nobody can compare. */
function openLines({ comparison, reduced, untried }: Proof): string[] {
  if (comparison === null) return []
  const open = openOf(comparison, untried)
  const more = open.length - MOST_GROUPS
  return [
    ...(reduced === null ? [] : ['', reducedText(reduced, comparison.probes)]),
    ...(open.length === 0
      ? []
      : ['', 'Not proved:', ...open.slice(0, MOST_GROUPS).map((text) => `  ${visible(text)}`)]),
    ...(more > 0 ? [`  and ${more} more: --report FILE.md lists all of them`] : []),
  ]
}

function openOf({ unproved }: Comparison, untried: Proof['untried']): string[] {
  const probes = unproved.map(({ probe }) => probe)
  return openTexts(unproved, untried, probes)
}

/** The whole report: every item, what differs, what to check, how to roll out and back. */
export function migrationMarkdown(context: MigrationContext): string {
  const { migration, proof, release, into } = context
  const { items, conflicts, lineOf } = migration
  const file = into ?? fileOf(migration)
  const { resource } = migration
  const lines = [
    '# Migration to CoreDNS',
    '',
    `For ${resource === null ? '' : `OpenShift ${resource.openshift}, which has `}CoreDNS ${release}. ${countsOf(items)}.`,
    '',
    `${proofLine(proof)}.`,
    '',
  ]
  const { comparison, reduced, untried } = proof
  if (comparison !== null && reduced !== null) lines.push(reducedText(reduced, comparison.probes), '')
  const judged = verdictLines(context, painter(false)).filter((line) => line !== '')
  if (judged.length > 0) lines.push(...judged.map((line) => `${cell(line.trim())}  `), '')
  lines.push('## Every item', '', '| source | text | result | fidelity | what became of it |', '|---|---|---|---|---|')
  for (const item of items) {
    const line = lineOf.get(item)
    const result = line === undefined ? '' : placeInResult(line, file, context)
    const fidelity = item.fidelity === 'differs' ? `differs ${item.codes.join(', ')}` : item.fidelity
    lines.push(
      `| ${cell(context.lines.nameOf(item.source))} | ${code(item.source.text)} | ${cell(result)} | ${fidelity} | ${cell(item.note)} |`,
    )
  }
  lines.push(...wideningSection(items))
  const codes = [
    ...new Set([...items.flatMap((item) => item.codes), ...(proof.comparison?.declared ?? []).map((one) => one.code)]),
  ].sort()
  if (codes.length > 0) {
    lines.push('', '## What differs', '', '| code | what differs | probes |', '|---|---|---|')
    for (const one of codes) {
      const count = proof.comparison?.declared.filter((declared) => declared.code === one).length ?? 0
      lines.push(`| ${one} | ${cell(DECLARED[one] ?? OF_MIGRATIONS[one] ?? '')} | ${count} |`)
    }
  }
  const open = comparison === null ? [] : openOf(comparison, untried)
  if (open.length > 0) lines.push('', '## Not proved', '', ...open.map((text) => `- ${cell(text)}`))
  const checks = items.filter(({ check }) => check !== null)
  if (checks.length > 0) {
    lines.push('', '## To check by hand', '')
    for (const { source, check } of checks)
      lines.push(`- ${cell(context.lines.nameOf(source))} ${code(source.text)}: ${cell(check ?? '')}`)
  }
  if (conflicts.length > 0) {
    lines.push('', '## To decide', '')
    for (const { code: name, message, choices } of conflicts) {
      lines.push(`- ${name}: ${cell(message)}`)
      for (const { accept, effect } of choices)
        lines.push(`  - \`${accept.startsWith('--') ? accept : `--accept ${accept}`}\`: ${cell(effect)}`)
    }
  }
  lines.push(
    ...commandLines({
      corefile: migration.corefile,
      into,
      target: context.target,
      isCluster: migration.plan.isCluster,
      isOperator: resource !== null,
    }),
  )
  return `${lines.join('\n')}\n`
}

/** Where a line of the resulting Corefile stands: in the file around it, where that has it line by line. */
function placeInResult(line: number, file: string, { target, lines: files }: MigrationContext): string {
  if (target?.embedded === undefined) return `${file}:${line}`
  const { path, text } = target
  const [first, last] = [0, text.text.length].map((offset) => {
    const { start } = text.toOuter({ start: offset, end: offset })
    return files.positionOf({ path, range: { start, end: start } }).line
  })
  const lines = text.text.split('\n').length - 1
  const isByLine = first !== undefined && last !== undefined && lines > 0 && last - first >= lines - 1
  return isByLine ? `${file}:${first + line - 1}` : `${file}, line ${line} of the Corefile`
}

/** A text of a source as code, whatever it holds: between backquotes a backslash would let a `|` end the cell. */
function code(text: string): string {
  return `<code>${cell(text)}</code>`
}

/** The migration as `migrate --format json` says it. */
export function migrationShape({ migration, proof, lines }: MigrationContext, diff: string): Record<string, unknown> {
  const { resource } = migration
  const resultLines = (resource?.text ?? migration.corefile).split('\n')
  const place = (source: ItemSource) => ({ path: source.path, line: lines.positionOf(source).line, text: source.text })
  return {
    version: 1,
    corefile: migration.corefile,
    resource: resource?.text ?? null,
    diff,
    items: migration.items.map((item) => {
      const line = migration.lineOf.get(item)
      return {
        source: place(item.source),
        fidelity: item.fidelity,
        code: item.codes.join(' ') || null,
        note: item.note,
        check: item.check,
        widening: item.widening ?? null,
        result: line === undefined ? null : { line, text: (resultLines[line - 1] ?? '').trim() },
      }
    }),
    conflicts: migration.conflicts.map(({ code: name, message, places, choices }) => ({
      code: name,
      message,
      places: places.map((place) => lines.nameOf(place)),
      choices,
    })),
    proof: proof.comparison === null ? null : proofShape(proof.comparison, proof),
    verdict: proof.verdict.kind,
    unknown: proof.verdict.unknown,
    before: proof.before?.kind ?? null,
  }
}

function proofShape(
  { probes, equal, declared, undeclared, unproved }: Comparison,
  { untried, reduced }: Proof,
): Record<string, unknown> {
  return {
    probes,
    equal,
    declared: declared.length,
    undeclared: undeclared.map(({ probe, old, new: later }) => ({
      query: { name: probe.query.name, type: probe.query.type },
      old: outcomeShape(old.outcome),
      new: outcomeShape(later.outcome),
    })),
    ...unprovedShape(unproved, untried),
    reduced,
  }
}
