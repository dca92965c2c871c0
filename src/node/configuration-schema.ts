import type { JsonSchema } from '../../grammar/json-schema.ts'
import { platformNames } from '../../grammar/platforms/index.ts'
import { programDefinitions, programProperties } from '../../grammar/program-schema.ts'
import { schemaText } from './schema-text.ts'

const patterns = (description: string): JsonSchema => ({
  type: 'array',
  description: `${description} Patterns as in .gitignore, relative to this file.`,
  items: { type: 'string', examples: ['vendor/', '*.example.yaml'] },
})

/** What may be said for all files, and differently for some. */
function targetProperties(ruleSummaries: Readonly<Record<string, string>>): Readonly<Record<string, JsonSchema>> {
  const severity = (description: string): JsonSchema => ({ description, enum: ['off', 'info', 'warning', 'error'] })
  const rules = Object.entries(ruleSummaries).map(([id, summary]) => [id, severity(`${summary}.`)] as const)
  return {
    coredns: {
      type: ['string', 'number'],
      description: 'The CoreDNS releases to judge by: 1.12.0, 1.12 (its newest patch), 1.11.x, >=1.9 <1.12.',
      examples: ['1.12.0', '>=1.9 <1.12'],
    },
    kubernetes: {
      type: ['string', 'number'],
      description: 'The Kubernetes release whose kubeadm installs the CoreDNS to judge by.',
      examples: ['1.33'],
    },
    build: programProperties.build,
    platform: {
      description:
        'Whose Corefile imports the ConfigMap coredns-custom, where that Corefile is not among the files checked.',
      enum: [...platformNames],
    },
    clusterDomain: { type: 'string', description: 'The DNS domain of the cluster.', examples: ['cluster.local'] },
    clusterDnsIP: {
      type: ['string', 'array'],
      description: 'The address, or addresses, of the cluster DNS Service.',
      items: { type: 'string' },
      examples: ['10.96.0.10'],
    },
    externalPlugins: programProperties.externalPlugins,
    rules: {
      type: 'object',
      description: 'How grave what a rule finds is to you, or off. Naming a pedantic rule turns it on.',
      properties: Object.fromEntries(rules),
      additionalProperties: false,
    },
  }
}

/**
 * The schema of `.corefile.yaml`, for these rules (id -> summary): what schema/corefile-config.schema.json publishes, and what the
 * file is checked against when it is read.
 */
export function configurationSchema(ruleSummaries: Readonly<Record<string, string>>): JsonSchema {
  const target = targetProperties(ruleSummaries)
  return {
    type: 'object',
    description: 'Configuration of corefile: .corefile.yaml, in the working directory or above.',
    properties: {
      ...target,
      overrides: {
        type: 'array',
        description: 'What differs for some files; of several that match the last one counts.',
        items: {
          type: 'object',
          properties: { files: { ...patterns('The files it is about.'), minItems: 1 }, ...target },
          required: ['files'],
          additionalProperties: false,
        },
      },
      ignore: patterns('Files that are not checked.'),
    },
    additionalProperties: false,
    $defs: programDefinitions,
  }
}

/** The text of the published schema file. */
export function configurationSchemaFile(ruleSummaries: Readonly<Record<string, string>>): string {
  return schemaText('Configuration of corefile', configurationSchema(ruleSummaries))
}
