import type { Build } from '../../grammar/builds.ts'
import { NEWEST } from '../../grammar/releases.ts'
import type { Diagnostic } from '../../src/lint/diagnostic.ts'
import type { Rule } from '../../src/lint/rule.ts'
import { type LintOptions, lint } from '../../src/lint/run.ts'
import { importFiles } from '../conformance/import-files.ts'

/** What a test of a rule may vary. */
export interface LintTextOptions {
  readonly rules: readonly Rule[]
  readonly release?: string
  /** The official one when missing. */
  readonly build?: Build
  readonly files?: Readonly<Record<string, string>>
  readonly settings?: Partial<LintOptions['settings']>
  readonly path?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Whether pedantic rules run; they do when missing. */
  readonly pedantic?: boolean
}

/** The options of a run over one text, with imports answered from `files` alone. */
export function optionsFor(text: string, options: LintTextOptions): LintOptions {
  const {
    rules,
    release = NEWEST,
    build = 'official',
    files = {},
    settings = {},
    path = 'Corefile',
    environment,
    pedantic = true,
  } = options
  return {
    releases: [release],
    releasesFrom: 'flag',
    build,
    severities: {},
    pedantic,
    settings: { clusterDomain: null, clusterDnsIp: [], ...settings },
    rules,
    findImport: importFiles({ files, path, text }),
    ...(environment === undefined ? {} : { environment: (name: string) => environment[name] }),
  }
}

/** What the rules find in a text. */
export async function findings(text: string, options: LintTextOptions): Promise<readonly Diagnostic[]> {
  const path = options.path ?? 'Corefile'
  const { files } = await lint([{ path, text }], optionsFor(text, options))
  return files.flatMap((file) => file.findings)
}

/** The stretch of the text that a finding stands on. */
export function marked(text: string, { range }: Diagnostic): string {
  return text.slice(range.start, range.end)
}
