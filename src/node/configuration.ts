import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Ignore } from 'ignore'
import type { Build } from '../../grammar/builds.ts'
import type { Severity } from '../lint/diagnostic.ts'
import type { RuleSettings } from '../lint/rule.ts'
import { LineIndex } from '../text/lines.ts'
import { type Mistake, SchemaReader, type Value } from './configuration-check.ts'
import { configurationSchema } from './configuration-schema.ts'
import { readText } from './files.ts'
import { releasesOf } from './release-choice.ts'
import { isInside, repositoryOf, withSlashes } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** What is judged by and how, as far as a configuration says; what it does not say is missing. */
export interface ConfiguredTarget {
  readonly releases?: readonly string[]
  /** Why these releases, where the configuration names a Kubernetes release. */
  readonly releaseNote?: string
  readonly build?: Build
  readonly severities: Readonly<Record<string, Severity | 'off'>>
  readonly settings: Partial<RuleSettings>
}

/** A `.corefile.yaml` that was read and found right. */
export interface Configuration extends ConfiguredTarget {
  /** The file, as messages name it. */
  readonly path: string
  /** What differs for a file (its path relative to `cwd`), null when nothing. */
  readonly overridesFor: (path: string) => ConfiguredTarget | null
  /** Whether a file is not to be checked. */
  readonly ignores: (path: string) => boolean
}

/** The name under which configurations are looked for. */
export const configurationName = '.corefile.yaml'

/**
 * The configuration that counts in `cwd`: the file named, else the nearest `.corefile.yaml` upwards, as far as the repository goes;
 * null when there is none. `ruleIds` are the rules it may name. Throws a WrongUsage that lists every mistake with its place.
 */
export async function loadConfiguration(
  cwd: string,
  named: string | null,
  ruleIds: readonly string[],
): Promise<Configuration | null> {
  const path = named === null ? findConfiguration(cwd) : resolve(cwd, named)
  if (path === null) return null
  const shown = named ?? withSlashes(relative(cwd, path))
  const read = readText(path)
  if ('error' in read) throw new WrongUsage(`cannot read the configuration ${shown}: ${read.error}`)
  const value = await parseConfiguration(read.text, shown, ruleIds)
  return understand(value, shown, dirname(path), cwd)
}

function findConfiguration(cwd: string): string | null {
  const last = repositoryOf(cwd)
  for (let at = resolve(cwd); ; at = dirname(at)) {
    const path = join(at, configurationName)
    if (existsSync(path)) return path
    if (at === last || dirname(at) === at) return null
  }
}

interface ReadValue {
  readonly value: Readonly<Record<string, Value>>
  /** Places of values that must be understood further: offset by path of keys. */
  readonly offsetOf: (...path: (string | number)[]) => number
  readonly fail: (mistakes: readonly Mistake[]) => WrongUsage
}

async function parseConfiguration(text: string, shown: string, ruleIds: readonly string[]): Promise<ReadValue> {
  const yaml = await import('yaml')
  const lines = new LineIndex(text)
  const fail = (mistakes: readonly Mistake[]) => {
    const sorted = mistakes.toSorted((a, b) => a.offset - b.offset)
    return new WrongUsage(
      sorted
        .map(({ offset, message }) => {
          const { line, column } = lines.positionAt(Math.min(offset, text.length))
          return `${shown}:${line}:${column}: ${message}`
        })
        .join('\n'),
    )
  }
  const document = yaml.parseDocument(text, { prettyErrors: false, logLevel: 'silent' })
  if (document.errors.length > 0) {
    throw fail(document.errors.map(({ pos, message }) => ({ offset: pos[0], message: `not YAML: ${message}` })))
  }
  if (document.contents === null) return { value: {}, offsetOf: () => 0, fail }
  const reader = new SchemaReader(yaml, document)
  const schema = configurationSchema(Object.fromEntries(ruleIds.map((id) => [id, ''])))
  const value = reader.read(document.contents, schema, 'the configuration')
  if (reader.mistakes.length > 0) throw fail(reader.mistakes)
  const offsetOf = (...path: (string | number)[]) => {
    const node = document.getIn(path, true)
    return yaml.isNode(node) ? (node.range?.[0] ?? 0) : 0
  }
  return { value: value as Readonly<Record<string, Value>>, offsetOf, fail }
}

async function understand(
  { value, offsetOf, fail }: ReadValue,
  path: string,
  directory: string,
  cwd: string,
): Promise<Configuration> {
  const mistakes: Mistake[] = []
  const target = (fields: Readonly<Record<string, Value>>, ...at: (string | number)[]) => {
    const wrong = (key: string, message: string) => mistakes.push({ offset: offsetOf(...at, key), message })
    return targetOf(fields, wrong)
  }
  const own = target(value)
  const listed = (value.overrides ?? []) as readonly Readonly<Record<string, Value>>[]
  const overrides = listed.map((fields, index) => ({
    files: fields.files as readonly string[],
    target: target(fields, 'overrides', index),
  }))
  if (mistakes.length > 0) throw fail(mistakes)
  const ignored = (value.ignore ?? []) as readonly string[]
  // Loaded only where there are patterns.
  const create = overrides.length + ignored.length > 0 ? (await import('ignore')).default : null
  const matcher = (patterns: readonly string[]) => matcherOf(create?.().add(patterns), directory, cwd)
  const matchers = overrides.map(({ files, target }) => ({ matches: matcher(files), target }))
  return {
    ...own,
    path,
    overridesFor: (file) => {
      const matching = matchers.filter(({ matches }) => matches(file)).map((override) => override.target)
      return matching.length === 0 ? null : matching.reduce(joined)
    },
    ignores: matcher(ignored),
  }
}

/** Whether a path (relative to `cwd`) is what patterns mean that are relative to `directory`; what lies outside of it never is. */
function matcherOf(rules: Ignore | undefined, directory: string, cwd: string): (path: string) => boolean {
  return (path) => {
    const full = resolve(cwd, path)
    if (rules === undefined || full === directory || !isInside(full, directory)) return false
    return rules.ignores(withSlashes(relative(directory, full)))
  }
}

function joined(before: ConfiguredTarget, after: ConfiguredTarget): ConfiguredTarget {
  // A note belongs to the releases it came with.
  const { releaseNote, ...rest } = before
  return {
    ...(after.releases === undefined ? before : rest),
    ...after,
    severities: { ...before.severities, ...after.severities },
    settings: { ...before.settings, ...after.settings },
  }
}

function targetOf(
  fields: Readonly<Record<string, Value>>,
  wrong: (key: string, message: string) => void,
): ConfiguredTarget {
  const text = (key: string) => fields[key] as string | undefined
  const chosen = releasesOf({ coredns: text('coredns'), kubernetes: text('kubernetes') })
  if (chosen !== null && 'error' in chosen) wrong(chosen.of, chosen.error)
  const clusterDnsIp = fields.clusterDnsIP
  return {
    ...(chosen === null || 'error' in chosen ? {} : { releases: chosen.releases }),
    ...(chosen !== null && 'note' in chosen && chosen.note !== null ? { releaseNote: chosen.note } : {}),
    ...(fields.build === undefined ? {} : { build: fields.build as Build }),
    severities: (fields.rules ?? {}) as Readonly<Record<string, Severity | 'off'>>,
    settings: {
      ...(fields.clusterDomain === undefined ? {} : { clusterDomain: fields.clusterDomain as string }),
      ...(clusterDnsIp === undefined ? {} : { clusterDnsIp: [clusterDnsIp].flat() as string[] }),
      ...(fields.externalPlugins === undefined ? {} : { externalPlugins: fields.externalPlugins as readonly string[] }),
    },
  }
}
