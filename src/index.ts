/**
 * corefile as a library, for browsers and servers alike: read a Corefile as CoreDNS reads it, lint it wherever it lives, and fix it.
 * Nothing here touches files, the network or the environment; what must be known from outside is passed in.
 */
import { NEWEST } from '../grammar/releases.ts'
import type { FixResult } from './lint/fix.ts'
import { fix as fixFiles } from './lint/fix.ts'
import type { LintResult } from './lint/result.ts'
import type { LintOptions as EngineOptions } from './lint/run.ts'
import { lint as lintFiles } from './lint/run.ts'
import type { InputFile } from './lint/workspace.ts'
import { rules } from './rules/index.ts'

export type { Diagnostic, Effect, Fix, Related, ReleaseSpan, Safety, Severity } from './lint/diagnostic.ts'
export type { FixResult } from './lint/fix.ts'
export type { CorefileResult, FileResult, FixedFile, LintResult, Summary, Suppressed, Target } from './lint/result.ts'
export type { InputFile } from './lint/workspace.ts'
export { parse } from './syntax/parse.ts'
export { print } from './syntax/print.ts'
export type { Argument, Braces, Corefile, Directive, Import, ServerBlock, Snippet, SyntaxFault } from './syntax/tree.ts'
export type { TextEdit } from './text/edit.ts'
export { applyEdits } from './text/edit.ts'
export type { Position } from './text/lines.ts'
export { LineIndex } from './text/lines.ts'
export type { Range } from './text/range.ts'

/** What `lint` and `fix` may be told; everything has a default. */
export interface LintOptions {
  /** CoreDNS releases to judge by, oldest first, each written out (`1.12.0`); the newest when missing. */
  readonly coredns?: readonly string[]
  /** The program: `official`, or `node-cache` with or without its image tag. */
  readonly build?: EngineOptions['build']
  /** A severity or `off` by rule id. */
  readonly rules?: EngineOptions['severities']
  /** Turns the rules on that are a matter of taste. */
  readonly pedantic?: boolean
  readonly clusterDomain?: string
  readonly clusterDnsIp?: readonly string[]
  /** Names of plugins that your own build of CoreDNS has. */
  readonly externalPlugins?: readonly string[]
  /** Environment variables that CoreDNS will see; others are not known. */
  readonly environment?: EngineOptions['environment']
  /** Finds the files of an `import`; without it they are not known. */
  readonly findImport?: EngineOptions['findImport']
  /** Whether a path exists where CoreDNS runs; undefined when you do not know. */
  readonly fileExists?: EngineOptions['fileExists']
}

/** Finds the Corefiles in the files (whole files, or values of ConfigMaps) and what is wrong with them, in the order of the files. */
export function lint(files: readonly InputFile[], options: LintOptions = {}): Promise<LintResult> {
  return lintFiles(files, engineOptions(options))
}

/**
 * Applies the fixes of what `lint` finds until none is left: those that keep every answer (`safe`), or all (`unsafe`). Files come back
 * as texts; nothing is written.
 */
export function fix(
  files: readonly InputFile[],
  options: LintOptions = {},
  safety: 'safe' | 'unsafe' = 'safe',
): Promise<FixResult> {
  return fixFiles(files, engineOptions(options), safety)
}

function engineOptions(options: LintOptions): EngineOptions {
  const { coredns, build, clusterDomain, clusterDnsIp, externalPlugins, environment, findImport, fileExists } = options
  return {
    releases: coredns ?? [NEWEST],
    releasesFrom: coredns === undefined ? 'assumed' : 'flag',
    build: build ?? 'official',
    severities: options.rules ?? {},
    pedantic: options.pedantic ?? false,
    settings: {
      clusterDomain: clusterDomain ?? null,
      clusterDnsIp: clusterDnsIp ?? [],
      externalPlugins: externalPlugins ?? [],
    },
    rules,
    ...(environment === undefined ? {} : { environment }),
    ...(findImport === undefined ? {} : { findImport }),
    ...(fileExists === undefined ? {} : { fileExists }),
  }
}
