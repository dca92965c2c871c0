import { createHash } from 'node:crypto'
import { pluginGrammars } from '../../../grammar/plugin-index.ts'
import type { Argument, Line, Property, ValueKind, Versioned } from '../../../grammar/schema.ts'
import type { Case } from '../case.ts'
import { corefiles } from './corefiles.ts'
import { filesFor } from './files.ts'
import { importTexts } from './imports.ts'
import { keyTexts } from './keys.ts'
import { misspelt, mutate, names } from './mutate.ts'
import type { PluginBlock } from './plugin-block.ts'
import { pluginBlocks } from './plugin-blocks.ts'
import { Random } from './random.ts'
import { anyWords, limitWordsOf, wordsOf } from './words.ts'

/** How many texts of each sort are made. */
export interface Amounts {
  /** Words of the kind for each argument of each plugin and property, besides those at its limits. */
  readonly ownWords: number
  /** Words of any kind for each of them. */
  readonly otherWords: number
  /** Ways in which the shape of each property's line is changed. */
  readonly shapes: number
  /** Changed texts for each way in which we write a plugin. */
  readonly changedBlocks: number
  /** Changed texts for each whole Corefile. */
  readonly changedCorefiles: number
  readonly keys: number
  readonly imports: number
}

/** Texts that differ in one thing or a few from what a release accepts, by the same seed always the same. */
export function generate(seed: string, amounts: Amounts): Case[] {
  const cases = new Map<string, Case>()
  const add = (group: string, texts: readonly string[]) => {
    for (const written of texts) {
      const text = written.toWellFormed()
      const id = `${group}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
      cases.set(id, { id, text, files: filesFor(text) })
    }
  }
  for (const name of pluginGrammars.keys()) add(name, pluginTexts(name, seed, amounts))
  corefiles.forEach((text, number) => {
    const random = new Random(`${seed} corefile ${number}`)
    add('corefile', [text, ...changed(text, amounts.changedCorefiles, random)])
  })
  add('keys', keyTexts(new Random(`${seed} keys`), amounts.keys))
  add('imports', importTexts(new Random(`${seed} imports`), amounts.imports))
  return [...cases.values()]
}

function changed(text: string, count: number, random: Random): string[] {
  return Array.from({ length: count }, () => {
    let result = text
    for (let changes = random.one([1, 1, 1, 1, 2, 2, 3]); changes > 0; changes--) result = mutate(result, random)
    return result
  })
}

/** The whole Corefile around a plugin's lines. */
function corefile({ keys = '.', beside = [] }: PluginBlock, lines: readonly string[]): string {
  return `${keys} {\n${[...beside, ...lines].map((line) => `  ${line}\n`).join('')}}\n`
}

function inBlock(block: PluginBlock, lines: readonly string[]): string {
  const inner = [...(block.needed ?? []), ...lines]
  return corefile(
    block,
    inner.length === 0 ? [block.head] : [`${block.head} {`, ...inner.map((line) => `  ${line}`), '}'],
  )
}

function pluginTexts(name: string, seed: string, amounts: Amounts): string[] {
  const { grammar } = pluginGrammars.get(name) as { grammar: { line: Versioned<Line>; properties: Properties } }
  const blocks = pluginBlocks[name] ?? [{ head: name }]
  const texts: string[] = []
  blocks.forEach((block, number) => {
    const random = new Random(`${seed} ${name} ${number}`)
    const full = inBlock(block, block.lines ?? [])
    texts.push(inBlock(block, []), full)
    for (const line of block.lines ?? []) texts.push(inBlock(block, [line]))
    for (let at = 0; at < amounts.changedBlocks; at++) {
      const text = inBlock(block, random.some(block.lines ?? [], random.below(5)))
      texts.push(...changed(text, 1, random))
    }
    texts.push(...random.some(headShapes(name, block, random), amounts.shapes * 2))
  })

  const [first] = blocks as readonly [PluginBlock]
  texts.push(
    ...variants(first.head, versions(grammar.line), new Random(`${seed} ${name} head`), amounts).map((head) =>
      inBlock({ ...first, head }, []),
    ),
  )
  const properties = new Map<string, Property[]>()
  for (const each of versions(grammar.properties)) {
    for (const [property, description] of Object.entries(each ?? {})) {
      properties.set(property, [...(properties.get(property) ?? []), description])
    }
  }
  for (const [property, descriptions] of properties) {
    const random = new Random(`${seed} ${name} ${property}`)
    const startsWith = (line: string) => line === property || line.startsWith(`${property} `)
    const block = blocks.find(({ needed = [], lines = [] }) => [...needed, ...lines].some(startsWith)) ?? first
    const around = { ...block, needed: (block.needed ?? []).filter((line) => !startsWith(line)) }
    const lines = descriptions.flatMap((description) => versions(description.line))
    const example =
      [...(block.needed ?? []), ...(block.lines ?? [])].find(startsWith) ??
      rightLine(property, lines.at(-1)?.args ?? [])
    texts.push(...variants(example, lines, random, amounts).map((line) => inBlock(around, [line])))
    texts.push(...random.some(shapes(around, property, example, random), amounts.shapes))
  }
  return texts
}

type Properties = Versioned<Readonly<Record<string, Property>> | null>

function versions<T>(versioned: Versioned<T>): readonly T[] {
  if (typeof versioned === 'object' && versioned !== null && 'versions' in versioned)
    return versioned.versions.map(({ value }) => value)
  return [versioned as T]
}

/** The words of a line: a text in quotes is one. */
function split(line: string): string[] {
  return line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []
}

function rightLine(property: string, args: readonly Argument[]): string {
  return [property, ...args.filter(({ count }) => count !== 'optional').map(({ value }) => rightWord(value))].join(' ')
}

function rightWord(kind: ValueKind): string {
  if (kind.kind === 'one-of') return kind.values[0] ?? 'x'
  if (kind.kind === 'integer') return String(Math.max(kind.min ?? 1, 1))
  return wordsOf(kind)[0] ?? 'x'
}

/** The line with each of its words replaced by others: all at the limits of the argument's kind, and some more. */
function variants(line: string, lines: readonly Line[], random: Random, amounts: Amounts): string[] {
  const [name = '', ...words] = split(line)
  const longest = Math.max(words.length, ...lines.map(({ args }) => args.length))
  const found: string[] = []
  for (let at = 0; at < longest; at++) {
    const kinds = lines
      .flatMap(({ args }) => args.slice(Math.min(at, args.length - 1)).slice(0, 1))
      .map(({ value }) => value)
    const tried = new Set([
      ...kinds.flatMap(limitWordsOf),
      ...random.some([...new Set(kinds.flatMap(wordsOf))], amounts.ownWords),
      ...random.some(anyWords, amounts.otherWords),
    ])
    // A place behind the last word is one more optional argument.
    const place = Math.min(at, words.length)
    for (const word of tried) found.push([name, ...words.slice(0, place), word, ...words.slice(place + 1)].join(' '))
  }
  return found
}

/** Ways to write a property wrongly, or unusually, as far as its line and its place go. */
function shapes(block: PluginBlock, property: string, line: string, random: Random): string[] {
  const words = split(line)
  const { head } = block
  const one = (text: string) => inBlock(block, [text])
  const needed = (block.needed ?? []).map((each) => `  ${each}`)
  return [
    one(property),
    one(words.slice(0, -1).join(' ') || 'x'),
    one(`${line} ${words.at(-1)}`),
    one(`${line} ${random.one(anyWords)}`),
    one(`${line} ${random.one(anyWords)} ${random.one(anyWords)}`),
    inBlock(block, [line, line]),
    inBlock(block, [line, `${property} ${random.one(anyWords)}`]),
    one(line.replace(property, misspelt(property, random))),
    one(line.replace(property, property.toUpperCase())),
    one(line.replace(property, `"${property}"`)),
    one(`${line} {`),
    one(`${line} {\n  }`),
    one(`${line} {\n    ${line}\n  }`),
    one(`${line} }`),
    one(words.join('\n')),
    one(`${line}\n  ${random.one(names)}`),
    one(`${random.one(names)}\n  ${line}`),
    one(`${line} # ${property}`),
    one(`${line}#`),
    corefile(block, [`${head} { ${line} }`]),
    corefile(block, [`${head} { ${line}`, '}']),
    corefile(block, [`${head} {`, `  ${line} }`]),
    corefile(block, [`${head} {${line}`, '}']),
    corefile(block, [`${head}{`, ...needed, `  ${line}`, '}']),
    corefile(block, [head, '{', ...needed, `  ${line}`, '}']),
    corefile(block, [`${head} {`, ...needed, `  ${line}`]),
    corefile(block, [`${head} {`, ...needed, `  ${line}`, '}', '}']),
    corefile(block, [`${head} {`, ...needed, `  ${line}`, '} x']),
    corefile(block, [`${head} {`, ...needed, `  ${line}`, '}', `${head} {`, `  ${line}`, '}']),
    corefile(block, [`${head} ${line}`]),
    corefile(block, [line]),
    corefile(block, [head, line]),
  ]
}

/** Ways to write a plugin wrongly, or unusually, as far as its words and braces go. */
function headShapes(name: string, block: PluginBlock, random: Random): string[] {
  const { head, needed = [], lines = [] } = block
  const words = split(head)
  const body = [...needed, ...random.some(lines, 2)].map((line) => `  ${line}`)
  const whole = body.length === 0 ? [head] : [`${head} {`, ...body, '}']
  return [
    corefile(block, [name]),
    corefile(block, [words.slice(0, -1).join(' ') || 'x']),
    corefile(block, [`${head} ${words.at(-1)}`]),
    corefile(block, [`${head} ${random.one(anyWords)}`]),
    corefile(block, [`${head} ${random.one(anyWords)} ${random.one(anyWords)} ${random.one(anyWords)}`]),
    corefile(block, [...whole, ...whole]),
    corefile(block, [...whole, head]),
    corefile(block, [head, ...whole]),
    corefile(block, [`${head} {`, '}']),
    corefile(block, [`${head} {}`]),
    corefile(block, [`${head} { }`]),
    corefile(block, [`${head} {`, ...body, `  ${random.one(names)}`, '}']),
    corefile(block, [`${head} {`, ...body, `  ${random.one(names)} ${random.one(anyWords)}`, '}']),
    corefile(block, [`${head} {`, ...body, '  {', '  }', '}']),
    corefile(block, [head, '{', ...body, '}']),
    corefile(block, [`${head} {`, ...body]),
    corefile(block, [misspelt(head, random)]),
    corefile(
      block,
      whole.map((line) => line.toUpperCase()),
    ),
    corefile(block, [words.map((word) => `"${word.replaceAll('"', '')}"`).join(' ')]),
    `${block.keys ?? '.'} ${head}\n`,
    `${block.keys ?? '.'}\n${head}\n`,
    `${block.keys ?? '.'} { ${head} }\n`,
    `${block.keys ?? '.'} example.net {\n${[...(block.beside ?? []), ...whole].join('\n')}\n}\n`,
    `${head}\n`,
  ]
}
