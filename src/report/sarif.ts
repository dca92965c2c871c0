import type { Diagnostic, Related, Severity } from '../lint/diagnostic.ts'
import type { FileResult, LintResult } from '../lint/result.ts'
import type { Rule, RuleText } from '../lint/rule.ts'
import type { Range } from '../text/range.ts'
import { visible } from '../text/width.ts'
import { Fingerprints } from './fingerprint.ts'
import { jsonText } from './json-text.ts'
import type { Reporter } from './reporter.ts'
import { positionIn, type Source, Sources } from './source.ts'
import { tellableFix } from './tellable-fix.ts'
import { homepage, tool } from './tool.ts'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/**
 * A reporter for SARIF 2.1.0: one run, the rules that have results with their pages as help, columns in UTF-16 units, suppressed
 * findings with the reason that their comments give.
 */
export function sarifReporter(rules: readonly Rule[], texts: Readonly<Record<string, RuleText>>): Reporter {
  return (result, { textOf }) => {
    const log = new SarifLog(result, new Sources(result, textOf))
    return jsonText(
      log.document((used) => rules.filter(({ id }) => used.has(id)).map((rule) => [rule, texts[rule.id]])),
    )
  }
}

/** The document for one result. */
class SarifLog {
  readonly #result: LintResult
  readonly #sources: Sources
  readonly #fingerprints = new Fingerprints()
  /** Address of the page by rule id. */
  readonly #urls = new Map<string, string>()

  constructor(result: LintResult, sources: Sources) {
    this.#result = result
    this.#sources = sources
  }

  document(rulesOf: (used: ReadonlyMap<string, string>) => (readonly [Rule, RuleText | undefined])[]) {
    const results = this.#result.files.flatMap((file) => this.#resultsOf(file))
    const rules = rulesOf(this.#urls).map(([rule, text]) => ruleShape(rule, text, this.#urls.get(rule.id) ?? homepage))
    const indices = new Map(rules.map(({ id }, index) => [id, index]))
    return {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: tool.name, semanticVersion: tool.version, informationUri: homepage, rules },
          },
          columnKind: 'utf16CodeUnits',
          invocations: [this.#invocation()],
          results: results.map((one) => withIndex(one, indices)),
        },
      ],
    }
  }

  #invocation() {
    const { files, unreadable } = this.#result
    const gaps = files.flatMap((file) => this.#gapsOf(file))
    const failures = unreadable.map(({ path, message }) => ({
      level: 'error',
      message: { text: plain(visible(`cannot read: ${message}`)) },
      locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
    }))
    return { executionSuccessful: unreadable.length === 0, toolExecutionNotifications: [...failures, ...gaps] }
  }

  #gapsOf({ path, unchecked }: FileResult) {
    const source = this.#sources.get(path)
    return unchecked.map(({ message, range }) => ({
      level: 'note',
      message: { text: plain(source.legible(message)) },
      locations: [physical(source, range)],
    }))
  }

  #resultsOf({ path, findings, suppressed }: FileResult) {
    const source = this.#sources.get(path)
    const shown = findings.map((finding) => this.#resultOf(finding, source, []))
    const hidden = suppressed.map(({ diagnostic, reason }) => {
      const words = reason === '' ? {} : { justification: source.legible(reason) }
      return this.#resultOf(diagnostic, source, [{ kind: 'inSource', status: 'accepted', ...words }])
    })
    return [...shown, ...hidden]
  }

  #resultOf(finding: Diagnostic, source: Source, suppressions: readonly object[]) {
    const { ruleId, severity, message, help, range, related, url, effect } = finding
    this.#urls.set(ruleId, url)
    const words = [message, ...(help === null ? [] : [help])].map((text) => plain(source.legible(text)))
    const inFiles = related.filter(({ isInNoFile }) => isInNoFile !== true)
    return {
      ruleId,
      level: levels[severity],
      message: { text: words.join('\n') },
      locations: [physical(source, range)],
      ...(inFiles.length === 0
        ? {}
        : { relatedLocations: inFiles.map((other, id) => this.#related(other, id, source)) }),
      partialFingerprints: { 'corefile/v1': this.#fingerprints.of(finding, source) },
      ...fixesOf(finding, source),
      // Where one result says whether it is suppressed, all of them must.
      suppressions,
      properties: { effect },
    }
  }

  #related({ message, path, range }: Related, id: number, source: Source) {
    const text = plain(source.legible(message))
    return { id, ...physical(this.#sources.get(path), range), message: { text } }
  }
}

function withIndex<Result extends { readonly ruleId: string }>(result: Result, indices: ReadonlyMap<string, number>) {
  const ruleIndex = indices.get(result.ruleId)
  return ruleIndex === undefined ? result : { ...result, ruleIndex }
}

function ruleShape({ id, severity, effects }: Rule, text: RuleText | undefined, url: string) {
  const pages = text === undefined ? {} : pagesOf(text, url)
  return {
    id,
    ...pages,
    helpUri: url,
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: effects, precision: 'very-high', 'problem.severity': problemSeverities[severity] },
  }
}

/** How GitHub sorts rules that are not about security. */
const problemSeverities: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
}

function pagesOf({ summary, why, examples }: RuleText, url: string) {
  const [example] = examples
  const fenced = (title: string, code: string) => `\n\n${title}:\n\n\`\`\`\n${code.trimEnd()}\n\`\`\``
  const bad = example === undefined ? '' : fenced('Found in', example.bad)
  const good = example === undefined || example.good === null ? '' : fenced('Better', example.good)
  return {
    shortDescription: { text: `${summary}.` },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${url}`, markdown: `${why}${bad}${good}\n\n[More about it](${url})` },
  }
}

function fixesOf(finding: Diagnostic, source: Source) {
  const fix = tellableFix(finding.fix, source)
  if (fix === null) return {}
  const replacements = fix.edits.map((edit) => ({
    deletedRegion: region(source, edit),
    insertedContent: { text: edit.text },
  }))
  const words = fix.safety === 'safe' ? fix.title : `${fix.title} (changes answers)`
  const change = { artifactLocation: artifact(source.path), replacements }
  return { fixes: [{ description: { text: plain(words) }, artifactChanges: [change] }] }
}

function physical(source: Source, range: Range | null) {
  const where = range === null ? {} : { region: region(source, range) }
  return { physicalLocation: { artifactLocation: artifact(source.path), ...where } }
}

/** Lines and columns are 1-based; the end column is exclusive. */
function region(source: Source, { start, end }: Range) {
  const from = positionIn(source, start)
  const to = positionIn(source, end)
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
}

/** A file as an address: relative to the root of the sources where the path is relative. */
function artifact(path: string) {
  const uri = path.toWellFormed().split('/').map(encodeURIComponent).join('/')
  if (path.startsWith('/')) return { uri: `file://${uri}` }
  return { uri: uri.startsWith('./') ? uri.slice(2) : uri, uriBaseId: '%SRCROOT%' }
}

/** A message in which nothing is a link: SARIF reads `[text](target)` in plain messages as one. */
function plain(text: string): string {
  return text.includes('](') ? text.replace(/[\\[\]]/g, '\\$&') : text
}
