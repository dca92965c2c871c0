import type { DeclaredPlugins } from '../../grammar/program.ts'
import { type ProgramOptions, readProgramOptions } from '../../grammar/program-options.ts'
import { programSchema } from '../../grammar/program-schema.ts'
import { type NodeView, SchemaReader } from './schema-reader.ts'

/** A value of JavaScript, and how messages call its place: `externalPlugins.fanout.grammar.line`. */
interface Place {
  readonly value: unknown
  readonly path: string
}

/**
 * The external plugins of options that a program gives as plain values; undefined when it gives none. Throws a RangeError that lists
 * every mistake in them, and in `build`, with its place.
 */
export function readProgram(options: ProgramOptions): DeclaredPlugins | undefined {
  const reader = new SchemaReader<Place>(programSchema, viewOf)
  const read = reader.read({ value: options, path: '' }, programSchema, 'the options') as ProgramOptions
  const unlike = reader.mistakes.map(({ node, message }) => (node.path === '' ? message : `${node.path}: ${message}`))
  if (unlike.length > 0) throw new RangeError(unlike.join('\n'))
  const { declared, mistakes } = readProgramOptions(read, undefined)
  if (mistakes.length > 0) {
    throw new RangeError(mistakes.map(({ at, message }) => `${at.reduce(below, '')}: ${message}`).join('\n'))
  }
  return declared
}

function viewOf({ value, path }: Place): NodeView<Place> {
  if (Array.isArray(value)) {
    return { kind: 'array', nodes: value.map((item, index) => ({ value: item, path: below(path, index) })) }
  }
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', value, source: String(value) }
  // What is undefined is not there.
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return {
    kind: 'object',
    entries: entries.map(([key, each]) => ({
      key,
      keyNode: { value: key, path: below(path, key) },
      node: { value: each, path: below(path, key) },
    })),
  }
}

function below(path: string | number, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}
