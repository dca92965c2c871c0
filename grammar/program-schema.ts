/**
 * The JSON schema of what a person says of a program of their own: which plugins it has, in which order they run, and what the external
 * ones accept. The grammar in it is `PluginGrammar` of schema.ts as data, which `corefile explain --all --format json` prints.
 */
import type { JsonSchema } from './json-schema.ts'
import type { Argument, Line, PluginGrammar, Property, ValueKind } from './schema.ts'

/** A word that can be a directive. */
const NAME = '^[^\\s{}"#:,]+$'
const RELEASE = '^\\d+\\.\\d+\\.\\d+$'
/** What Go's time.ParseDuration takes, without a sign. */
const DURATION = '^(0|([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+)$'

const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` })
const words = (description: string, ...values: string[]): JsonSchema => ({ description, enum: values })
const text = (description: string, ...examples: string[]): JsonSchema => ({
  type: 'string',
  description,
  ...(examples.length === 0 ? {} : { examples }),
})
const release = (description: string): JsonSchema => ({ ...text(description, '1.9.0'), pattern: RELEASE })
const whole = (minimum: number, description?: string): JsonSchema => ({
  type: 'integer',
  minimum,
  ...(description === undefined ? {} : { description }),
})
const list = (items: JsonSchema, description: string, minItems = 0): JsonSchema => ({
  type: 'array',
  description,
  items,
  ...(minItems > 0 ? { minItems } : {}),
})
const yes: JsonSchema = { const: true }
const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: ['string', 'null'] })

/** A value, or `{ versions: [{ since, value }] }` where releases differ. */
function versioned(value: JsonSchema): JsonSchema {
  const entry: JsonSchema = {
    type: 'object',
    properties: { since: release('The first release with this value.'), value },
    required: ['since', 'value'],
    additionalProperties: false,
  }
  return {
    anyOf: [
      {
        type: 'object',
        properties: { versions: list(entry, 'The newest entry that is not newer than the release counts.', 1) },
        required: ['versions'],
        additionalProperties: false,
      },
      value,
    ],
  }
}

const number: JsonSchema = { type: 'number' }
const duration: JsonSchema = { type: 'string', pattern: DURATION, examples: ['10s'] }

/** What may stand beside `kind`. Typed by the vocabulary, so that neither can have what the other lacks. */
const KINDS: {
  readonly [K in ValueKind['kind']]: Readonly<Record<keyof Omit<ValueKind & { kind: K }, 'kind'>, JsonSchema>>
} = {
  text: {},
  integer: { min: number, max: number, bits: { enum: [8, 16, 32, 64] }, unsigned: yes },
  float: { min: number, max: number, bits: { enum: [32] } },
  boolean: {},
  duration: { min: duration, max: duration, orSeconds: yes, positive: yes },
  'one-of': { values: list({ type: ['string', 'number'] }, 'The words that are accepted.', 1), ignoreCase: yes },
  zone: {},
  origin: {},
  domain: {},
  ip: {},
  cidr: {},
  'ip-or-cidr': {},
  'listen-address': {},
  upstream: { schemes: list({ type: 'string' }, 'The transports it may name; all when missing.') },
  'host-port': { defaultPort: { type: ['string', 'number'], examples: ['53'] }, orStar: yes },
  file: {
    missing: { enum: ['refused', 'warning'] },
    rooted: yes,
    orEmpty: yes,
    orDirectory: yes,
    holds: { enum: ['certificate', 'private-key'] },
  },
  directory: { missing: { enum: ['refused', 'warning'] }, rooted: yes },
  url: {},
  regexp: { longest: whole(1) },
  'go-template': {},
  percentage: { min: number, max: number },
  'query-type': {},
  'query-class': {},
  rcode: {},
  test: { name: { type: 'string' }, expected: { type: 'string' } },
}

/** Options that their kind cannot do without. */
const NEEDED: Partial<Record<ValueKind['kind'], readonly string[]>> = {
  'one-of': ['values'],
  'host-port': ['defaultPort'],
  percentage: ['min', 'max'],
  test: ['name', 'expected'],
}

const kind: JsonSchema = {
  description: 'What the word has to be.',
  anyOf: Object.entries(KINDS).map(([name, options]) => ({
    type: 'object',
    properties: { kind: { const: name }, ...options },
    required: ['kind', ...(NEEDED[name as ValueKind['kind']] ?? [])],
    additionalProperties: false,
  })),
}

const defaultValue: JsonSchema = { type: ['string', 'number'], description: 'What counts where nothing is written.' }

const argument: Readonly<Record<keyof Argument, JsonSchema>> = {
  name: text('How messages call it.', 'ZONES'),
  value: ref('kind'),
  count: words('one (the default), optional, many (one or more) or any.', 'one', 'optional', 'many', 'any'),
  max: whole(1, 'Most words of many and any.'),
  ifFits: { ...yes, description: 'Taken only if the word is of its kind; else the word belongs to the next argument.' },
  since: release('The first release that knows it.'),
  until: release('The first release that does not know it any more.'),
  secret: { ...yes, description: 'Shown as *** in every report.' },
  default: defaultValue,
}

const line: Readonly<Record<keyof Line, JsonSchema>> = {
  args: list(ref('argument'), 'What stands behind the name, in order.'),
  surplus: words(
    'What words too many do: refused (the default), ignored, left or strict.',
    'refused',
    'ignored',
    'left',
    'strict',
  ),
  bracesInFirst: whole(0, 'How many of the first words may be braces.'),
  counts: list(whole(0), 'The only numbers of words that are accepted.'),
}

const property: Readonly<Record<keyof Property, JsonSchema>> = {
  since: release('The first release that knows it.'),
  until: release('The first release that does not know it any more.'),
  ignored: release('The first release in which it does nothing.'),
  deprecated: release('The first release that advises against it.'),
  instead: text('What to write instead.'),
  line: versioned(ref('line')),
  repeat: words('What a second one does: refused, adds, or last (the default).', 'refused', 'adds', 'last'),
  quirk: text('A way of reading that data cannot describe; one of the plugin that name says.'),
  default: defaultValue,
}

const grammar: Readonly<Record<keyof PluginGrammar, JsonSchema>> = {
  name: text('The plugin of CoreDNS whose own ways of reading are meant, where the grammar names one.'),
  source: text('Where its source is.'),
  page: text('Where its documentation is.'),
  about: orNull(text('What it does, as corefile explain shows it.')),
  aboutProperties: {
    type: 'object',
    description: 'What its properties do, by name.',
    additionalProperties: { type: 'string' },
  },
  occurrences: versioned(
    words(
      'Several of them in one server block: each (the default), once, first or last.',
      'each',
      'once',
      'first',
      'last',
    ),
  ),
  line: versioned(ref('line')),
  properties: versioned({
    type: ['object', 'null'],
    description:
      'The lines that may stand in its braces, by their first word; null (the default) for a plugin without braces.',
    additionalProperties: ref('property'),
  }),
  unknownProperty: versioned(words('What another line does: refused (the default) or ignored.', 'refused', 'ignored')),
  skipsOtherWords: {
    type: 'boolean',
    description: 'Whether a word that stands where its own name is due is passed over.',
  },
  otherLine: orNull(text('A way of reading other lines.')),
  setup: versioned(orNull(text('A way of reading all its words.'))),
  afterOccurrence: orNull(text('A condition across the lines of one of them.')),
  afterAll: orNull(text('A condition across all of them.')),
  deprecated: orNull(release('The first release that advises against it.')),
  instead: orNull(text('What to write instead.')),
}

/** The definitions that `programProperties` refer to. */
export const programDefinitions: Readonly<Record<string, JsonSchema>> = {
  externalPlugin: {
    type: ['object', 'null'],
    properties: {
      before: text('The plugin right behind it in the run order.', 'forward'),
      after: text('The plugin right in front of it in the run order. Without either it runs last.', 'cache'),
      answers: {
        type: 'boolean',
        description:
          'Whether it answers names from data or an upstream of its own; rules that ask stay silent when missing.',
      },
      grammar: ref('grammar'),
    },
    additionalProperties: false,
  },
  grammar: {
    type: 'object',
    description: 'What it accepts, as corefile explain --all --format json says it of the plugins of CoreDNS.',
    properties: grammar,
    additionalProperties: false,
  },
  property: { type: 'object', properties: property, additionalProperties: false },
  line: { type: 'object', properties: line, additionalProperties: false },
  argument: { type: 'object', properties: argument, required: ['name'], additionalProperties: false },
  kind,
}

/** The keys `build` and `externalPlugins` of a configuration. */
export const programProperties: Readonly<Record<'build' | 'externalPlugins', JsonSchema>> = {
  build: {
    description:
      'Which program reads the Corefile: official (the default), node-cache, a tag of that such as node-cache 1.22.20, or the plugins of your own in run order, as its plugin.cfg has them.',
    anyOf: [
      { enum: ['official', 'node-cache'] },
      { type: 'string', pattern: '^node-cache \\d+\\.\\d+\\.\\d+$', examples: ['node-cache 1.22.20'] },
      {
        type: 'array',
        minItems: 1,
        items: {
          type: 'string',
          pattern: '^[^\\s{}"#:,]+(:[^\\s:]+)?$',
          examples: ['errors', 'fanout:github.com/networkservicemesh/fanout'],
        },
      },
    ],
  },
  externalPlugins: {
    description:
      'Plugins that your own build of CoreDNS has besides its own: names, or names with where they run and what they accept.',
    anyOf: [
      { type: 'array', items: { type: 'string', pattern: NAME, examples: ['k8s_gateway'] } },
      { type: 'object', propertyNames: { pattern: NAME }, additionalProperties: ref('externalPlugin') },
    ],
  },
}

/** The schema of an object with these keys alone, for who has no file. */
export const programSchema: JsonSchema = {
  type: 'object',
  properties: programProperties,
  additionalProperties: false,
  $defs: programDefinitions,
}
