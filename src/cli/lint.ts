import { resolve } from 'node:path'
import { reaches, SEVERITIES, type Severity } from '../lint/diagnostic.ts'
import type { LintResult } from '../lint/result.ts'
import { lint as lintTexts } from '../lint/run.ts'
import type { EarlierFindings, Fresh, Run } from '../node/earlier.ts'
import { NotWritten, writeText } from '../node/files.ts'
import { emptyDirectories, gapsOf } from '../node/gaps.ts'
import { type LintFilesOptions, type Prepared, prepare } from '../node/prepare.ts'
import { type Format, formats, loadReporter } from '../node/reporters.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import type { ReportContext } from '../report/reporter.ts'
import { withoutCommands } from '../report/workflow-text.ts'
import { rules } from '../rules/index.ts'
import { didYouMean } from '../text/suggest.ts'
import { visible } from '../text/width.ts'
import { type Arguments, type Command, chosen } from './command.ts'
import { readEnvironment } from './environment.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { columnsOf, hasColours, hasLinks, type Io } from './io.ts'
import type { EarlierRequest } from './lint-earlier.ts'
import type { Outcome } from './lint-fix.ts'
import { lintEpilogue, lintOptions } from './lint-options.ts'
import { ProgressLine } from './progress.ts'

/** Width of lines in files, which have none of their own. */
const columnsOfFiles = 100

export const lint: Command = {
  name: 'lint',
  summary: 'find what is wrong in Corefiles, wherever they live',
  description:
    'Checks Corefiles, and Corefiles in ConfigMaps, against a CoreDNS release: whether it starts with them, and whether it does what they seem to say. PATH is a file, a directory, or - for standard input; the working directory when missing.',
  operands: { name: '[PATH...]', description: 'files, directories, or -', most: Number.POSITIVE_INFINITY },
  options: lintOptions,
  epilogue: lintEpilogue,
  run: runLint,
}

/** What the command line asks for besides what to lint and how. */
interface Request {
  readonly format: Format
  readonly outputs: readonly { readonly format: Format; readonly path: string }[]
  readonly failOn: Severity | 'never'
  /** Which fixes to make, null for none. */
  readonly fixes: 'safe' | 'unsafe' | null
  readonly diff: boolean
  /** What findings are compared with, null when with nothing. */
  readonly earlier: EarlierRequest | null
}

async function runLint(args: Arguments, io: Io): Promise<ExitCode> {
  const request = await requestOf(args, io)
  const { paths, options: given } = await inputsOf(args, io, request)
  const progress = new ProgressLine(io)
  const options = { ...given, onProgress: (done: number, total: number | null) => progress.tell(done, total) }
  const described = args.value('print-config')
  if (described !== undefined) {
    const { printConfig } = await import('./print-config.ts')
    return printConfig(described, args.operands, options, request.format, io)
  }
  const prepared = await prepare(paths, options, rules)
  const run: Run = { paths, options, prepared, rules }
  const earlier = await earlierOf(run, request, io)
  const found = await lintOrFix(run, earlier, request, io)
  progress.clear()
  if (request.earlier?.updates) return update(found.result, run, request.earlier, io)
  const fresh = earlier?.takeFrom(found.result) ?? { result: found.result, stale: [], foreign: [] }
  const { result, stale } = fresh
  const outcome = { ...found, result }
  const isWritten = await report(outcome, run, request, io)
  // Where nothing is there nothing changed.
  const asked = (request.earlier?.changed ?? null) === null ? prepared : { ...prepared, directories: [] }
  for (const gap of gapsOf(found.result, asked)) tell(io, gap)
  for (const words of await baselineWords(fresh, request.earlier, io)) tell(io, words)
  const code = exitCodeOf({ ...outcome, isFinished: found.isFinished && isWritten }, asked, request)
  return stale.length > 0 && code === exitCode.fine && request.failOn !== 'never' ? exitCode.findings : code
}

/** Writes the baseline instead of a report: not where something is missing from the result. */
async function update(result: LintResult, run: Run, { baseline }: EarlierRequest, io: Io): Promise<ExitCode> {
  const { prepared } = run
  for (const gap of gapsOf(result, prepared)) tell(io, gap)
  const isUnfinished = prepared.unreadable.length > 0
  if (isUnfinished || emptyDirectories(result, prepared).length > 0) {
    tell(io, 'the baseline was not written')
    return isUnfinished ? exitCode.notFinished : exitCode.wrongUsage
  }
  const { updateBaseline } = await import('./lint-earlier.ts')
  await updateBaseline(result, run, baseline ?? '', io)
  return exitCode.fine
}

async function earlierOf(run: Run, { earlier }: Request, io: Io): Promise<EarlierFindings | null> {
  if (earlier === null || earlier.updates) return null
  return (await import('./lint-earlier.ts')).earlierFindings(run, earlier, io)
}

/** What to say of a baseline that does not fit. */
async function baselineWords({ stale, foreign }: Fresh, earlier: EarlierRequest | null, io: Io): Promise<string[]> {
  const baseline = earlier?.baseline ?? null
  if (baseline === null || stale.length + foreign.length === 0) return []
  const { foreignOf, stalenessOf } = await import('../node/earlier.ts')
  return [
    ...(stale.length === 0 ? [] : [stalenessOf(baseline, stale, io.program)]),
    ...(foreign.length === 0 ? [] : [foreignOf(baseline, foreign)]),
  ]
}

async function requestOf(args: Arguments, io: Io): Promise<Request> {
  const fixUnsafe = args.has('fix-unsafe')
  const diff = args.has('diff')
  return {
    format: args.choice('format', formats) ?? (io.stdout.isTerminal() ? 'pretty' : 'concise'),
    outputs: args.values('output').map(outputOf),
    failOn: args.choice('fail-on', [...SEVERITIES, 'never' as const]) ?? 'error',
    fixes: fixUnsafe ? 'unsafe' : args.has('fix') || diff ? 'safe' : null,
    diff,
    earlier: await earlierRequestOf(args),
  }
}

/** What reads these options loads only where there are any. */
async function earlierRequestOf(args: Arguments): Promise<EarlierRequest | null> {
  if (!['baseline', 'update-baseline', 'changed'].some((name) => args.has(name))) return null
  return (await import('./lint-earlier.ts')).earlierRequestOf(args)
}

function outputOf(word: string): { format: Format; path: string } {
  const at = word.indexOf('=')
  if (at < 0 || at === word.length - 1)
    throw new WrongUsage(`--output ${word}: write FORMAT=FILE, such as json=report.json`)
  return { format: chosen(word.slice(0, at), formats, '--output'), path: word.slice(at + 1) }
}

async function inputsOf(
  args: Arguments,
  io: Io,
  request: Request,
): Promise<{ paths: readonly string[]; options: LintFilesOptions }> {
  const stdinName = args.value('stdin-filename')
  const paths = args.operands.length > 0 ? args.operands : [stdinName === undefined ? '.' : '-']
  const readsInput = paths.includes('-')
  if (stdinName !== undefined && !readsInput) {
    throw new WrongUsage('--stdin-filename names what - reads: give - as the path')
  }
  if (readsInput && request.fixes !== null && !request.diff && paths.length > 1) {
    throw new WrongUsage('the fixed text of - goes to standard output: fix it in a call of its own')
  }
  const environment = readEnvironment(args.values('env'), args.values('env-file'), io)
  const given = {
    coredns: args.value('coredns'),
    kubernetes: args.value('kubernetes'),
    config: args.value('config'),
    as: args.choice('as', ['corefile', 'configmap']),
    root: args.value('root'),
    labels: labelsOf(args.values('label')),
    environment,
    stdin: readsInput
      ? { bytes: await io.stdin.read(), ...(stdinName === undefined ? {} : { path: stdinName }) }
      : undefined,
  }
  const options = {
    cwd: io.cwd,
    pedantic: args.has('pedantic'),
    severities: Object.fromEntries(args.values('rule').map(severityOf)),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  }
  return { paths, options }
}

function labelsOf(words: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (words.length === 0) return undefined
  const pairs = words.map((word) => {
    const at = word.indexOf('=')
    if (at < 1) throw new WrongUsage(`--label ${word}: write KEY=VALUE, such as k8s-app=kube-dns`)
    return [word.slice(0, at), word.slice(at + 1)] as const
  })
  return Object.fromEntries(pairs)
}

function severityOf(word: string): [string, Severity | 'off'] {
  const [id = '', severity] = word.split('=')
  if (severity === undefined) throw new WrongUsage(`--rule ${word}: write ID=SEVERITY or ID=off`)
  const ids = rules.map((rule) => rule.id)
  if (!ids.includes(id))
    throw new WrongUsage(`no rule is called "${id}"${didYouMean(id, ids) || '; corefile rules lists them'}`)
  return [id, chosen(severity, [...SEVERITIES, 'off' as const], `--rule ${id}`)]
}

async function lintOrFix(
  { paths, prepared, options }: Run,
  earlier: EarlierFindings | null,
  { fixes, diff }: Request,
  io: Io,
): Promise<Outcome> {
  if (fixes === null) {
    return { result: await lintTexts(prepared.files, prepared.options), isStdoutTaken: false, isFinished: true }
  }
  const { fixFiles, fixInput, showDiff } = await import('./lint-fix.ts')
  const fixing = { prepared, options, safety: fixes, earlier }
  if (diff) return showDiff(fixing, io)
  return paths.includes('-') ? fixInput(fixing, io) : fixFiles(fixing, io)
}

/** Writes the reports; false when one could not be written. */
async function report(outcome: Outcome, { prepared, options }: Run, request: Request, io: Io): Promise<boolean> {
  const { isStdoutTaken } = outcome
  const result = { ...outcome.result, unreadable: prepared.unreadable }
  const { textOf, releaseNote } = prepared
  const output = isStdoutTaken ? io.stderr : io.stdout
  if (!(isStdoutTaken && request.diff)) {
    const context: ReportContext = {
      colours: hasColours(output, io),
      links: hasLinks(output, io),
      columns: columnsOf(output, io),
      elapsed: io.elapsed(),
      releaseNote,
      textOf,
      ...(request.format === 'pretty' ? await effects(result, prepared, options) : {}),
    }
    const text = (await loadReporter(request.format))(result, context)
    if (text !== '') output.write(forLog(text, request.format, io))
  }
  let isWritten = true
  for (const { format, path } of request.outputs) {
    const plain = { colours: false, links: false, columns: columnsOfFiles, elapsed: null, releaseNote, textOf }
    const text = (await loadReporter(format))(result, plain)
    try {
      writeText(resolve(io.cwd, path), text)
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error
      tell(io, `cannot write ${path}: ${error.message}`)
      isWritten = false
    }
  }
  return isWritten
}

/** What compares answers loads only where there is an unsafe fix to show. */
async function effects(
  result: LintResult,
  prepared: Prepared,
  options: LintFilesOptions,
): Promise<Pick<ReportContext, 'effectOf'>> {
  const isAny = result.files.some(({ findings }) => findings.some(({ fix }) => fix?.safety === 'unsafe'))
  if (!isAny) return {}
  const { effectsOf } = await import('../node/fix-effects.ts')
  const found = await effectsOf(result, prepared, options)
  return { effectOf: (finding) => found.get(finding) ?? [] }
}

/** The report as a workflow's log may hold it: there the text of a file must not be taken for a command. */
function forLog(text: string, format: Format, { env }: Io): string {
  const isForPeople = format === 'pretty' || format === 'concise' || format === 'markdown'
  return env.GITHUB_ACTIONS === 'true' && isForPeople ? withoutCommands(text) : text
}

function tell(io: Io, message: string): void {
  io.stderr.write(`${io.program}: ${visible(message)}\n`)
}

function exitCodeOf({ result, isFinished }: Outcome, prepared: Prepared, { failOn }: Request): ExitCode {
  if (!isFinished || prepared.unreadable.length > 0) return exitCode.notFinished
  if (emptyDirectories(result, prepared).length > 0) return exitCode.wrongUsage
  if (failOn === 'never') return exitCode.fine
  const isFound = result.files.some(({ findings }) => findings.some(({ severity }) => reaches(severity, failOn)))
  return isFound ? exitCode.findings : exitCode.fine
}
