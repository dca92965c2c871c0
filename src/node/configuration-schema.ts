/** A value of the configuration file, as far as a person must know to write it. Read as a JSON schema as it stands. */
export interface ValueSchema {
  readonly type?: 'object' | 'array' | 'string' | readonly ('string' | 'number' | 'array')[]
  readonly description?: string
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly items?: ValueSchema
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, ValueSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: false
  readonly examples?: readonly string[]
}

const patterns = (description: string): ValueSchema => ({
  type: 'array',
  description: `${description} Patterns as in .gitignore, relative to this file.`,
  items: { type: 'string', examples: ['vendor/', '*.example.yaml'] },
})

/** What may be said for all files, and differently for some. */
function targetProperties(ruleSummaries: Readonly<Record<string, string>>): Readonly<Record<string, ValueSchema>> {
  const severity = (description: string): ValueSchema => ({ description, enum: ['off', 'info', 'warning', 'error'] })
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
    build: {
      type: 'string',
      description:
        'Which program reads the Corefile: official, node-cache, or a tag of that such as node-cache 1.22.20.',
      pattern: '^(official|node-cache( \\d+\\.\\d+\\.\\d+)?)$',
      examples: ['official', 'node-cache 1.22.20'],
    },
    clusterDomain: { type: 'string', description: 'The DNS domain of the cluster.', examples: ['cluster.local'] },
    clusterDnsIP: {
      type: ['string', 'array'],
      description: 'The address, or addresses, of the cluster DNS Service.',
      items: { type: 'string' },
      examples: ['10.96.0.10'],
    },
    externalPlugins: {
      type: 'array',
      description: 'Plugins that your own build of CoreDNS has besides its own.',
      items: { type: 'string', examples: ['k8s_gateway'] },
    },
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
export function configurationSchema(ruleSummaries: Readonly<Record<string, string>>): ValueSchema {
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
  }
}

/** The text of the published schema file. */
export function configurationSchemaFile(ruleSummaries: Readonly<Record<string, string>>): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of corefile',
    ...configurationSchema(ruleSummaries),
  }
  const text = JSON.stringify(schema, null, 2)
  // Lists of words on one line where they fit, as the formatter of the project writes them.
  const lines = text.replace(/^(.*)\[\n([^[\]{}]*?)\n\s*\]/gm, (whole, start: string, items: string) => {
    const line = `${start}[${items.trim().replaceAll(/\n\s*/g, ' ')}]`
    return line.length < 120 ? line : whole
  })
  return `${lines}\n`
}
