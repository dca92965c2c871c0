type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

/** As much of JSON Schema 2020-12 as the schemas of this project use; published as it stands, and read by `SchemaReader`. */
export interface JsonSchema {
  /** `#/$defs/NAME`, a definition of the outermost schema. */
  readonly $ref?: string
  /** With `string` a number is the text that stands in the file: 1.10 is not 1.1. */
  readonly type?: JsonType | readonly JsonType[]
  readonly description?: string
  readonly const?: string | true
  readonly enum?: readonly (string | number)[]
  readonly pattern?: string
  readonly minimum?: number
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  /** What keys without a schema of their own hold; false where there must be none. */
  readonly additionalProperties?: false | JsonSchema
  readonly propertyNames?: JsonSchema
  /** Tried in order; told apart by their types, the keys they require, and their constants. */
  readonly anyOf?: readonly JsonSchema[]
  readonly examples?: readonly string[]
  readonly $defs?: Readonly<Record<string, JsonSchema>>
}
