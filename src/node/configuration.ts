import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Ignore } from 'ignore'
import type { Build } from '../../grammar/builds.ts'
import type { PlatformName } from '../../grammar/platforms/index.ts'
import type { DeclaredPlugins } from '../../grammar/program.ts'
import type { Severity } from '../lint/diagnostic.ts'
import type { RuleSettings } from '../lint/rule.ts'
import type { Value } from '../lint/schema-reader.ts'
import { readText } from './files.ts'
import { isInside, repositoryOf, withSlashes } from './work-tree.ts'
import { WrongUsage } from './wrong-usage.ts'

/** What is judged by and how, as far as a configuration says; what it does not say is missing. */
export interface ConfiguredTarget {
  readonly releases?: readonly string[]
  /** Why these releases, where the configuration names a Kubernetes release. */
  readonly releaseNote?: string
  readonly build?: Build
  readonly platform?: PlatformName
  readonly externalPlugins?: DeclaredPlugins
  readonly severities: Readonly<Record<string, Severity | 'off'>>
  readonly settings: Partial<RuleSettings>
}

/** One thing that a configuration says. */
export interface Setting {
  /** `coredns`, or `rules.ID`. */
  readonly key: string
  /** As it is written, a number as its text. */
  readonly value: Value
  /** The place: `.corefile.yaml:3`. */
  readonly from: string
}

/** A `.corefile.yaml` that was read and found right. */
export interface Configuration extends ConfiguredTarget {
  /** The file, as messages name it. */
  readonly path: string
  /** What differs for a file (its path relative to `cwd`), null when nothing. */
  readonly overridesFor: (path: string) => ConfiguredTarget | null
  /** What counts for a file as it is written, each key once. */
  readonly settingsFor: (path: string) => readonly Setting[]
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
  // What understands the text is large and loads only where there is one.
  const { readConfiguration } = await import('./configuration-text.ts')
  const { own, settings, overrides, ignored } = await readConfiguration(read.text, shown, ruleIds)
  // Loaded only where there are patterns.
  const create = overrides.length + ignored.length > 0 ? (await import('ignore')).default : null
  const directory = dirname(path)
  const matcher = (patterns: readonly string[]) => matcherOf(create?.().add(patterns), directory, cwd)
  const matchers = overrides.map(({ files, ...rest }) => ({ matches: matcher(files), ...rest }))
  return {
    ...own,
    path: shown,
    overridesFor: (file) => {
      const matching = matchers.filter(({ matches }) => matches(file)).map((override) => override.target)
      return matching.length === 0 ? null : matching.reduce(joined)
    },
    settingsFor: (file) => {
      const lists = [settings, ...matchers.filter(({ matches }) => matches(file)).map((override) => override.settings)]
      const byKey = new Map<string, Setting>()
      for (const setting of lists.flat()) {
        // Either of the two says which release counts.
        if (setting.key === 'coredns' || setting.key === 'kubernetes') {
          byKey.delete('coredns')
          byKey.delete('kubernetes')
        }
        byKey.set(setting.key, setting)
      }
      return [...byKey.values()]
    },
    ignores: matcher(ignored),
  }
}

/** The nearest `.corefile.yaml` in `cwd` or above it, as far as the repository goes; null when there is none. */
export function findConfiguration(cwd: string): string | null {
  const last = repositoryOf(cwd)
  for (let at = resolve(cwd); ; at = dirname(at)) {
    const path = join(at, configurationName)
    if (existsSync(path)) return path
    if (at === last || dirname(at) === at) return null
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
