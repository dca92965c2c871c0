import { needsServerSideApply } from '../migrate/manifest.ts'
import type { Migration } from '../migrate/migrate.ts'
import type { Conflict, Item, ItemSource } from '../migrate/plan.ts'
import type { Proof } from '../migrate/proof.ts'
import type { AliasRemovals } from '../migrate/remove-aliases.ts'
import { causesOf } from '../resolver/causes.ts'
import type { Comparison } from '../resolver/compare.ts'
import { DECLARED } from '../resolver/declared.ts'
import { visible } from '../text/width.ts'
import { subjectOf } from './compare.ts'
import { markdownText } from './markdown-text.ts'
import { painter } from './paint.ts'
import { outcomeShape } from './trace-json.ts'
import { counted } from './words.ts'

/** What the reports of a migration show. */
export interface MigrationContext {
  readonly migration: Migration
  readonly proof: Proof
  readonly release: string
  readonly removals: AliasRemovals | null
  /** `manifests/a.yaml:16`. */
  readonly placeName: (source: ItemSource) => string
  readonly lineOf: (source: ItemSource) => number
  /** The file it goes into; null for a new Corefile. */
  readonly into: string | null
  readonly isWritten: boolean
}

/** More items than this are told by their number on a terminal. */
const MOST_ITEMS = 12

/** What became of the sources, in short, for people: counts, what is lost, what is to be decided, what to do next. */
export function migrationText(context: MigrationContext, colours: boolean): string {
  const { migration, proof, removals, placeName } = context
  const paint = painter(colours)
  const { items, conflicts } = migration
  const lines = [`${countsOf(items)}      ${proofLine(proof)}`]
  const add = (role: 'error' | 'warning' | 'info', word: string, list: readonly Item[]) => {
    for (const item of list.slice(0, MOST_ITEMS)) {
      const codes = item.codes.length === 0 ? '' : `${item.codes.join(', ')}: `
      lines.push(`  ${paint(role, word.padEnd(7))}  ${visible(item.source.text)}`)
      lines.push(`           ${visible(codes + item.note)}     ${paint('frame', visible(placeName(item.source)))}`)
    }
    if (list.length > MOST_ITEMS)
      lines.push(`  ${word.padEnd(7)}  and ${list.length - MOST_ITEMS} more: --report FILE.md lists all of them`)
  }
  add(
    'warning',
    'differs',
    items.filter(({ fidelity }) => fidelity === 'differs'),
  )
  add(
    'error',
    'lost',
    items.filter(({ fidelity }) => fidelity === 'untranslatable'),
  )
  for (const conflict of conflicts) lines.push(...conflictLines(conflict, context, paint))
  lines.push(...proofLines(proof, paint))
  if (removals !== null) {
    lines.push(
      '',
      `${counted(removals.removed.length, 'alias', 'aliases')} can go, ${removals.kept.length} stay in the manifests`,
    )
    for (const { alias, why } of removals.kept.slice(0, MOST_ITEMS))
      lines.push(`  stays    ${visible(alias.name)} in ${visible(alias.workload.name)}: ${visible(why)}`)
  }
  lines.push('', ...nextSteps(context))
  return `${lines.join('\n')}\n`
}

function countsOf(items: readonly Item[]): string {
  const count = (fidelity: Item['fidelity']) => items.filter((item) => item.fidelity === fidelity).length
  return `${counted(items.length, 'item')}: ${count('exact')} exact, ${count('differs')} differ in a stated way, ${count('untranslatable')} cannot be expressed`
}

function proofLine({ comparison }: Proof): string {
  if (comparison === null) return 'proof: none, there is no model of what answers today'
  const { probes, equal, declared, undeclared, unproved } = comparison
  return `proof: ${counted(probes, 'probe')}, ${equal} the same, ${declared.length} differ as declared, ${undeclared.length} undeclared, ${unproved.length} unproved`
}

function conflictLines(
  { code: name, message, places, choices }: Conflict,
  { placeName }: MigrationContext,
  paint: ReturnType<typeof painter>,
): string[] {
  return [
    `  ${paint('error', 'decide ')}  ${visible(message)}`,
    ...places
      .slice(0, 4)
      .map((place) => `           ${visible(place.text)}     ${paint('frame', visible(placeName(place)))}`),
    ...choices.map(
      ({ accept, effect }) =>
        `           ${accept.startsWith('--') ? accept : `--accept ${accept}`}: ${visible(effect)}`,
    ),
    ...(choices.length === 0 ? [`           (${name}; nothing can be accepted here, change one of the places)`] : []),
  ]
}

function proofLines({ comparison, unrelated, verdict }: Proof, paint: ReturnType<typeof painter>): string[] {
  const lines: string[] = []
  if (verdict.kind === 'refused')
    lines.push(
      '',
      paint(
        'error',
        `CoreDNS ${verdict.release} would not start with the result: this is a mistake of corefile, nothing is written`,
      ),
    )
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

function nextSteps({ migration, proof, into, isWritten }: MigrationContext): string[] {
  if (migration.conflicts.length > 0) return ['Nothing was written: decide first, then run it again.']
  if (!isProved(proof)) return [`Nothing was written. ${afterNoProof(into)}`]
  if (isWritten) return [`Written. Next: corefile lint ${visible(into ?? 'Corefile')}, then apply it.`]
  const lint = into === null ? 'corefile lint it' : `corefile lint ${visible(into)}`
  return [
    into === null
      ? `Nothing was written. Next: save it, ${lint}, then apply it. Roll back: --report FILE.md, last section.`
      : `Nothing was written. Next: --write, then ${lint}, then kubectl apply. Roll back: --report FILE.md, last section.`,
  ]
}

/** Where answers would be lost, it is mostly for what stands in the Corefile already. */
function afterNoProof(into: string | null): string {
  if (into === null) return 'Next: change what is named above in the sources, then run it again.'
  return `Next: corefile lint ${visible(into)} may say why; mend it there or in the sources, then run it again.`
}

/** Whether nothing stands against writing the result. */
export function isProved({ comparison, unrelated, verdict }: Proof): boolean {
  return (
    verdict.kind !== 'refused' && unrelated.length === 0 && (comparison === null || comparison.undeclared.length === 0)
  )
}

/** The whole report: every item, what differs, what to check, how to roll out and back. */
export function migrationMarkdown(context: MigrationContext): string {
  const { migration, proof, release, into, placeName } = context
  const { items, conflicts, lineOf } = migration
  const file = into ?? 'Corefile'
  const lines = [
    '# Migration to CoreDNS',
    '',
    `For CoreDNS ${release}. ${countsOf(items)}.`,
    '',
    `${proofLine(proof)}.`,
    '',
  ]
  lines.push('## Every item', '', '| source | text | result | fidelity | what became of it |', '|---|---|---|---|---|')
  for (const item of items) {
    const line = lineOf.get(item)
    const result = line === undefined ? '' : `${file}, line ${line} of the Corefile`
    const fidelity = item.fidelity === 'differs' ? `differs ${item.codes.join(', ')}` : item.fidelity
    lines.push(
      `| ${cell(placeName(item.source))} | ${code(item.source.text)} | ${cell(result)} | ${fidelity} | ${cell(item.note)} |`,
    )
  }
  const codes = [
    ...new Set([...items.flatMap((item) => item.codes), ...(proof.comparison?.declared ?? []).map((one) => one.code)]),
  ].sort()
  if (codes.length > 0) {
    lines.push('', '## What differs', '', '| code | what differs | probes |', '|---|---|---|')
    for (const one of codes) {
      const count = proof.comparison?.declared.filter((declared) => declared.code === one).length ?? 0
      lines.push(`| ${one} | ${cell(DECLARED[one] ?? '')} | ${count} |`)
    }
  }
  const checks = items.filter(({ check }) => check !== null)
  if (checks.length > 0) {
    lines.push('', '## To check by hand', '')
    for (const { source, check } of checks)
      lines.push(`- ${cell(placeName(source))} ${code(source.text)}: ${cell(check ?? '')}`)
  }
  if (conflicts.length > 0) {
    lines.push('', '## To decide', '')
    for (const { code: name, message, choices } of conflicts) {
      lines.push(`- ${name}: ${cell(message)}`)
      for (const { accept, effect } of choices)
        lines.push(`  - \`${accept.startsWith('--') ? accept : `--accept ${accept}`}\`: ${cell(effect)}`)
    }
  }
  lines.push(...rollOut(context), ...rollBack(context))
  return `${lines.join('\n')}\n`
}

function rollOut({ migration, into }: MigrationContext): string[] {
  const size = needsServerSideApply(migration.corefile) ? ' --server-side' : ''
  const file = shellWord(into ?? 'coredns.yaml')
  return [
    '',
    '## Roll out',
    '',
    '```sh',
    'kubectl get configmap coredns -n kube-system -o yaml > coredns-before.yaml',
    `corefile lint ${file}`,
    `kubectl apply${size} -f ${file}`,
    '# CoreDNS reloads within a minute or two: look for "Reloading complete" and no error',
    'kubectl logs -n kube-system -l k8s-app=kube-dns --tail=20',
    '```',
    '',
    ...(size === ''
      ? []
      : [
          'The ConfigMap is too large for the annotation that kubectl apply keeps: hence --server-side. A file in a volume of its own is the better place for that many names.',
          '',
        ]),
    'A Corefile that CoreDNS refuses leaves the old one running until the next start; `coredns_reload_failed_total` counts up.',
    'Keep the ConfigMap of kube-dns as long as NodeLocal DNSCache runs: it takes its stub domains from there.',
  ]
}

function rollBack({ into }: MigrationContext): string[] {
  return [
    '',
    '## Roll back',
    '',
    '```sh',
    'kubectl apply -f coredns-before.yaml',
    'kubectl rollout restart deployment/coredns -n kube-system',
    ...(into === null
      ? [
          '# back to kube-dns: its Deployment and ConfigMap are untouched',
          'kubectl scale deployment/kube-dns -n kube-system --replicas=2',
          'kubectl scale deployment/coredns -n kube-system --replicas=0',
        ]
      : []),
    '```',
  ]
}

/** A text in a cell of a table. */
function cell(text: string): string {
  return markdownText(text.replace(/\s+/g, ' '))
}

/** A text of a source as code, whatever it holds: between backquotes a backslash would let a `|` end the cell. */
function code(text: string): string {
  return `<code>${cell(text)}</code>`
}

/** A file in a command to copy. */
function shellWord(path: string): string {
  const shown = visible(path)
  return /^[\w./+:@%-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`
}

/** The migration as `migrate --format json` says it. */
export function migrationShape(
  { migration, proof, placeName, lineOf }: MigrationContext,
  diff: string,
): Record<string, unknown> {
  const resultLines = migration.corefile.split('\n')
  const place = (source: ItemSource) => ({ path: source.path, line: lineOf(source), text: source.text })
  return {
    version: 1,
    corefile: migration.corefile,
    diff,
    items: migration.items.map((item) => {
      const line = migration.lineOf.get(item)
      return {
        source: place(item.source),
        fidelity: item.fidelity,
        code: item.codes.join(' ') || null,
        note: item.note,
        check: item.check,
        result: line === undefined ? null : { line, text: (resultLines[line - 1] ?? '').trim() },
      }
    }),
    conflicts: migration.conflicts.map(({ code: name, message, places, choices }) => ({
      code: name,
      message,
      places: places.map(placeName),
      choices,
    })),
    proof: proof.comparison === null ? null : proofShape(proof.comparison),
    verdict: proof.verdict.kind,
  }
}

function proofShape({ probes, equal, declared, undeclared, unproved }: Comparison): Record<string, unknown> {
  return {
    probes,
    equal,
    declared: declared.length,
    undeclared: undeclared.map(({ probe, old, new: later }) => ({
      query: { name: probe.query.name, type: probe.query.type },
      old: outcomeShape(old.outcome),
      new: outcomeShape(later.outcome),
    })),
    unproved: unproved.map(({ query, reason }) => ({ query: { name: query.name, type: query.type }, reason })),
  }
}
