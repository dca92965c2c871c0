import { resolve } from 'node:path'
import type { FormatResult } from '../format/format-file.ts'
import { formatFile } from '../format/format-file.ts'
import { lint } from '../lint/run.ts'
import { findUnits } from '../lint/units.ts'
import type { InputFile } from '../lint/workspace.ts'
import { NotWritten, replaceFiles } from '../node/files.ts'
import { emptyDirectories, gapsOf, type LookedAt } from '../node/gaps.ts'
import { type Prepared, prepare } from '../node/prepare.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { counted } from '../report/words.ts'
import { rules } from '../rules/index.ts'
import { LineIndex } from '../text/lines.ts'
import { visible } from '../text/width.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { shownDiff, shownText, type Version } from './shown-diff.ts'

const doing = 'What is done'
const scope = 'What is formatted'

/** `corefile fmt`: the canonical layout, shown, compared or written. */
export const fmt: Command = {
  name: 'fmt',
  summary: 'lay out Corefiles, wherever they live',
  description:
    'Lays out Corefiles, and Corefiles in ConfigMaps: indentation as the file has it (else four spaces), one empty line between blocks, one blank between words. CoreDNS reads the same before and after; comments stay. PATH is a file, a directory, or - for standard input; the working directory when missing. One file is printed as it should be; several need --write, --diff or --check.',
  operands: { name: '[PATH...]', description: 'files, directories, or -', most: Number.POSITIVE_INFINITY },
  options: [
    { name: 'write', group: doing, description: 'write the files that are laid out otherwise' },
    { name: 'diff', group: doing, description: 'show what --write would change, and change nothing' },
    { name: 'check', group: doing, description: 'name the files that --write would change, and change nothing' },
    {
      name: 'as',
      value: 'KIND',
      group: scope,
      choices: () => ['corefile', 'configmap'],
      description: 'read the named files as corefile or configmap, whatever their names',
    },
    { name: 'stdin-filename', value: 'PATH', group: scope, description: 'what to call the text that - reads' },
    {
      name: 'config',
      value: 'FILE',
      group: scope,
      description: 'the configuration; else .corefile.yaml here or above',
    },
  ],
  epilogue: `What stays as it is: which words stand on one line (CoreDNS counts lines), all
comments, the columns of hosts entries and of comments behind lines, line
endings, and every byte of the file around a Corefile.
A Corefile that CoreDNS cannot read, one with template actions between its
words, and a value whose YAML style cannot hold the layout are left alone, and
that is said.

Exit codes:
  0  nothing to change, or it was written or printed
  1  --check or --diff: something would change
  2  wrong usage or configuration, or a directory with nothing to format
  3  something could not be read or written, or is broken

Examples:
  corefile fmt Corefile                     print it as it should be
  corefile fmt --write .                    everything below this directory
  corefile fmt --check deploy/              in a pipeline
  corefile fmt --stdin-filename cm.yaml -   in an editor
`,
  run: runFmt,
}

type Mode = 'print' | 'write' | 'diff' | 'check'

async function runFmt(args: Arguments, io: Io): Promise<ExitCode> {
  const mode = modeOf(args)
  const prepared = await prepareFiles(args, mode, io)
  const formatted: Formatted[] = []
  for (const file of prepared.files) formatted.push(await formatOne(file))
  const changed = formatted.filter(({ file, result }) => result.text !== file.text)
  const isUnwritable = tellUnwritable(mode === 'print' ? formatted : changed, prepared, io)
  const able = changed.filter(({ file }) => !prepared.unwritable.has(file.path))
  const isDone = await act(mode, able, formatted, prepared, io)
  const isBroken = tellUntouched(formatted, io)
  const looked = { files: formatted.map(lookedAt) }
  for (const gap of gapsOf(looked, prepared)) tell(io, gap)
  if (!isDone || isUnwritable || isBroken || prepared.unreadable.length > 0) return exitCode.notFinished
  if (emptyDirectories(looked, prepared).length > 0) return exitCode.wrongUsage
  return changed.length > 0 && (mode === 'check' || mode === 'diff') ? exitCode.findings : exitCode.fine
}

function modeOf(args: Arguments): Mode {
  if (!args.has('write')) return args.has('diff') ? 'diff' : args.has('check') ? 'check' : 'print'
  if (args.has('diff') || args.has('check')) {
    throw new WrongUsage('--write changes files, --diff and --check change none: give one of them')
  }
  return 'write'
}

async function prepareFiles(args: Arguments, mode: Mode, io: Io): Promise<Prepared> {
  const stdinName = args.value('stdin-filename')
  const paths = args.operands.length > 0 ? args.operands : [stdinName === undefined ? '.' : '-']
  const readsInput = paths.includes('-')
  if (stdinName !== undefined && !readsInput) {
    throw new WrongUsage('--stdin-filename names what - reads: give - as the path')
  }
  if (readsInput && mode === 'write') throw new WrongUsage('what - reads goes to standard output: leave --write away')
  const several = 'several files are not printed: give --write, --diff or --check'
  if (mode === 'print' && paths.length > 1) throw new WrongUsage(several)
  const config = args.value('config')
  const as = args.choice('as', ['corefile', 'configmap'])
  const options = {
    cwd: io.cwd,
    ...(config === undefined ? {} : { config }),
    ...(as === undefined ? {} : { as }),
    ...(readsInput
      ? { stdin: { bytes: await io.stdin.read(), ...(stdinName === undefined ? {} : { path: stdinName }) } }
      : {}),
  }
  const prepared = await prepare(paths, options, rules)
  if (mode === 'print' && prepared.directories.length > 0) throw new WrongUsage(several)
  return prepared
}

interface Formatted {
  readonly file: InputFile
  readonly result: FormatResult
}

async function formatOne(file: InputFile): Promise<Formatted> {
  return { file, result: await formatFile(file.text, async (text) => (await findUnits({ ...file, text })).units) }
}

function lookedAt({ file, result }: Formatted): LookedAt['files'][number] {
  return { path: file.path, corefiles: Array.from({ length: result.corefiles }), unchecked: [] }
}

/** Prints, writes or compares; false where something could not be written. */
async function act(
  mode: Mode,
  changed: readonly Formatted[],
  all: readonly Formatted[],
  prepared: Prepared,
  io: Io,
): Promise<boolean> {
  if (mode === 'print') {
    for (const { file, result } of all)
      if (!prepared.unwritable.has(file.path)) io.stdout.write(shownText(result.text, io))
    return true
  }
  if (mode === 'write') return write(changed, all.length, io)
  for (const one of changed) {
    if (mode === 'check') io.stdout.write(`${visible(one.file.path)}\n`)
    else io.stdout.write(await diffOf(one, prepared, io))
  }
  const few = changed.length === 0 ? 'nothing to change' : `${changed.length} would change`
  io.stderr.write(`${counted(all.length, 'file')}, ${few}\n`)
  return true
}

/** Writes all of them or none, and says which. */
function write(changed: readonly Formatted[], count: number, io: Io): boolean {
  try {
    replaceFiles(
      changed.map(({ file, result }) => ({ path: resolve(io.cwd, file.path), before: file.text, after: result.text })),
    )
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error
    const which = changed.find(({ file }) => resolve(io.cwd, file.path) === error.path)?.file.path ?? error.path
    tell(io, `cannot write ${which}: ${error.message}; no file was changed`)
    return false
  }
  for (const { file } of changed) io.stderr.write(`formatted ${visible(file.path)}\n`)
  if (changed.length === 0) io.stderr.write(`${counted(count, 'file')}, nothing to change\n`)
  return true
}

async function diffOf({ file, result }: Formatted, { options }: Prepared, io: Io): Promise<string> {
  const version = async (text: string): Promise<Version> => {
    const { files } = await lint([{ ...file, text }], { ...options, rules: [] })
    return { text, secrets: files.find(({ path }) => path === file.path)?.secrets ?? [] }
  }
  return shownDiff(file.path, await version(file.text), await version(result.text), io)
}

/** Says of which files the bytes cannot be written back; true when there are any. */
function tellUnwritable(formatted: readonly Formatted[], { unwritable }: Prepared, io: Io): boolean {
  const found = formatted.filter(({ file }) => unwritable.has(file.path))
  for (const { file } of found) tell(io, `${file.path} is not valid UTF-8: it was left alone`)
  return found.length > 0
}

/** Says what was left as it is; true when some of it is broken. */
function tellUntouched(formatted: readonly Formatted[], io: Io): boolean {
  let isBroken = false
  for (const { file, result } of formatted) {
    const lines = new LineIndex(file.text)
    for (const { range, reason, message } of result.untouched) {
      const { line, column } = lines.positionAt(range.start)
      tell(io, `${file.path}:${line}:${column}: ${message}`)
      isBroken ||= reason === 'broken' || reason === 'file'
    }
  }
  return isBroken
}

function tell(io: Io, message: string): void {
  io.stderr.write(`${io.program}: ${visible(message)}\n`)
}
