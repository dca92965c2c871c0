import { resolve } from 'node:path'
import { lint } from '../lint/run.ts'
import { loadConfiguration, type Setting } from '../node/configuration.ts'
import { type LintFilesOptions, prepare } from '../node/prepare.ts'
import { jsonText } from '../report/json-text.ts'
import { rules } from '../rules/index.ts'
import { visible } from '../text/width.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Io } from './io.ts'

/** How far to the right the places stand at most. */
const farthestPlace = 48

/**
 * Writes the configuration that counts for a file, and where each value comes from: as YAML that could stand in `.corefile.yaml`, or as
 * JSON. `others` are files whose images tell the release.
 */
export async function printConfig(
  file: string,
  others: readonly string[],
  options: LintFilesOptions,
  format: string,
  io: Io,
): Promise<ExitCode> {
  const configuration = await loadConfiguration(
    resolve(io.cwd),
    options.config ?? null,
    rules.map(({ id }) => id),
  )
  const settings = [...(configuration?.settingsFor(file) ?? []), ...given(options)]
  const byKey = new Map(settings.map((setting) => [setting.key, setting]))
  const release = await releaseOf(file, others, options)
  const rest = [...byKey.values()]
  const listed: readonly Setting[] =
    release === null
      ? rest
      : [release.coredns, release.build, ...rest.filter(({ key }) => !['coredns', 'kubernetes', 'build'].includes(key))]
  const told = listed.map((setting) => (release === null ? setting : withPlace(setting, byKey)))
  const ignored = configuration?.ignores(file) ?? false
  if (format === 'json') {
    const configurationPath = configuration?.path ?? null
    io.stdout.write(jsonText({ version: 1, path: file, configuration: configurationPath, ignored, settings: told }))
    return exitCode.fine
  }
  const heading =
    configuration === null ? `no configuration file counts for ${file}` : `${configuration.path} counts for ${file}`
  const lines = [`# ${heading}${ignored ? ', which it ignores' : ''}`, ...yamlOf(told)]
  io.stdout.write(`${lines.map((line) => visible(line)).join('\n')}\n`)
  return exitCode.fine
}

/** What the command line says, which beats the configuration. */
function given({ coredns, kubernetes, severities = {}, pedantic }: LintFilesOptions): Setting[] {
  const release =
    coredns !== undefined ? { key: 'coredns', value: coredns } : { key: 'kubernetes', value: kubernetes ?? '' }
  return [
    ...(coredns === undefined && kubernetes === undefined ? [] : [{ ...release, from: `--${release.key}` }]),
    ...Object.entries(severities).map(([id, value]) => ({ key: `rules.${id}`, value, from: `--rule ${id}=${value}` })),
    ...(pedantic === true ? [{ key: 'pedantic', value: true, from: '--pedantic' }] : []),
  ]
}

/** The release and build that the Corefiles of the file are judged by; null where it holds none. */
async function releaseOf(file: string, others: readonly string[], options: LintFilesOptions) {
  const prepared = await prepare([file, ...others], options, rules)
  const result = await lint(prepared.files, prepared.options)
  const target = result.files.find(({ path }) => path === prepared.files[0]?.path)?.corefiles[0]?.target
  if (target === undefined) return null
  const { coredns, releases, build, from } = target
  const value = releases.length > 1 ? `${releases[0]} to ${coredns}` : coredns
  return { coredns: { key: 'coredns', value, from }, build: { key: 'build', value: build, from: 'default' } }
}

/** The place where a release or build was named, in place of who named it. */
function withPlace(setting: Setting, byKey: ReadonlyMap<string, Setting>): Setting {
  const { key, value, from } = setting
  if (key === 'build') return { ...setting, from: byKey.get('build')?.from ?? from }
  if (key !== 'coredns' || (from !== 'config' && from !== 'flag')) {
    return from === 'assumed' ? { ...setting, from: 'assumed: the newest' } : setting
  }
  const named = byKey.get('coredns') ?? byKey.get('kubernetes')
  if (named === undefined) return setting
  if (named.from.startsWith('--')) return { ...setting, from: `${named.from} ${named.value}` }
  const words = named.key === 'coredns' && named.value === value ? '' : `, ${named.key} ${named.value}`
  return { ...setting, from: `${named.from}${words}` }
}

function yamlOf(settings: readonly Setting[]): string[] {
  const isRule = ({ key }: Setting) => key.startsWith('rules.')
  const rows = settings.filter((setting) => !isRule(setting)).map((setting) => rowOf(setting, setting.key, ''))
  const rules = settings.filter(isRule).map((setting) => rowOf(setting, setting.key.slice('rules.'.length), '  '))
  const all = [...rows, ...(rules.length === 0 ? [] : [{ text: 'rules:', from: '' }, ...rules])]
  const width = Math.min(farthestPlace, Math.max(...all.map(({ text }) => text.length)))
  return all.map(({ text, from }) => (from === '' ? text : `${text.padEnd(width)}  # ${from}`))
}

function rowOf(
  { value, from }: Setting,
  name: string,
  indent: string,
): { readonly text: string; readonly from: string } {
  const isPlain = typeof value === 'string' && /^[\w./-][\w./ -]*$/.test(value)
  return { text: `${indent}${name}: ${isPlain ? value : JSON.stringify(value)}`, from }
}
