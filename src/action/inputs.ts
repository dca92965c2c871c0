import { isAbsolute, relative, resolve } from 'node:path'
import { getBooleanInput, getInput, getMultilineInput } from '@actions/core'
import { SEVERITIES, type Severity } from '../lint/diagnostic.ts'
import { findConfiguration } from '../node/configuration.ts'
import { isDirectory } from '../node/files.ts'
import type { LintFilesOptions } from '../node/prepare.ts'
import { type Format, formats } from '../node/reporters.ts'
import { isInside, repositoryOf, withSlashes } from '../node/work-tree.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { didYouMean } from '../text/suggest.ts'

/** What a step asks for. */
export interface Inputs {
  /** The root of the repository, absolute: paths of the result begin there. */
  readonly root: string
  /** Relative to the root where they lie in it. */
  readonly paths: readonly string[]
  readonly options: LintFilesOptions
  readonly failOn: Severity | 'never'
  readonly annotations: boolean
  readonly summary: boolean
  /** Reports to write, by absolute path, and the input that asks for each. */
  readonly reports: readonly { readonly input: ReportInput; readonly format: Format; readonly path: string }[]
  /** The baseline, relative to the root where it lies in it; null for none. */
  readonly baseline: string | null
  /** Whether only findings count that the base of the event does not have. */
  readonly changedOnly: boolean
  /** Whether to say which answers differ from those of the base of the event. */
  readonly compare: boolean
  /** What to migrate, relative to the root where it lies in it; empty for nothing. */
  readonly migrate: readonly string[]
  /** The file that it goes into, relative to the root; null for a new Corefile. */
  readonly into: string | null
}

/** An input that names a file to write. */
export type ReportInput = 'sarif-file' | 'rdjson-file' | 'report-file'

/** The inputs of the step, paths taken from its working directory in `workspace`. Throws a WrongUsage for a wrong one. */
export function readInputs(workspace: string): Inputs {
  const directory = resolve(workspace, getInput('working-directory'))
  if (!isDirectory(directory)) throw new WrongUsage(`working-directory ${directory} is not a directory`)
  const root = rootOf(directory, workspace)
  const fromRoot = (path: string) => pathFrom(root, resolve(directory, path))
  const named = getInput('config')
  const config = named === '' ? findConfiguration(directory) : resolve(directory, named)
  const given = { coredns: getInput('coredns-version'), kubernetes: getInput('kubernetes-version') }
  const paths = getMultilineInput('paths').filter((path) => path !== '')
  return {
    root,
    paths: (paths.length > 0 ? paths : ['.']).map(fromRoot),
    options: {
      cwd: root,
      ...(config === null ? {} : { config: pathFrom(root, config) }),
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
    },
    failOn: failOnOf(getInput('fail-on') || 'error'),
    annotations: switchOf('annotations'),
    summary: switchOf('summary'),
    reports: [
      ...reportsOf('sarif-file', 'sarif', directory),
      ...reportsOf('rdjson-file', 'rdjson', directory),
      ...reportsOf('report-file', 'markdown', directory),
    ],
    baseline: getInput('baseline') === '' ? null : fromRoot(getInput('baseline')),
    changedOnly: getInput('changed-only') !== '' && switchOf('changed-only'),
    compare: getInput('compare') !== '' && switchOf('compare'),
    migrate: getMultilineInput('migrate')
      .filter((path) => path !== '')
      .map(fromRoot),
    into: getInput('into') === '' ? null : fromRoot(getInput('into')),
  }
}

/** The reports that an input asks for, a line each: `FORMAT=FILE`, or a file alone for the usual format. */
function reportsOf(input: ReportInput, usual: Format, directory: string): Inputs['reports'] {
  return getMultilineInput(input)
    .filter((line) => line !== '')
    .map((line) => {
      const format = formats.find((one) => line.startsWith(`${one}=`))
      const path = format === undefined ? line : line.slice(format.length + 1)
      return { input, format: format ?? usual, path: resolve(directory, path) }
    })
}

/** GitHub knows files by their path in the repository, which a workflow may have checked out below the workspace. */
function rootOf(directory: string, workspace: string): string {
  const repository = repositoryOf(directory)
  if (repository !== null && isInside(repository, workspace)) return repository
  return isInside(directory, workspace) ? workspace : directory
}

/** A path as seen from a directory, with `/`; as it is where it lies elsewhere. */
export function pathFrom(directory: string, path: string): string {
  if (!isAbsolute(path) || !isInside(path, directory)) return withSlashes(path)
  return withSlashes(relative(directory, path)) || '.'
}

function failOnOf(word: string): Severity | 'never' {
  const words = [...SEVERITIES, 'never' as const]
  const found = words.find((candidate) => candidate === word)
  if (found !== undefined) return found
  throw new WrongUsage(`fail-on "${word}"${didYouMean(word, words) || ': write error, warning, info or never'}`)
}

function switchOf(name: string): boolean {
  if (getInput(name) === '') return true
  try {
    return getBooleanInput(name)
  } catch {
    throw new WrongUsage(`${name} "${getInput(name)}": write true or false`)
  }
}
