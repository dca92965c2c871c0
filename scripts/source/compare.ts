import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { propertiesOf, propertyNames } from '../../grammar/lookup.ts'
import { pluginGrammars } from '../../grammar/plugin-index.ts'
import { isRelease, pluginOrder } from '../../grammar/releases.ts'
import { type PluginGrammar, valueFor } from '../../grammar/schema.ts'
import { isSince } from '../../src/values/release.ts'
import { type Exception, NO_WORDS_OF_A_COREFILE, READ_AS_A_WHOLE, READ_ELSEWHERE } from './exceptions.ts'
import type { GoPackage } from './go-source.ts'
import type { SourceTree } from './source-tree.ts'

/** What a comparison found. */
export interface Comparison {
  /** Sentences, each about one thing in which source and grammar differ. */
  readonly differences: readonly string[]
  /** What was not compared, or is strange about the source itself. */
  readonly notes: readonly string[]
  /** How many plugins, and how many of their properties, were compared. */
  readonly plugins: number
  readonly properties: number
}

/** Compares the grammar at a release with the source of it. */
export function compareSource(tree: SourceTree, release: string): Comparison {
  const differences: string[] = []
  const notes: string[] = []
  if (!isRelease(release)) differences.push(`${release} is no release of grammar/release-data.ts`)
  differences.push(...compareOrder(tree.order, pluginOrder(release)))
  const listed = [...tree.listed.keys()]
  if (listed.join() !== tree.order.join()) {
    notes.push(
      'plugin.cfg and core/dnsserver/zdirectives.go list different plugins or another order: the latter counts',
    )
  }

  let plugins = 0
  let properties = 0
  for (const name of tree.order) {
    const grammar = pluginGrammars.get(name)?.grammar
    const source = tree.package(name)
    if (grammar === undefined) differences.push(`${name}: has no file in grammar/plugins`)
    else if (source === null)
      notes.push(`${name}: its source is not here but in ${tree.listed.get(name) ?? 'no package'}`)
    else if (tree.listed.get(name) === 'deprecated') {
      const refusing = valueFor(grammar.setup, (since) => isSince(release, since)) === 'gone'
      if (!refusing) differences.push(`${name}: the source only says that it is gone, the grammar takes it`)
    } else {
      plugins++
      properties += propertiesOf(grammar, release).size
      differences.push(...comparePlugin(grammar, source, release).map((difference) => `${name}: ${difference}`))
    }
  }
  return { differences, notes, plugins, properties }
}

function compareOrder(theirs: readonly string[], ours: readonly string[]): string[] {
  const added = theirs.filter((name) => !ours.includes(name))
  const removed = ours.filter((name) => !theirs.includes(name))
  const differences = [
    ...added.map((name) => `${name}: the source has it behind ${before(theirs, name)}, the grammar's order does not`),
    ...removed.map((name) => `${name}: the grammar's order has it, the source does not`),
  ]
  const [rest, ourRest] = [theirs, ours].map((order) =>
    order.filter((name) => !added.includes(name) && !removed.includes(name)),
  )
  const at = rest?.findIndex((name, index) => name !== ourRest?.[index]) ?? -1
  if (at >= 0) {
    differences.push(
      `the order differs: the source runs ${rest?.[at]} behind ${before(rest ?? [], rest?.[at] ?? '')}, the grammar ${ourRest?.[at]}`,
    )
  }
  return differences
}

function before(order: readonly string[], name: string): string {
  return order[order.indexOf(name) - 1] ?? 'nothing'
}

function comparePlugin(grammar: PluginGrammar, source: GoPackage, release: string): string[] {
  const ours = propertiesOf(grammar, release)
  const ofAnyRelease = propertyNames(grammar)
  const spoken = wordsOfFile(grammar.name)
  const differences: string[] = []
  const seen = new Set<string>()
  for (const { file, name, words, readsConfiguration } of source.functions) {
    if (!readsConfiguration && file !== 'setup.go' && !READ_AS_A_WHOLE.has(grammar.name)) continue
    for (const word of words) {
      if (seen.has(word) || !/^[a-z][\w-]*$/i.test(word)) continue
      seen.add(word)
      if (ours.has(word) || isExcepted(NO_WORDS_OF_A_COREFILE, grammar.name, word)) continue
      if (ofAnyRelease.includes(word)) {
        differences.push(`\`${word}\` is read by ${file} ${name}, the grammar has it at other releases only`)
      } else if (!spoken.has(word)) {
        differences.push(`\`${word}\` is read by ${file} ${name}, the grammar does not know it`)
      }
    }
  }
  for (const word of ours.keys()) {
    if (source.literals.has(word) || isExcepted(READ_ELSEWHERE, grammar.name, word)) continue
    differences.push(`\`${word}\` is a property of the grammar, the source does not mention it`)
  }
  return differences
}

function isExcepted(exceptions: readonly Exception[], plugin: string, word: string): boolean {
  return exceptions.some((exception) => exception.plugin === plugin && exception.words.includes(word))
}

const grammarFolder = join(import.meta.dirname, '../../grammar')

/** The words that a plugin's file and what it imports from grammar/ have as strings: values and words that its quirks read. */
function wordsOfFile(plugin: string): ReadonlySet<string> {
  const file = join(grammarFolder, 'plugins', `${plugin}.ts`)
  const text = readFileSync(file, 'utf8')
  const imported = [...text.matchAll(/ from '(\.[^']+)'/g)]
    .map(([, path]) => join(dirname(file), path as string))
    .filter((path) => path.startsWith(grammarFolder))
  const texts = [text, ...imported.map((path) => readFileSync(path, 'utf8'))]
  return new Set(texts.flatMap((each) => [...each.matchAll(/'([^'\n]*)'/g)].map(([, word]) => word as string)))
}
