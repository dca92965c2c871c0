import type { Node } from 'yaml'
import { type Build, releaseOfBuild } from '../../grammar/builds.ts'
import type { PlatformName } from '../../grammar/platforms/index.ts'
import type { DeclaredPlugins } from '../../grammar/program.ts'
import { type ExternalPlugins, type ProgramOptions, readProgramOptions } from '../../grammar/program-options.ts'
import type { Severity } from '../lint/diagnostic.ts'
import { type NodeView, SchemaReader, type Value } from '../lint/schema-reader.ts'
import { LineIndex } from '../text/lines.ts'
import type { ConfiguredTarget, Setting } from './configuration.ts'
import { configurationSchema } from './configuration-schema.ts'
import { type ReleaseChoice, releasesOf } from './release-choice.ts'
import { type WrongUsage, wrongFile } from './wrong-usage.ts'
import { nodeViewer } from './yaml-view.ts'

/** What the text of a configuration says. */
export interface ConfigurationText {
  /** For all files. */
  readonly own: ConfiguredTarget
  /** The same as it is written. */
  readonly settings: readonly Setting[]
  /** For the files that match these patterns. */
  readonly overrides: readonly {
    readonly files: readonly string[]
    readonly target: ConfiguredTarget
    readonly settings: readonly Setting[]
  }[]
  /** Patterns of files that are not checked. */
  readonly ignored: readonly string[]
}

type Path = readonly (string | number)[]
type Fields = Readonly<Record<string, Value>>

/** Something wrong in the file: what, and at which offset. */
interface Mistake {
  readonly offset: number
  readonly message: string
}

/** Reads the text of a configuration, which messages call `shown`. Throws a WrongUsage that lists every mistake with its place. */
export async function readConfiguration(
  text: string,
  shown: string,
  ruleIds: readonly string[],
): Promise<ConfigurationText> {
  const yaml = await import('yaml')
  const document = yaml.parseDocument(text, { prettyErrors: false, logLevel: 'silent' })
  const [error] = document.errors
  if (error !== undefined) {
    throw wrongUsage(
      document.errors.map(({ pos, message }) => ({ offset: pos[0], message: `not YAML: ${message}` })),
      text,
      shown,
    )
  }
  if (document.contents === null)
    return { own: { severities: {}, settings: {} }, settings: [], overrides: [], ignored: [] }
  const view = nodeViewer(yaml, document)
  const schema = configurationSchema(Object.fromEntries(ruleIds.map((id) => [id, ''])))
  const reader = new SchemaReader(schema, view)
  const value = reader.read(document.contents, schema, 'the configuration') as Fields
  const read = reader.mistakes.map(({ node, message }) => ({ offset: node?.range?.[0] ?? 0, message }))
  if (read.length > 0) throw wrongUsage(read, text, shown)

  const mistakes: Mistake[] = []
  const wrong = (at: Path, isAboutKey: boolean, message: string) =>
    mistakes.push({ offset: offsetOf(document.contents, at, isAboutKey, view), message })
  const lines = new LineIndex(text)
  const settingsAt = (at: Path, fields: Fields): Setting[] =>
    settingsOf(fields).map(({ path, value }) => {
      const { line } = lines.positionAt(offsetOf(document.contents, [...at, ...path], true, view))
      return { key: path.join('.'), value, from: `${shown}:${line}` }
    })
  const own = targetOf(value, [], undefined, wrong)
  const overrides = ((value.overrides ?? []) as readonly Fields[]).map((fields, index) => ({
    files: fields.files as readonly string[],
    target: targetOf(fields, ['overrides', index], own.externalPlugins, wrong),
    settings: settingsAt(['overrides', index], fields),
  }))
  if (mistakes.length > 0) throw wrongUsage(mistakes, text, shown)
  const { overrides: _overrides, ignore: ignored = [], ...rest } = value
  return { own, settings: settingsAt([], rest), overrides, ignored: ignored as readonly string[] }
}

/** What fields say, rule by rule, and where in them it stands. */
function settingsOf({ rules, files: _files, ...fields }: Fields): { readonly path: Path; readonly value: Value }[] {
  const severities = Object.entries((rules ?? {}) as Fields)
  return [
    ...Object.entries(fields).map(([key, value]) => ({ path: [key], value })),
    ...severities.map(([id, value]) => ({ path: ['rules', id], value })),
  ]
}

function wrongUsage(mistakes: readonly Mistake[], text: string, shown: string): WrongUsage {
  const lines = new LineIndex(text)
  const told = mistakes
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => {
      const { line, column } = lines.positionAt(Math.min(offset, text.length))
      return `${shown}:${line}:${column}: ${message}`
    })
  return wrongFile(told)
}

/** Where the value at a path begins, or its key; of a path that leads nowhere the last value on it. */
function offsetOf(
  top: Node | null,
  path: Path,
  isAboutKey: boolean,
  view: (node: Node | null) => NodeView<Node | null>,
): number {
  let key: Node | null = null
  let node = top
  for (const step of path) {
    const seen = view(node)
    if (seen.kind === 'array') node = seen.nodes[Number(step)] ?? node
    if (seen.kind !== 'object') continue
    const entry = seen.entries.find((each) => each.key === step)
    key = entry?.keyNode ?? key
    node = entry?.node ?? node
  }
  return ((isAboutKey ? key : null) ?? node)?.range?.[0] ?? 0
}

function targetOf(
  fields: Fields,
  at: Path,
  inherited: DeclaredPlugins | undefined,
  wrong: (at: Path, isAboutKey: boolean, message: string) => void,
): ConfiguredTarget {
  const text = (key: string) => fields[key] as string | undefined
  const build = fields.build as Build | undefined
  const chosen = releasesOf({ coredns: text('coredns'), kubernetes: text('kubernetes') }) ?? choiceByBuild(build)
  if (chosen !== null && 'error' in chosen) wrong([...at, chosen.of], false, chosen.error)
  const program: ProgramOptions = {
    ...(build === undefined ? {} : { build }),
    ...(fields.externalPlugins === undefined ? {} : { externalPlugins: fields.externalPlugins as ExternalPlugins }),
  }
  const { declared, mistakes } = readProgramOptions(program, inherited)
  for (const mistake of mistakes) wrong([...at, ...mistake.at], mistake.isAboutKey, mistake.message)
  const clusterDnsIp = fields.clusterDnsIP
  return {
    ...(chosen === null || 'error' in chosen ? {} : { releases: chosen.releases }),
    ...(chosen !== null && 'note' in chosen && chosen.note !== null ? { releaseNote: chosen.note } : {}),
    ...(build === undefined ? {} : { build }),
    ...(fields.platform === undefined ? {} : { platform: fields.platform as PlatformName }),
    ...(declared === undefined ? {} : { externalPlugins: declared }),
    severities: (fields.rules ?? {}) as Readonly<Record<string, Severity | 'off'>>,
    settings: {
      ...(fields.clusterDomain === undefined ? {} : { clusterDomain: fields.clusterDomain as string }),
      ...(clusterDnsIp === undefined ? {} : { clusterDnsIp: [clusterDnsIp].flat() as string[] }),
    },
  }
}

/** What a tag of NodeLocal DNSCache says of the release; null for every other build. */
function choiceByBuild(build: Build | undefined): ReleaseChoice | null {
  const inside = releaseOfBuild(build)
  if (inside === null) return null
  const { tag, release } = inside
  return { releases: [release], note: `NodeLocal DNSCache ${tag} contains CoreDNS ${release}` }
}
