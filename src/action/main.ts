import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { error, notice, setFailed, setOutput, summary, warning } from '@actions/core'
import { reaches } from '../lint/diagnostic.ts'
import type { LintResult } from '../lint/result.ts'
import { lint } from '../lint/run.ts'
import { type Earlier, EarlierFindings, foreignOf, stalenessOf } from '../node/earlier.ts'
import { NotWritten, writeText } from '../node/files.ts'
import { emptyDirectories, gapsOf } from '../node/gaps.ts'
import { type Prepared, prepare } from '../node/prepare.ts'
import { loadReporter } from '../node/reporters.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { type Annotation, annotationsOf } from '../report/annotations.ts'
import type { ReportContext } from '../report/reporter.ts'
import { Sources } from '../report/source.ts'
import { rules } from '../rules/index.ts'
import { visible } from '../text/width.ts'
import { baseOfEvent } from './base.ts'
import { type Inputs, pathFrom, type ReportInput, readInputs } from './inputs.ts'
import type { Migrated } from './migrate.ts'

/** Columns of the log, which GitHub shows without wrapping up to about there. */
const columnsOfLog = 120

/** Bytes that the job summary has at most, with room for what other programs add. */
const MOST_SUMMARY = 1_000_000

/** What the step came to: nothing at or above `fail-on`, something, or work that could not be done. */
type Result = 'passed' | 'failed' | 'error'

/** Lints as the inputs of the step ask, and says what was found in its log, annotations, summary, files and outputs. */
async function run(workspace: string): Promise<void> {
  const inputs = readInputs(workspace)
  const { paths, options } = inputs
  const read = await prepare(paths, options, rules)
  const found = { ...(await lint(read.files, read.options)), unreadable: read.unreadable }
  const earlier = earlierOf(inputs)
  // Where nothing is there nothing changed.
  const prepared = earlier.base === undefined ? read : { ...read, directories: [] }
  const run = { paths, options, prepared: read, rules }
  const { result, stale, foreign } = (await EarlierFindings.of(run, earlier)).takeFrom(found)
  const { releaseNote, textOf } = prepared
  const context: ReportContext = {
    colours: (process.env.NO_COLOR ?? '') === '',
    links: false,
    columns: columnsOfLog,
    elapsed: performance.now(),
    releaseNote,
    textOf,
  }
  const gaps = gapsOf(result, prepared).map((gap) => visible(gap))
  const pretty = await loadReporter('pretty')
  writeLog(pretty(result, context) + gaps.map((gap) => `${gap}\n`).join(''))
  if (inputs.annotations) annotate(result, context)
  const isStale = stale.length > 0 && inputs.failOn !== 'never'
  if (stale.length > 0) {
    const say = isStale ? error : warning
    say(visible(stalenessOf(inputs.baseline ?? '', stale, 'corefile')), { title: 'corefile' })
  }
  if (foreign.length > 0) warning(visible(foreignOf(inputs.baseline ?? '', foreign)), { title: 'corefile' })
  const plain: ReportContext = { ...context, colours: false, elapsed: null, ...links(process.env) }
  if (inputs.summary) await writeSummary((await loadReporter('markdown'))(result, plain))
  await writeReports(inputs, result, plain)
  if (inputs.compare) await compareWithBase(inputs)
  const migrated = inputs.migrate.length > 0 ? await migrateSources(inputs) : null
  const outcome = resultOf(result, isStale, prepared, inputs)
  writeOutputs(result, outcome, inputs, workspace)
  if (migrated !== null) (await import('./migrate.ts')).writeMigration(migrated, inputs)
  if (outcome === 'error') setFailed(gaps.join('\n'))
  if (outcome === 'failed') process.exitCode = 1
}

/** What findings are compared with; where the base is not at hand a notice says so, and everything counts. */
function earlierOf({ baseline, changedOnly, root }: Inputs): Earlier {
  const base = changedOnly ? baseOfEvent(root, process.env) : null
  if (base !== null && 'missing' in base) {
    notice(`everything is checked: changed-only compares with the base of the event; ${visible(base.missing)}`, {
      title: 'corefile',
    })
  }
  return { ...(baseline === null ? {} : { baseline }), ...(base === null || 'missing' in base ? {} : { base }) }
}

/** Writes what quotes files into the log, where none of it is taken for a command: only the token, which nobody knows, ends that. */
function writeLog(text: string): void {
  if (text === '') return
  const token = randomUUID()
  process.stdout.write(`::stop-commands::${token}\n${text}::${token}::\n`)
}

const issue: Readonly<Record<Annotation['level'], typeof error>> = { error, warning, notice }

function annotate(result: LintResult, { textOf }: ReportContext): void {
  const { shown } = annotationsOf(result, new Sources(result, textOf), 'the log of this step has them')
  for (const { level, title, message, place } of shown) {
    const columns = place?.columns ?? null
    issue[level](message, {
      title,
      ...(place === null ? {} : { file: place.file, startLine: place.line, endLine: place.endLine }),
      ...(columns === null ? {} : { startColumn: columns.start, endColumn: columns.end }),
    })
  }
}

/** The addresses of lines on GitHub, where the environment tells the repository and the commit. */
function links(env: NodeJS.ProcessEnv): Pick<ReportContext, 'placeUrl'> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env
  if (!server || !repository || !commit) return {}
  const encoded = (path: string) =>
    encodeURIComponent(path.toWellFormed()).replace(/[()*!'~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return {
    placeUrl: (path, line) =>
      `${server}/${repository}/blob/${commit}/${path.split('/').map(encoded).join('/')}?plain=1#L${line}`,
  }
}

/** Says in the log and the summary which answers the change makes different. */
async function compareWithBase(inputs: Inputs): Promise<void> {
  const base = baseOfEvent(inputs.root, process.env)
  if ('missing' in base) {
    notice(`answers are not compared: compare needs the base of the event; ${visible(base.missing)}`, {
      title: 'corefile',
    })
    return
  }
  const { comparedWith } = await import('./compare.ts')
  const { log, markdown } = await comparedWith(base, inputs)
  writeLog(log)
  if (inputs.summary) await writeSummary(markdown)
}

async function migrateSources(inputs: Inputs): Promise<Migrated> {
  const { migrated } = await import('./migrate.ts')
  const done = await migrated(inputs, process.env.RUNNER_TEMP || inputs.root)
  writeLog(done.log)
  if (inputs.summary) await writeSummary(done.markdown)
  if (done.problem !== null) warning(visible(done.problem), { title: 'corefile' })
  return done
}

/** The bytes of the job summary so far: GitHub drops one of more than a MiB as a whole. */
let summarySize = 0

async function writeSummary(text: string): Promise<void> {
  if (text === '' || !process.env.GITHUB_STEP_SUMMARY) return
  const fits = summarySize + Buffer.byteLength(text) <= MOST_SUMMARY
  const shown = fits ? text : '\nThe rest is too long for a summary: it is in the log of this step.\n'
  summarySize += Buffer.byteLength(shown)
  await summary.addRaw(shown).write()
}

async function writeReports({ reports }: Inputs, result: LintResult, context: ReportContext): Promise<void> {
  for (const { format, path } of reports) {
    const reporter = await loadReporter(format)
    try {
      writeText(path, reporter(result, context))
    } catch (problem) {
      if (!(problem instanceof NotWritten)) throw problem
      throw new WrongUsage(`cannot write ${path}: ${problem.message}`)
    }
  }
}

function resultOf(result: LintResult, isStale: boolean, prepared: Prepared, { failOn }: Inputs): Result {
  const isUnfinished = prepared.unreadable.length > 0
  if (isUnfinished || emptyDirectories(result, prepared).length > 0) return 'error'
  if (failOn === 'never') return 'passed'
  const isFound = result.files.some(({ findings }) => findings.some(({ severity }) => reaches(severity, failOn)))
  return isFound || isStale ? 'failed' : 'passed'
}

function writeOutputs({ summary }: LintResult, outcome: Result, { reports }: Inputs, workspace: string): void {
  const fileOf = (name: ReportInput) => {
    const report = reports.find(({ input }) => input === name)
    return report === undefined ? '' : pathFrom(workspace, report.path)
  }
  setOutput('errors', summary.errors)
  setOutput('warnings', summary.warnings)
  setOutput('fixable', summary.fixable)
  setOutput('files-checked', summary.files)
  setOutput('result', outcome)
  setOutput('sarif-file', fileOf('sarif-file'))
  setOutput('report-file', fileOf('report-file'))
}

try {
  await run(resolve(process.env.GITHUB_WORKSPACE || '.'))
} catch (problem) {
  setOutput('result', 'error' satisfies Result)
  setFailed(
    reasonOf(problem)
      .split('\n')
      .map((line) => visible(line))
      .join('\n'),
  )
}

function reasonOf(problem: unknown): string {
  if (problem instanceof WrongUsage) return problem.message
  if (problem instanceof NotWritten) return `cannot write ${problem.path}: ${problem.message}`
  const reason = problem instanceof Error ? problem.stack : problem
  return `corefile stopped on an error of its own, please report it: ${reason}`
}
