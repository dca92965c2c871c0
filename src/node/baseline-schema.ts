import type { JsonSchema } from '../../grammar/json-schema.ts'
import { schemaText } from './schema-text.ts'

const text = (description: string): JsonSchema => ({ type: 'string', description })

/** What a baseline file must be to be read: schema/baseline.schema.json publishes it. */
export const baselineSchema: JsonSchema = {
  type: 'object',
  description:
    'Findings that were there before: what corefile lint --update-baseline writes and --baseline leaves out. Sorted by path, in, text and rule, one on a line.',
  properties: {
    version: { type: 'integer', minimum: 1, description: 'The version of this format; this one is 1.' },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: text('The file, from the directory of the baseline, with / between its parts.'),
          rule: text('The id of the rule.'),
          in: text(
            'The lines that open the blocks around it, outermost first, behind the name of the Corefile where the file may hold several; missing where nothing is around it.',
          ),
          text: text('The line it begins in, without indentation and secrets; of a long one the beginning and a hash.'),
          count: { type: 'integer', minimum: 2, description: 'How many are alike; 1 where it is missing.' },
        },
        required: ['path', 'rule', 'text'],
        additionalProperties: false,
      },
    },
  },
  required: ['version', 'findings'],
  additionalProperties: false,
}

/** The text of the published schema file. */
export function baselineSchemaFile(): string {
  return schemaText('Baseline of corefile', baselineSchema)
}
