import { join } from 'node:path'
import { setOutput } from '@actions/core'
import { diffOf } from '../migration.ts'
import { concealed } from '../node/concealed.ts'
import { writeText } from '../node/files.ts'
import { type MigratedFiles, migrateFiles } from '../node/migration.ts'
import { codeBlock } from '../report/markdown-text.ts'
import { isProved, type MigrationContext, migrationMarkdown, migrationText } from '../report/migration.ts'
import { unifiedDiff } from '../text/diff.ts'
import { visible } from '../text/width.ts'
import type { Inputs } from './inputs.ts'

/** What migrating the sources of a step gave. */
export interface Migrated {
  readonly log: string
  readonly markdown: string
  /** Files that were written, absolute. */
  readonly diffFile: string
  readonly reportFile: string
  /** Why nobody should take the result as it is; null where it is proved. */
  readonly problem: string | null
}

/** Longer diffs are left to the file: a summary has a limit. */
const MOST_DIFF = 200_000
/** A longer report is too. */
const MOST_REPORT = 300_000

/** Migrates what the step names, writes the diff and the report into a directory, and touches nothing else. */
export async function migrated({ migrate, into, options }: Inputs, directory: string): Promise<Migrated> {
  const cwd = options.cwd ?? '.'
  const result = await migrateFiles(migrate, {
    cwd,
    into: into ?? undefined,
    coredns: options.coredns,
    kubernetes: options.kubernetes,
    config: options.config,
    reverseCidrs: [],
    reading: null,
    accept: new Set(),
    removesAliases: false,
  })
  const { migration, proof, cannotEdit, unreadable, problems: found, lines } = result
  const context: MigrationContext = { ...result, into, isWritten: false }
  const diff = into === null ? migration.corefile : diffOf(result)
  const diffFile = join(directory, 'corefile-migration.diff')
  const reportFile = join(directory, 'corefile-migration.md')
  writeText(diffFile, diff)
  const report = migrationMarkdown(context)
  writeText(reportFile, report)
  const shown = await shownLines(result, into)
  const short = migrationText(context, { colours: false, columns: Number.POSITIVE_INFINITY })
  const problems = [
    ...unreadable.map(({ path, message }) => `cannot read ${path}: ${message}`),
    ...found.flatMap((one) => (one.severity === 'unread' ? `${lines.nameOf(one)}: ${one.message}` : [])),
    ...(cannotEdit === null ? [] : [cannotEdit]),
    ...migration.conflicts.map(({ message }) => `to decide: ${message}`),
    ...(isProved(proof) ? [] : ['the result is not proved']),
  ]
  return {
    log: `${shown.length > 0 ? `${shown.join('\n')}\n\n` : ''}${short}`,
    markdown: `\n${codeBlock(shown, into === null ? 'text' : 'diff')}\n\n${report.length > MOST_REPORT ? codeBlock([...short.split('\n'), 'Every item: see the output report-file.'], 'text') : report}\n`,
    diffFile,
    reportFile,
    problem: problems.length === 0 ? null : problems.join('; '),
  }
}

/** The result for people, who need no secrets: the files have them, for what is in them has to apply. */
async function shownLines({ migration, changed }: MigratedFiles, into: string | null): Promise<string[]> {
  const diffs: string[] = []
  if (into === null) diffs.push(await concealed('Corefile', migration.corefile))
  else
    for (const { path, before, after } of changed)
      diffs.push(unifiedDiff(path, await concealed(path, before), await concealed(path, after)))
  const text = diffs.join('').trimEnd()
  if (text === '') return []
  return text.length > MOST_DIFF
    ? ['(too long for a summary: see the output diff-file)']
    : text.split('\n').map((line) => visible(line.replace(/\r$/, '')))
}

/** Names the files of a migration as outputs of the step; a report that the step asked for comes before its own. */
export function writeMigration({ diffFile, reportFile }: Migrated, { reports }: Inputs): void {
  setOutput('diff-file', diffFile)
  if (!reports.some(({ input }) => input === 'report-file')) setOutput('report-file', reportFile)
}
