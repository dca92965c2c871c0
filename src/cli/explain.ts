import { externalPlugin } from '../../grammar/external-plugins.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { everInTree, NEWEST, RELEASES } from '../../grammar/releases.ts'
import { valueFor } from '../../grammar/schema.ts'
import { releasesOf } from '../node/release-choice.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { type Paint, painter } from '../report/paint.ts'
import { rules } from '../rules/index.ts'
import { didYouMean } from '../text/suggest.ts'
import type { Arguments, Command } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { explainPlugin, explainProperty } from './explain-plugin.ts'
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
  if (asJson) return write(io, JSON.stringify(await dataAbout(subject), null, 2))
  const style = { paint: painter(hasColours(io.stdout, io)), columns: columnsOf(io.stdout, io), release }
  return write(io, (await pageAbout(subject, style)).join('\n'))
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
  const [name, property] = partsOf(subject)
  return property === null ? explainPlugin(name, style) : explainProperty(name, property, style)
}

async function dataAbout(subject: string): Promise<object> {
  const rule = rules.find(({ id }) => id === subject)
  if (rule !== undefined) {
    const { ruleTexts } = await import('../rules/texts.ts')
    return { version: 1, rule: { ...ruleShape(rule, ''), ...ruleTexts[rule.id] } }
  }
  const [name] = partsOf(subject)
  const known = pluginGrammars.get(name)
  if (known === undefined) throw new WrongUsage(`the options of ${name} are not described yet`)
  return { version: 1, plugin: known.grammar }
}

/** The plugin, and the property where one is asked for. Throws a WrongUsage with a suggestion for a name that nothing has. */
function partsOf(subject: string): [string, string | null] {
  const dot = subject.indexOf('.')
  const name = dot < 0 ? subject : subject.slice(0, dot)
  if (everInTree.has(name) || pluginGrammars.has(name) || externalPlugin(name) !== null) {
    return [name, dot < 0 ? null : subject.slice(dot + 1)]
  }
  const names = [...rules.map(({ id }) => id), ...everInTree]
  throw new WrongUsage(
    `no rule or plugin is called "${name}"${didYouMean(name, names) || '; corefile rules lists the rules'}`,
  )
}
