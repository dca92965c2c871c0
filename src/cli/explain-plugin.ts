import { externalPlugin } from '../../grammar/external-plugins.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { noDeclaredPlugins, programOf } from '../../grammar/program.ts'
import { pluginReleases, RELEASES } from '../../grammar/releases.ts'
import {
  type Argument,
  type Line,
  type PluginGrammar,
  type Property,
  type Versioned,
  valueFor,
} from '../../grammar/schema.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import { listed, wrapped } from '../report/words.ts'
import { didYouMean } from '../text/suggest.ts'
import { displayWidth } from '../text/width.ts'
import { isSince } from '../values/release.ts'
import { describeKind } from '../verdict/kinds.ts'
import type { ExplainedBuild, PageStyle } from './explain.ts'

/** CoreDNS as it comes. */
export function officialBuild(release: string): ExplainedBuild {
  return { program: programOf(release), declared: noDeclaredPlugins, from: null }
}

/** What a plugin accepts as its build says it, else as CoreDNS has it; undefined where nobody described it. */
export function grammarOf(name: string, { program, declared }: ExplainedBuild): PluginGrammar | undefined {
  const own = declared.get(name)?.description ?? (program.isExternal(name) ? null : pluginGrammars.get(name))
  return own?.grammar
}

/** The page of a plugin: since when it is there, what it is followed by, and its properties with their releases and defaults. */
export function explainPlugin(name: string, style: PageStyle): string[] {
  const grammar = grammarOf(name, style.build)
  const heading = [style.paint('path', name), historyOf(name, style)].join('  ').trimEnd()
  const origin = originOf(name, style)
  if (grammar === undefined) {
    if (!style.build.program.has(name) && origin.length > 0) return [heading, '', ...origin]
    const unknown =
      style.build.from !== null && style.build.program.isExternal(name)
        ? `What it accepts is not said in ${style.build.from} (externalPlugins, ${name}, grammar); lint leaves its words alone.`
        : 'What it accepts is not described yet; lint leaves its words alone.'
    return [heading, ...origin, ...placeInOrder(name, style), '', ...wrapped(unknown, style.columns)]
  }
  return [
    heading,
    ...origin,
    ...(grammar.about === null ? [] : wrapped(grammar.about, style.columns)),
    ...wrapped(placeInOrder(name, style).join(' '), style.columns),
    ...wrapped(deprecationOf(grammar), style.columns).filter((text) => text !== ''),
    '',
    ...synopsisOf(grammar, style),
    '',
    ...argumentRows(lineIn(grammar.line, style.release), style),
    ...(readsAllItself(grammar, style) ? ['CoreDNS reads its words in a way of its own; lint follows it.'] : []),
    ...wrapped(occurrencesOf(grammar, style.release), style.columns),
    ...sourceOf(grammar).flatMap((line) => ['', line]),
  ]
}

/** The page of a property: what it is followed by, its default, its releases. Throws a WrongUsage with a suggestion for an unknown one. */
export function explainProperty(name: string, property: string, style: PageStyle): string[] {
  const grammar = grammarOf(name, style.build)
  if (grammar === undefined) throw new WrongUsage(`the properties of ${name} are not described yet`)
  const properties = propertiesIn(grammar, style.release)
  const own = Object.hasOwn(properties, property) ? properties[property] : undefined
  if (own === undefined) {
    const names = Object.keys(properties)
    const known = names.length === 0 ? '; it has none' : `: it has ${listed(names)}`
    throw new WrongUsage(`${name} has no property "${property}"${didYouMean(property, names) || known}`)
  }
  const line = lineIn(own.line, style.release)
  const synopsis = `${name} { ${[property, ...wordsOf(line)].join(' ')} }`
  const notes = notesOf(own, name).join(', ')
  const about = Object.hasOwn(grammar.aboutProperties, property) ? grammar.aboutProperties[property] : undefined
  return [
    `${style.paint('path', synopsis)}${notes === '' ? '' : `  ${notes}`}`,
    ...(about === undefined ? [] : wrapped(about, style.columns)),
    ...argumentRows(line, style),
    ...(own.quirk === undefined ? [] : ['CoreDNS reads this line in a way of its own; lint follows it.']),
    ...repetitionOf(own),
    ...sourceOf(grammar),
  ]
}

function sourceOf({ source, page }: PluginGrammar): string[] {
  const parts = [source, page].filter((part) => part !== '')
  return parts.length === 0 ? [] : [parts.join(', ')]
}

function historyOf(name: string, { build }: PageStyle): string {
  if (build.program.isExternal(name)) return build.from === null ? '' : `of your build, by ${build.from}`
  return pluginReleases(name)
    .map(({ since, removed }) => `since ${since}${removed === undefined ? '' : `, removed in ${removed}`}`)
    .join('; ')
}

/** What is known of a plugin from elsewhere. */
function originOf(name: string, { build, columns }: PageStyle): string[] {
  const external = externalPlugin(name)
  if (external === null || (build.program.has(name) && !build.program.isExternal(name))) return []
  const known = `${name} is not part of CoreDNS: it is a plugin that ${external.summary}.`
  return [...wrapped(known, columns), `https://${external.repository}`]
}

function placeInOrder(name: string, { release, build }: PageStyle): string[] {
  const { program, from } = build
  const whose = from === null ? `CoreDNS ${release}` : `your build of CoreDNS ${release}`
  const position = program.position(name)
  if (position < 0) return [`${from === null ? whose : whose.replace('your', 'Your')} does not have it.`]
  if (!program.isPlaced(name))
    return [`Nobody said where it runs in ${whose} (before, after): it is taken to run last.`]
  const before = program.plugins[position - 1]
  const after = program.plugins[position + 1]
  const neighbours = [
    ...(before === undefined ? [] : [`after ${before}`]),
    ...(after === undefined ? [] : [`before ${after}`]),
  ]
  return [`In ${whose} it runs ${neighbours.join(' and ')}, wherever it stands in the server block.`]
}

function deprecationOf({ deprecated, instead }: PluginGrammar): string {
  const parts = [
    ...(deprecated === null ? [] : [`deprecated since ${deprecated}`]),
    ...(instead === null || instead === '' ? [] : [`write ${instead} instead`]),
  ]
  return parts.length === 0 ? '' : `It is ${parts.join(': ')}.`.replace('It is write', 'Write')
}

function synopsisOf(grammar: PluginGrammar, style: PageStyle): string[] {
  const first = ['  ', [grammar.name, ...wordsOf(lineIn(grammar.line, style.release))].join(' ')].join('')
  const properties = Object.entries(propertiesIn(grammar, style.release))
  if (properties.length === 0) return [first]
  const rows = properties.map(([name, property]) => ({
    text: `      ${[name, ...wordsOf(lineIn(property.line, style.release))].join(' ')}`,
    notes: notesOf(property, grammar.name).join(', '),
  }))
  const width = Math.min(60, Math.max(...rows.map(({ text }) => displayWidth(text))))
  const lines = rows.map(({ text, notes }) =>
    notes === '' ? text : `${text.padEnd(width)}  ${style.paint('rule', notes)}`,
  )
  return [`${first} {`, ...lines, '  }']
}

function readsAllItself({ name, setup }: PluginGrammar, { release, build }: PageStyle): boolean {
  return build.program.has(name) && valueIn(setup, release) !== null
}

/** `since 1.6.8`, `default 0` and the like. */
function notesOf(property: Property, plugin: string): string[] {
  const { since, until, ignored, deprecated, instead } = property
  const added = pluginReleases(plugin)[0]?.since
  return [
    ...(since === undefined || since === added ? [] : [`since ${since}`]),
    ...(property.default === undefined ? [] : [`default ${property.default}`]),
    ...(deprecated === undefined ? [] : [`deprecated since ${deprecated}`]),
    ...(ignored === undefined ? [] : [`without effect from ${ignored}`]),
    ...(until === undefined ? [] : [`refused from ${until}`]),
    ...(instead === undefined || instead === '' ? [] : [`write ${instead}`]),
  ]
}

function wordsOf(line: Line): string[] {
  return line.args.map(({ name, count }) => {
    if (count === 'one') return name
    if (count === 'many') return `${name}...`
    return count === 'optional' ? `[${name}]` : `[${name}...]`
  })
}

function argumentRows({ args }: Line, { columns }: PageStyle): string[] {
  return args.flatMap((argument) => wrapped(`${argument.name}: ${describe(argument)}`, columns))
}

function describe(argument: Argument): string {
  const { value, max, since, until, secret } = argument
  return [
    describeKind(value),
    ...(max === undefined ? [] : [`at most ${max} of them`]),
    ...(argument.default === undefined ? [] : [`default ${argument.default}`]),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`no longer from ${until}`]),
    ...(secret === true ? ['secret: never shown in reports'] : []),
  ].join(', ')
}

const occurrenceWords = {
  each: 'every one counts',
  once: 'a second one is refused',
  first: 'only the first is read',
  last: 'the last one counts',
} as const

function occurrencesOf({ name, occurrences }: PluginGrammar, release: string): string {
  const now = `Several ${name} in one server block: ${occurrenceWords[valueIn(occurrences, release)]}`
  if (typeof occurrences === 'string') return `${now}.`
  const spans = occurrences.versions.filter(({ value }, at, all) => all[at - 1]?.value !== value)
  const current = Math.max(
    0,
    spans.findLastIndex(({ since }) => isSince(release, since)),
  )
  const others = spans.flatMap(({ since, value }, at) => {
    if (value === spans[current]?.value) return []
    const end = at < current ? spans[at + 1]?.since : undefined
    const when = end === undefined ? `from ${since} on` : at === 0 ? `before ${end}` : `from ${since} until ${end}`
    return `${when} ${occurrenceWords[value]}`
  })
  return others.length === 0 ? `${now}.` : `${now} (${others.join('; ')}).`
}

function repetitionOf({ repeat }: Property): string[] {
  if (repeat === 'refused') return ['A second one is refused.']
  return repeat === 'adds' ? ['Several add up.'] : []
}

function propertiesIn(grammar: PluginGrammar, release: string): Readonly<Record<string, Property>> {
  return valueIn(grammar.properties, release) ?? {}
}

function lineIn(line: Versioned<Line>, release: string): Line {
  return valueIn(line, release)
}

/** The value at a release; for one older than all entries the oldest. */
function valueIn<T>(versioned: Versioned<T>, release: string): T {
  try {
    return valueFor(versioned, (since) => isSince(release, since))
  } catch {
    return valueFor(versioned, (since) => since === oldestOf(versioned))
  }
}

function oldestOf<T>(versioned: Versioned<T>): string | undefined {
  const entries = versioned as { readonly versions?: readonly { readonly since: string }[] }
  return entries.versions?.[0]?.since ?? RELEASES[0]
}
