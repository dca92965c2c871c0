import { externalPlugin } from '../../grammar/external-plugins.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { type DeclaredPlugins, noDeclaredPlugins, type Program, programOf } from '../../grammar/program.ts'
import { everInTree, NEWEST, RELEASES } from '../../grammar/releases.ts'
import { valueFor } from '../../grammar/schema.ts'
import { loadConfiguration } from '../node/configuration.ts'
import { releasesOf } from '../node/release-choice.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { type Paint, painter } from '../report/paint.ts'
import { wrapped } from '../report/words.ts'
import { rules } from '../rules/index.ts'
import { didYouMean } from '../text/suggest.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { explainPlugin, explainProperty, grammarOf } from './explain-plugin.ts'
import { explainRule } from './explain-rule.ts'
import { columnsOf, hasColours, type Io } from './io.ts'
import { ruleShape } from './rules.ts'

/** `corefile explain`: what a rule is about, or what a plugin or its property accepts in which release. */
export const explain: Command = {
  name: 'explain',
  summary: 'tell about a rule, a plugin, or PLUGIN.PROPERTY',
  description:
    'Tells what a rule finds, why it matters and what to do; or what a plugin or one of its properties accepts, since and until which release.',
  operands: { name: 'RULE|PLUGIN[.PROPERTY]', description: 'what to explain', most: 1, choices: subjects },
  options: [
    {
      name: 'coredns',
      value: 'RELEASE',
      group: 'Options',
      choices: () => RELEASES,
      description: 'the release to describe a plugin in; the newest when missing',
    },
    {
      name: 'config',
      value: 'FILE',
      group: 'Options',
      description: 'the configuration, which may describe plugins of your build; else .corefile.yaml here or above',
    },
    { name: 'all', group: 'Options', description: 'the whole grammar, with --format json' },
    {
      name: 'format',
      value: 'FORMAT',
      group: 'Options',
      choices: () => ['pretty', 'json'],
      description: 'pretty or json',
    },
  ],
  epilogue: `Exit codes:
  0  it was explained
  2  wrong usage, or nothing is called that

Examples:
  corefile explain hosts-missing-fallthrough
  corefile explain forward
  corefile explain forward.max_concurrent
`,
  run: runExplain,
}

/** All that can be explained: rules, plugins, and what the plugins of the newest release accept. */
function subjects(): readonly string[] {
  const properties = [...pluginGrammars].flatMap(([name, { grammar }]) =>
    Object.keys(valueFor(grammar.properties, () => true) ?? {}).map((property) => `${name}.${property}`),
  )
  return [...rules.map(({ id }) => id), ...[...everInTree].sort(), ...properties]
}

/** How pages are laid out. */
export interface PageStyle {
  readonly paint: Paint
  readonly columns: number
  /** The release that a plugin is described in. */
  readonly release: string
  readonly build: ExplainedBuild
}

/** The program that plugins are described in, and what a configuration says of it. */
export interface ExplainedBuild {
  readonly program: Program
  readonly declared: DeclaredPlugins
  /** The configuration that says of which plugins the program is made; null where none does. */
  readonly from: string | null
}

async function runExplain(args: Arguments, io: Io): Promise<ExitCode> {
  const asJson = args.choice('format', ['pretty', 'json']) === 'json'
  const [subject] = args.operands
  const release = releaseOf(args)
  if (args.has('all')) {
    if (!asJson || subject !== undefined)
      throw new WrongUsage('--all tells the whole grammar: give --format json and nothing else')
    const plugins = [...pluginGrammars.values()].map(({ grammar }) => grammar)
    return write(io, JSON.stringify({ version: 1, release: NEWEST, plugins }, null, 2))
  }
  if (subject === undefined) throw new WrongUsage('name a rule, a plugin, or PLUGIN.PROPERTY to explain')
  const build = await buildOf(subject, release, args, io)
  if (asJson) return write(io, JSON.stringify(await dataAbout(subject, build), null, 2))
  const style = { paint: painter(hasColours(io.stdout, io)), columns: columnsOf(io.stdout, io), release, build }
  return write(io, (await pageAbout(subject, style)).join('\n'))
}

/** The build that counts in the working directory. A rule is the same in all of them, and needs no configuration that can be read. */
async function buildOf(subject: string, release: string, args: Arguments, io: Io): Promise<ExplainedBuild> {
  const ruleIds = rules.map(({ id }) => id)
  const configuration = ruleIds.includes(subject)
    ? null
    : await loadConfiguration(io.cwd, args.value('config') ?? null, ruleIds)
  const { build = 'official', externalPlugins: declared = noDeclaredPlugins, path = null } = configuration ?? {}
  const isUsual = build === 'official' && declared.size === 0
  return { program: programOf(release, build, declared), declared, from: isUsual ? null : path }
}

function releaseOf(args: Arguments): string {
  const chosen = releasesOf({ coredns: args.value('coredns') })
  if (chosen !== null && 'error' in chosen) throw new WrongUsage(chosen.error)
  return chosen?.releases.at(-1) ?? NEWEST
}

function write(io: Io, text: string): ExitCode {
  io.stdout.write(`${text}\n`)
  return exitCode.fine
}

async function pageAbout(subject: string, style: PageStyle): Promise<string[]> {
  const rule = rules.find(({ id }) => id === subject)
  if (rule !== undefined) {
    const { ruleTexts } = await import('../rules/texts.ts')
    return explainRule(rule, ruleTexts[rule.id], style)
  }
  const [name, property] = partsOf(subject, style.build)
  if (property !== null) return explainProperty(name, property, style)
  return [...explainPlugin(name, style), ...furtherPages(name, style)]
}

/** How to read about the properties of a plugin. */
function furtherPages(name: string, { build, columns }: PageStyle): string[] {
  const [first] = Object.keys(grammarOf(name, build)?.aboutProperties ?? {})
  if (first === undefined) return []
  return ['', ...wrapped(`What each property does: corefile explain ${name}.${first}, and so on.`, columns)]
}

async function dataAbout(subject: string, build: ExplainedBuild): Promise<object> {
  const rule = rules.find(({ id }) => id === subject)
  if (rule !== undefined) {
    const { ruleTexts } = await import('../rules/texts.ts')
    return { version: 1, rule: { ...ruleShape(rule, ''), ...ruleTexts[rule.id] } }
  }
  const [name] = partsOf(subject, build)
  const grammar = grammarOf(name, build)
  if (grammar === undefined) throw new WrongUsage(`the options of ${name} are not described yet`)
  return { version: 1, plugin: grammar }
}

/** The plugin, and the property where one is asked for. Throws a WrongUsage with a suggestion for a name that nothing has. */
function partsOf(subject: string, { program, declared }: ExplainedBuild): [string, string | null] {
  const dot = subject.indexOf('.')
  const name = dot < 0 ? subject : subject.slice(0, dot)
  const isKnown = everInTree.has(name) || pluginGrammars.has(name) || program.has(name) || declared.has(name)
  if (isKnown || externalPlugin(name) !== null) {
    return [name, dot < 0 ? null : subject.slice(dot + 1)]
  }
  const names = [...rules.map(({ id }) => id), ...everInTree, ...program.plugins]
  throw new WrongUsage(
    `no rule or plugin is called "${name}"${didYouMean(name, names) || '; corefile rules lists the rules'}`,
  )
}
