import type { JsonSchema } from '../../grammar/json-schema.ts'
import { didYouMean } from '../text/suggest.ts'

/** Something wrong with a value: what, and at which node. */
export interface SchemaMistake<N> {
  readonly node: N
  readonly message: string
}

/** What was read; where a schema allows text, numbers are the text that stands in the file, for 1.10 is not 1.1. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }

/** A node of a document, whatever the document is. */
export type NodeView<N> =
  | {
      readonly kind: 'object'
      readonly entries: readonly { readonly key: string; readonly keyNode: N; readonly node: N }[]
    }
  | { readonly kind: 'array'; readonly nodes: readonly N[] }
  /** `source` is what stands in the file. */
  | { readonly kind: 'scalar'; readonly value: unknown; readonly source: string }

/** More values than this nobody writes; aliases can make a small file say them. */
const mostValues = 100_000

/** Reads a node as its schema asks; every mistake is noted, and what is wrong is left out. */
export class SchemaReader<N> {
  readonly mistakes: SchemaMistake<N>[] = []
  readonly #view: (node: N) => NodeView<N>
  readonly #root: JsonSchema
  #read = 0

  /** `root` is the schema that holds the definitions. */
  constructor(root: JsonSchema, view: (node: N) => NodeView<N>) {
    this.#root = root
    this.#view = view
  }

  /** The value of a node; undefined when it is not what the schema asks for. `name` is how messages call it. */
  read(node: N, schema: JsonSchema, name: string): Value | undefined {
    if (++this.#read > mostValues) {
      return this.#read === mostValues + 1
        ? this.#mistake(node, `more than ${mostValues} values are not read`)
        : undefined
    }
    const view = this.#view(node)
    const own = this.#choose(schema, view)
    if (own === null) return this.#noChoice(node, view, this.#alternatives(schema), name)
    if (view.kind === 'object' && allows(own, 'object')) return this.#object(node, view, own, name)
    if (view.kind === 'array' && allows(own, 'array')) return this.#list(node, view, own, name)
    if (view.kind === 'scalar') return this.#scalar(node, view, own, name, this.#expected(schema))
    return this.#mistake(node, `${name} must be ${this.#expected(schema)}`)
  }

  /** The schema that counts: what is referred to, and of several alternatives the first that a node may mean; null where none is. */
  #choose(schema: JsonSchema, view: NodeView<N>): JsonSchema | null {
    const alternatives = this.#alternatives(schema)
    if (alternatives.length === 1) return alternatives[0] ?? null
    const meant = alternatives.filter((alternative) => this.#mayMean(alternative, view))
    return (view.kind === 'scalar' ? meant.find((each) => isOneOf(each, view)) : undefined) ?? meant[0] ?? null
  }

  #alternatives(schema: JsonSchema): readonly JsonSchema[] {
    if (schema.$ref !== undefined) {
      const found = this.#root.$defs?.[schema.$ref.slice('#/$defs/'.length)]
      if (found === undefined) throw new Error(`the schema refers to ${schema.$ref}, which it does not have`)
      return this.#alternatives(found)
    }
    return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap((each) => this.#alternatives(each))
  }

  #mayMean(schema: JsonSchema, view: NodeView<N>): boolean {
    if (view.kind === 'array') return allows(schema, 'array')
    if (view.kind === 'scalar') return isScalarOf(schema, view)
    if (!allows(schema, 'object')) return false
    return (schema.required ?? []).every((key) => {
      const entry = view.entries.find((each) => each.key === key)
      if (entry === undefined) return false
      const only = schema.properties?.[key]?.const
      const value = this.#view(entry.node)
      if (only !== undefined) return value.kind === 'scalar' && value.value === only
      // A property that happens to be called so is no list.
      return key !== 'versions' || value.kind === 'array'
    })
  }

  /** Alternatives that differ by one constant are told apart by it. */
  #noChoice(node: N, view: NodeView<N>, alternatives: readonly JsonSchema[], name: string): undefined {
    const key = view.kind === 'object' ? distinguishingKey(alternatives) : null
    if (view.kind !== 'object' || key === null) {
      return this.#mistake(node, `${name} must be ${this.#expected({ anyOf: alternatives })}`)
    }
    const words = alternatives.map(({ properties }) => String(properties?.[key]?.const))
    const entry = view.entries.find((each) => each.key === key)
    if (entry === undefined) return this.#mistake(node, `${name} needs ${key}`)
    const value = this.#view(entry.node)
    const word = value.kind === 'scalar' ? value.source : ''
    const meant = alternatives[words.indexOf(word)]
    // The constant is right, so something that belongs to it is missing.
    if (meant !== undefined) {
      this.#object(node, view, meant, name)
      return
    }
    this.#mistake(entry.node, `${key} is "${word}"${didYouMean(word, words) || `: write one of ${words.join(', ')}`}`)
  }

  #object(node: N, { entries }: NodeView<N> & { kind: 'object' }, schema: JsonSchema, name: string): Value {
    const known = schema.properties ?? {}
    const others = schema.additionalProperties
    const read: [string, Value][] = []
    for (const { key, keyNode, node: below } of entries) {
      const own = Object.hasOwn(known, key) ? known[key] : others === false ? undefined : others
      if (own === undefined) {
        this.#mistake(keyNode, unknownKey(key, Object.keys(known), name))
        continue
      }
      const pattern = schema.propertyNames?.pattern
      if (pattern !== undefined && !new RegExp(pattern).test(key)) {
        this.#mistake(keyNode, `${name} cannot have "${key}": it is no name of a plugin`)
        continue
      }
      const value = this.read(below, own, key)
      if (value !== undefined) read.push([key, value])
    }
    for (const key of schema.required ?? []) {
      if (!entries.some((entry) => entry.key === key)) this.#mistake(node, `${name} needs ${key}`)
    }
    return Object.fromEntries(read)
  }

  #list(node: N, { nodes }: NodeView<N> & { kind: 'array' }, schema: JsonSchema, name: string): Value | undefined {
    if (nodes.length < (schema.minItems ?? 0)) return this.#mistake(node, `${name} is empty`)
    const item = schema.items ?? {}
    const each = `an item of ${name}`
    return nodes.flatMap((below) => {
      if (this.#read > mostValues) return []
      const value = this.read(below, item, each)
      return value === undefined ? [] : [value]
    })
  }

  #scalar(
    node: N,
    view: NodeView<N> & { kind: 'scalar' },
    schema: JsonSchema,
    name: string,
    expected: string,
  ): Value | undefined {
    const value = scalarValue(view, schema)
    if (value === undefined) return this.#mistake(node, `${name} must be ${expected}`)
    const is = `${name} is ${typeof value === 'string' ? `"${value}"` : value}`
    if (schema.const !== undefined && value !== schema.const) return this.#mistake(node, `${is}: write ${schema.const}`)
    if (schema.enum !== undefined && !schema.enum.includes(value as string | number)) {
      return this.#mistake(node, `${is}${didYouMean(String(value), schema.enum.map(String)) || `: write ${expected}`}`)
    }
    if (schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum) {
      return this.#mistake(node, `${is}: write ${expected}`)
    }
    if (!isOneOf(schema, view)) {
      return this.#mistake(node, `${is}: write ${expected}`)
    }
    return value
  }

  /** Completes "must be ...". */
  #expected(schema: JsonSchema): string {
    // What differs by release is the exception: people are told of the plain value.
    const alternatives = this.#alternatives(schema).filter(({ properties }) => properties?.versions === undefined)
    if (alternatives.length > 1) return [...new Set(alternatives.map((each) => this.#expected(each)))].join(', or ')
    const { enum: words, examples = [], const: only, minimum, items } = alternatives[0] ?? {}
    if (only !== undefined) return String(only)
    if (words !== undefined)
      return words.length === 1 ? String(words[0]) : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
    const types = typesOf(alternatives[0] ?? {})
    if (types.includes('object')) return 'a mapping of keys to values'
    if (types.includes('boolean')) return 'true or false'
    if (types.includes('integer')) return minimum === undefined ? 'a whole number' : `a whole number from ${minimum} on`
    if (types.includes('string') || !types.includes('array')) {
      const noun = types.includes('string') ? 'a text' : 'a number'
      return examples[0] === undefined ? noun : `${noun} such as ${examples[0]}`
    }
    const parts = items?.examples ?? []
    return parts.length === 0 ? 'a list' : `a list such as [${parts.join(', ')}]`
  }

  #mistake(node: N, message: string): undefined {
    this.mistakes.push({ node, message })
  }
}

/** More names than this are not listed. */
const mostNames = 12

function unknownKey(key: string, known: readonly string[], name: string): string {
  const what = name === 'rules' ? 'rule' : 'key'
  const list =
    known.length === 0 ? `: ${name} has none` : known.length <= mostNames ? `: known are ${known.join(', ')}` : ''
  return `unknown ${what} "${key}"${didYouMean(key, known) || list}`
}

/** The property that all alternatives require with a constant each; null where there is none. */
function distinguishingKey(alternatives: readonly JsonSchema[]): string | null {
  const [first] = alternatives
  const keys = (first?.required ?? []).filter((key) =>
    alternatives.every(({ properties }) => properties?.[key]?.const !== undefined),
  )
  return keys[0] ?? null
}

function typesOf({ type, enum: words, const: only }: JsonSchema): readonly string[] {
  if (type !== undefined) return typeof type === 'string' ? [type] : type
  return (words ?? (only === undefined ? [] : [only])).map((word) => typeof word)
}

function allows(schema: JsonSchema, name: string): boolean {
  return typesOf(schema).includes(name)
}

function isScalarOf(schema: JsonSchema, view: NodeView<unknown> & { kind: 'scalar' }): boolean {
  return scalarValue(view, schema) !== undefined
}

/** Whether a scalar is one of the words of a schema, and like its pattern, where it has such. */
function isOneOf(schema: JsonSchema, view: NodeView<unknown> & { kind: 'scalar' }): boolean {
  const value = scalarValue(view, schema)
  if (schema.enum !== undefined && !schema.enum.includes(value as string | number)) return false
  return schema.pattern === undefined || typeof value !== 'string' || new RegExp(schema.pattern).test(value)
}

/**
 * A scalar as the schema asks for it: a number as it is written where text may stand, YAML 1.1's `off`, which some readers take for
 * false, as it is written where a word is due. Undefined for one of another type.
 */
function scalarValue({ value, source }: NodeView<unknown> & { kind: 'scalar' }, schema: JsonSchema): Value | undefined {
  const may = (name: string) => allows(schema, name)
  if (typeof value === 'string') return may('string') ? value : undefined
  if (value === null) return may('null') ? null : undefined
  if (typeof value === 'boolean') {
    if (may('boolean')) return value
    return schema.enum !== undefined && may('string') ? source : undefined
  }
  if (typeof value !== 'number') return undefined
  if (may('string') && may('number') && schema.enum === undefined) return source
  if (may('number')) return value
  return may('integer') && Number.isInteger(value) ? value : undefined
}
