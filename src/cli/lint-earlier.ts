import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LintResult } from '../lint/result.ts'
import { baselineName, readBaseline, writeBaseline } from '../node/baseline.ts'
import { countOf, type Earlier, EarlierFindings, placesOf, type Run, updatedBaseline } from '../node/earlier.ts'
import { Repository } from '../node/git.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { counted } from '../report/words.ts'
import { visible } from '../text/width.ts'
import type { Arguments } from './command.ts'
import type { Io } from './io.ts'

/** What the command line says of earlier findings. */
export interface EarlierRequest {
  readonly baseline: string | null
  readonly updates: boolean
  /** The revision, empty for the default, null when what changed is not asked for. */
  readonly changed: string | null
}

/** What is asked of `--baseline`, `--update-baseline` and `--changed`. Throws a WrongUsage for what does not go together. */
export function earlierRequestOf(args: Arguments): EarlierRequest {
  const updates = args.has('update-baseline')
  const other = ['changed', 'label', 'fix', 'fix-unsafe', 'diff'].find((name) => args.has(name))
  if (updates && other !== undefined) {
    throw new WrongUsage(`--update-baseline writes all that is found: call it without --${other}`)
  }
  const baseline = args.value('baseline') ?? (updates ? baselineName : null)
  return { baseline, updates, changed: args.value('changed') ?? null }
}

/** The findings of the baseline and of the commit that are asked for. */
export function earlierFindings(run: Run, { baseline, changed }: EarlierRequest, io: Io): Promise<EarlierFindings> {
  return EarlierFindings.of(run, {
    ...(baseline === null ? {} : { baseline }),
    ...(changed === null ? {} : { base: baseOf(changed, io) }),
  })
}

function baseOf(revision: string, io: Io): NonNullable<Earlier['base']> {
  const repository = Repository.at(io.cwd, io.env)
  return { repository, commit: revision === '' ? repository.defaultBase() : repository.commit(revision) }
}

/** Writes what was found into the baseline and says so. */
export async function updateBaseline(result: LintResult, run: Run, baseline: string, io: Io): Promise<void> {
  const before = existsSync(resolve(io.cwd, baseline)) ? await readBaseline(baseline, io.cwd) : []
  const { findings, added, removed } = updatedBaseline(before, baseline, result, run)
  writeBaseline(baseline, io.cwd, findings)
  const files = new Set(findings.map(({ path }) => path)).size
  const total = countOf(findings)
  const where = total === 0 ? '' : ` in ${counted(files, 'file')}`
  const { refused } = result.summary
  const warning = refused === 0 ? '' : `; CoreDNS does not start with ${counted(refused, 'Corefile')}`
  const change = `${countOf(added)} added, ${removed} removed`
  tell(io, `${baseline} holds ${counted(total, 'finding')}${where} (${change})${warning}`)
  // What comes to a baseline that was there may not have been meant.
  if (before.length > 0 && added.length > 0) tell(io, `added: ${placesOf(added)}`)
}

function tell(io: Io, message: string): void {
  io.stderr.write(`${io.program}: ${visible(message)}\n`)
}
