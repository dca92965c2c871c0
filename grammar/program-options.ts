import { didYouMean } from '../src/text/suggest.ts'
import { releaseNumber } from '../src/values/release.ts'
import { type Build, readBuildEntry } from './builds.ts'
import { externalPluginNames } from './external-plugins.ts'
import type { Plugin } from './plugin.ts'
import { pluginGrammars } from './plugin-index.ts'
import type { DeclaredPlugin, DeclaredPlugins } from './program.ts'
import { everInTree, RELEASES } from './releases.ts'
import {
  type Argument,
  isVersioned,
  type Line,
  line,
  type PluginGrammar,
  type Property,
  plugin,
  text,
  type Versioned,
} from './schema.ts'
import type { Quirks } from './setup.ts'

/** An argument as a person describes it: by default one word of any kind. */
export type ArgumentDescription = Partial<Argument> & Pick<Argument, 'name'>

/** A line as a person describes it: by default without words, and more words are refused. */
export type LineDescription = Partial<Omit<Line, 'args'>> & { readonly args?: readonly ArgumentDescription[] }

/** A property as a person describes it: by default a word alone, known to all releases. */
export type PropertyDescription = Omit<Property, 'line'> & { readonly line?: Versioned<LineDescription> }

/**
 * What an external plugin accepts, as a person describes it: `PluginGrammar` with defaults, so that the data of any plugin of CoreDNS
 * (`corefile explain --all --format json`) is one as it stands. Releases are those of CoreDNS. Quirks are those of the plugin `name`.
 */
export type GrammarDescription = Partial<Omit<PluginGrammar, 'line' | 'properties'>> & {
  readonly line?: Versioned<LineDescription>
  readonly properties?: Versioned<Readonly<Record<string, PropertyDescription>> | null>
}

/** What a person says of an external plugin. */
export interface ExternalPluginOptions {
  /** The plugin right behind it in the run order. */
  readonly before?: string
  /** The plugin right in front of it in the run order. Without either it runs last. */
  readonly after?: string
  /** Whether it answers names from data or an upstream of its own. */
  readonly answers?: boolean
  readonly grammar?: GrammarDescription
}

/** External plugins: names alone, or what is known of each. */
export type ExternalPlugins = readonly string[] | Readonly<Record<string, ExternalPluginOptions | null>>

/** What a person says of their program. Its shape has been checked against `programSchema`. */
export interface ProgramOptions {
  readonly build?: Build
  readonly externalPlugins?: ExternalPlugins
}

/** Something that the shape allows and that cannot be: what, and where, by keys and indices. */
export interface ProgramMistake {
  readonly at: readonly (string | number)[]
  /** It is about the last key of `at`, not about the value behind it. */
  readonly isAboutKey: boolean
  readonly message: string
}

/** The external plugins that options declare, and what is wrong with the options. `inherited`: plugins that were declared before. */
export function readProgramOptions(
  { build, externalPlugins }: ProgramOptions,
  inherited: DeclaredPlugins | undefined,
): { readonly declared: DeclaredPlugins | undefined; readonly mistakes: readonly ProgramMistake[] } {
  const reader = new OptionsReader()
  const declared = externalPlugins === undefined ? undefined : reader.externalPlugins(externalPlugins)
  if (build !== undefined && typeof build !== 'string') reader.build(build, declared ?? inherited)
  return { declared, mistakes: reader.mistakes }
}

class OptionsReader {
  readonly mistakes: ProgramMistake[] = []

  externalPlugins(plugins: ExternalPlugins): DeclaredPlugins {
    const entries: [string, ExternalPluginOptions][] = isList(plugins)
      ? plugins.map((name) => [name, {}])
      : Object.entries(plugins).map(([name, options]) => [name, options ?? {}])
    const declared = new Map(entries.map(([name, options]) => [name, this.#declared(name, options)]))
    for (const [name, { place }] of declared) if (place !== null) this.#checkPlace(name, place, declared)
    return declared
  }

  build(entries: readonly string[], declared: DeclaredPlugins | undefined): void {
    const known = [...everInTree, ...(declared?.keys() ?? []), ...externalPluginNames]
    const seen = new Set<string>()
    for (const [index, entry] of entries.entries()) {
      const { name, isForeign } = readBuildEntry(entry)
      if (seen.has(name)) this.#mistake(['build', index], `build names ${name} twice`)
      seen.add(name)
      if (isForeign || known.includes(name)) continue
      const otherwise = ': write name:package for a plugin from elsewhere, or describe it under externalPlugins'
      this.#mistake(['build', index], `build names an unknown plugin "${name}"${didYouMean(name, known) || otherwise}`)
    }
  }

  #declared(name: string, { before, after, answers, grammar }: ExternalPluginOptions): DeclaredPlugin {
    const at = ['externalPlugins', name]
    if (before !== undefined && after !== undefined) {
      this.#mistake([...at, 'after'], `${name} has before and after: one of them is enough`, true)
    }
    return {
      place: before !== undefined ? { before } : after !== undefined ? { after } : null,
      answers: answers ?? null,
      description: grammar === undefined ? null : this.#description(name, grammar),
    }
  }

  #checkPlace(name: string, place: NonNullable<DeclaredPlugin['place']>, declared: DeclaredPlugins): void {
    const [side, beside] = 'before' in place ? ['before', place.before] : ['after', place.after]
    const at = ['externalPlugins', name, side]
    if (!everInTree.has(beside) && !declared.has(beside)) {
      const near = didYouMean(beside, [...everInTree, ...declared.keys()])
      this.#mistake(
        at,
        `${side} is "${beside}"${near || ': name a plugin of CoreDNS or another one of externalPlugins'}`,
      )
      return
    }
    const seen = new Set([name])
    for (let next: string | null = beside; next !== null; next = besideOf(declared.get(next))) {
      if (next === name) this.#mistake(at, `${side} is "${beside}", whose own place depends on ${name}`)
      if (seen.has(next)) return
      seen.add(next)
    }
  }

  #description(name: string, description: GrammarDescription): Plugin {
    const origin = description.name ?? name
    const quirks = pluginGrammars.get(origin)?.quirks ?? {}
    const grammar = completed(name, description)
    for (const { at, kind, quirk } of quirksNamedIn(description)) {
      const known = Object.keys(quirks[kind] ?? {})
      if (known.includes(quirk)) continue
      const otherwise = pluginGrammars.has(origin)
        ? `: ${origin} has no such way of reading`
        : ': ways of reading that data cannot describe are there only for the plugin of CoreDNS that name says'
      this.#mistake(
        ['externalPlugins', name, 'grammar', ...at],
        `${at.at(-1)} is "${quirk}"${didYouMean(quirk, known) || otherwise}`,
      )
    }
    return { grammar, quirks }
  }

  #mistake(at: ProgramMistake['at'], message: string, isAboutKey = false): void {
    this.mistakes.push({ at, isAboutKey, message })
  }
}

function isList(plugins: ExternalPlugins): plugins is readonly string[] {
  return Array.isArray(plugins)
}

function besideOf(declared: DeclaredPlugin | undefined): string | null {
  const place = declared?.place ?? null
  return place === null ? null : 'before' in place ? place.before : place.after
}

/** Puts the defaults in, so that every release has a value. */
function completed(name: string, description: GrammarDescription): PluginGrammar {
  const { name: _, line: words, properties, occurrences, unknownProperty, setup, ...rest } = description
  const same = <T>(value: T) => value
  return plugin(name, {
    source: '',
    page: '',
    ...rest,
    ...(occurrences === undefined ? {} : { occurrences: forAll(occurrences, same) }),
    ...(unknownProperty === undefined ? {} : { unknownProperty: forAll(unknownProperty, same) }),
    ...(setup === undefined ? {} : { setup: forAll(setup, same) }),
    ...(words === undefined ? {} : { line: forAll(words, completeLine) }),
    ...(properties === undefined ? {} : { properties: forAll(properties, completeProperties) }),
  })
}

function completeProperties(
  properties: Readonly<Record<string, PropertyDescription>> | null,
): Readonly<Record<string, Property>> | null {
  if (properties === null) return null
  const complete = Object.entries(properties).map(([name, { line: words, ...rest }]): [string, Property] => [
    name,
    { ...rest, line: words === undefined ? line() : forAll(words, completeLine) },
  ])
  return Object.fromEntries(complete)
}

function completeLine({ args = [], ...rest }: LineDescription): Line {
  return { ...line(...args.map((each): Argument => ({ value: text(), count: 'one', ...each }))), ...rest }
}

/** Every value changed, entries in the order of their releases, and the oldest one for all releases before it as well. */
function forAll<T, U>(versioned: Versioned<T>, change: (value: T) => U): Versioned<U> {
  if (!isVersioned(versioned)) return change(versioned)
  const sorted = versioned.versions.toSorted((a, b) => releaseNumber(a.since) - releaseNumber(b.since))
  return {
    versions: sorted.map(({ since, value }, index) => ({
      since: index === 0 ? (RELEASES[0] ?? since) : since,
      value: change(value),
    })),
  }
}

interface NamedQuirk {
  readonly at: readonly (string | number)[]
  readonly kind: keyof Quirks
  readonly quirk: string
}

/** The functions that a description refers to, and where. */
function* quirksNamedIn(description: GrammarDescription): Generator<NamedQuirk> {
  const { setup, otherLine, afterOccurrence, afterAll, line: words, properties } = description
  for (const { value, at } of valuesOf(setup, ['setup'])) if (value !== null) yield { at, kind: 'setups', quirk: value }
  if (otherLine) yield { at: ['otherLine'], kind: 'otherLines', quirk: otherLine }
  if (afterOccurrence) yield { at: ['afterOccurrence'], kind: 'afterOccurrence', quirk: afterOccurrence }
  if (afterAll) yield { at: ['afterAll'], kind: 'afterAll', quirk: afterAll }
  yield* testsNamedIn(words, ['line'])
  for (const { value, at } of valuesOf(properties, ['properties'])) {
    for (const [name, property] of Object.entries(value ?? {})) {
      if (property.quirk !== undefined) yield { at: [...at, name, 'quirk'], kind: 'lines', quirk: property.quirk }
      yield* testsNamedIn(property.line, [...at, name, 'line'])
    }
  }
}

function* testsNamedIn(
  words: Versioned<LineDescription> | undefined,
  path: readonly (string | number)[],
): Generator<NamedQuirk> {
  for (const { value, at } of valuesOf(words, path)) {
    for (const [index, argument] of (value.args ?? []).entries()) {
      if (argument.value?.kind !== 'test') continue
      yield { at: [...at, 'args', index, 'value', 'name'], kind: 'words', quirk: argument.value.name }
    }
  }
}

function valuesOf<T>(
  versioned: Versioned<T> | undefined,
  path: readonly (string | number)[],
): { readonly value: T; readonly at: readonly (string | number)[] }[] {
  if (versioned === undefined) return []
  if (!isVersioned(versioned)) return [{ value: versioned, at: path }]
  return versioned.versions.map(({ value }, index) => ({ value, at: [...path, 'versions', index, 'value'] }))
}
