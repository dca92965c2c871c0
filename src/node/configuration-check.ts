import type { Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { didYouMean } from '../text/suggest.ts'
import type { ValueSchema } from './configuration-schema.ts'

/** The parts of the `yaml` package that reading needs; it is loaded only where there is a file to read. */
export type Yaml = typeof import('yaml')

/** Something wrong in the file: what, and at which offset. */
export interface Mistake {
  readonly offset: number
  readonly message: string
}

/** Strings, lists and objects of a configuration; numbers are the text that stands in the file, for 1.10 is not 1.1. */
export type Value = string | readonly Value[] | { readonly [key: string]: Value }

/** Reads a node as its schema asks; every mistake is noted, and what is wrong is left out. */
export class SchemaReader {
  readonly mistakes: Mistake[] = []
  readonly #yaml: Yaml
  readonly #document: Document

  constructor(yaml: Yaml, document: Document) {
    this.#yaml = yaml
    this.#document = document
  }

  /** The value of a node; undefined when it is not what the schema asks for. `name` is how messages call it. */
  read(node: Node | null | undefined, schema: ValueSchema, name: string): Value | undefined {
    const { isAlias, isMap, isSeq, isScalar } = this.#yaml
    if (isAlias(node)) return this.read(node.resolve(this.#document), schema, name)
    if (isMap(node) && allows(schema, 'object')) return this.#object(node, schema, name)
    if (isSeq(node) && allows(schema, 'array')) return this.#list(node, schema, name)
    if (isScalar(node) && !allowsOnly(schema, 'object', 'array')) return this.#scalar(node, schema, name)
    return this.#mistake(node, `${name} must be ${expected(schema)}`)
  }

  #object(node: YAMLMap, schema: ValueSchema, name: string): Value {
    const known = schema.properties ?? {}
    const entries: [string, Value][] = []
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const key = String(this.#yaml.isScalar(pair.key) ? pair.key.value : pair.key)
      const own = Object.hasOwn(known, key) ? known[key] : undefined
      if (own === undefined) {
        this.#mistake(pair.key, unknownKey(key, Object.keys(known), name))
        continue
      }
      const value = this.read(pair.value, own, key)
      if (value !== undefined) entries.push([key, value])
    }
    for (const key of schema.required ?? []) {
      if (!node.has(key)) this.#mistake(node, `${name} needs ${key}`)
    }
    return Object.fromEntries(entries)
  }

  #list(node: YAMLSeq, schema: ValueSchema, name: string): Value | undefined {
    if (node.items.length < (schema.minItems ?? 0)) return this.#mistake(node, `${name} is empty`)
    const item = schema.items ?? {}
    const each = `an item of ${name}`
    return node.items.flatMap((value) => this.read(value as Node | null, item, each) ?? [])
  }

  #scalar(node: Scalar, schema: ValueSchema, name: string): Value | undefined {
    const text = textOf(node, schema)
    if (text === null) return this.#mistake(node, `${name} must be ${expected(schema)}`)
    if (schema.enum && !schema.enum.includes(text)) {
      return this.#mistake(
        node,
        `${name} is "${text}"${didYouMean(text, schema.enum) || `: write ${expected(schema)}`}`,
      )
    }
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(text)) {
      return this.#mistake(node, `${name} is "${text}": write ${expected(schema)}`)
    }
    return text
  }

  #mistake(node: Node | null | undefined, message: string): undefined {
    this.mistakes.push({ offset: node?.range?.[0] ?? 0, message })
  }
}

/** More names than this are not listed. */
const mostNames = 12

function unknownKey(key: string, known: readonly string[], name: string): string {
  const what = name === 'rules' ? 'rule' : 'key'
  const list = known.length <= mostNames ? `: known are ${known.join(', ')}` : ''
  return `unknown ${what} "${key}"${didYouMean(key, known) || list}`
}

/** The text of a scalar: a number as it is written; YAML 1.1's `off`, which some readers take for false, as it is written too. */
function textOf(node: Scalar, schema: ValueSchema): string | null {
  if (typeof node.value === 'string') return node.value
  if (typeof node.value === 'number' && allows(schema, 'number')) return node.source ?? String(node.value)
  return typeof node.value === 'boolean' && schema.enum ? (node.source ?? String(node.value)) : null
}

type TypeName = 'object' | 'array' | 'string' | 'number'

function typesOf({ type, enum: words }: ValueSchema): readonly string[] {
  if (type === undefined) return words ? ['string'] : []
  return typeof type === 'string' ? [type] : type
}

function allows(schema: ValueSchema, name: TypeName): boolean {
  return typesOf(schema).includes(name)
}

function allowsOnly(schema: ValueSchema, ...names: TypeName[]): boolean {
  return typesOf(schema).every((name) => names.some((own) => own === name))
}

function expected(schema: ValueSchema): string {
  const { enum: words, examples = [] } = schema
  if (words) return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
  const types = typesOf(schema)
  const noun = types.includes('object') ? 'a mapping of keys to values' : types.includes('string') ? 'a text' : 'a list'
  if (types.includes('string') || !types.includes('array'))
    return examples[0] === undefined ? noun : `${noun} such as ${examples[0]}`
  const items = schema.items?.examples ?? []
  return items.length === 0 ? noun : `${noun} such as [${items.join(', ')}]`
}
