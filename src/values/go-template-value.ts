/**
 * A value of a template. Whole numbers are bigint, others number; `undefined` is what a key that is missing gives. A Map is a map with
 * texts as keys, a `Struct` has fields and methods that fail when they are missing.
 */
export type Value =
  | string
  | bigint
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | Struct

/** Something with fields, as the template's data. */
export interface Struct {
  readonly fields: ReadonlyMap<string, Value>
  /** Methods, called with the words behind them. */
  readonly methods: ReadonlyMap<string, (args: readonly Value[]) => Value>
}

/** Go stops the template with an error. */
export class TemplateFailure extends Error {}

/** What the template does cannot be told; the message is a sentence without a full stop. */
export class TemplateUnclear extends Error {}

/** Whether a value is a struct. */
export function isStruct(value: Value): value is Struct {
  return typeof value === 'object' && value !== null && 'fields' in value
}

/** Go's truth: nothing that is empty or zero. */
export function isTrue(value: Value): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string') return value !== ''
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value) !== 0
  if (typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.length > 0
  return value instanceof Map ? value.size > 0 : true
}
