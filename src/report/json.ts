import type { Diagnostic, Fix } from '../lint/diagnostic.ts'
import type { CorefileResult, FileResult, LintResult, Suppressed } from '../lint/result.ts'
import type { Range } from '../text/range.ts'
import { jsonText } from './json-text.ts'
import type { Reporter } from './reporter.ts'
import { positionIn, type Source, Sources } from './source.ts'
import { tellableFix } from './tellable-fix.ts'
import { tool } from './tool.ts'

/** One JSON document, described by schema/lint.schema.json; lines and columns are 1-based, offsets and columns UTF-16 units. */
export const json: Reporter = (result, { textOf }) => {
  const sources = new Sources(result, textOf)
  const document = {
    version: 1,
    tool,
    files: result.files.filter(isWorthTelling).map((file) => fileShape(file, sources)),
    summary: { ...result.summary, ...hiddenShape(result) },
  }
  return jsonText(document)
}

/** How many findings were left out, where somebody asked for that. */
function hiddenShape({ hidden }: LintResult): { readonly hidden?: number } {
  return hidden === undefined ? {} : { hidden: hidden.reduce((sum, { count }) => sum + count, 0) }
}

function isWorthTelling({ corefiles, findings, suppressed }: FileResult): boolean {
  return corefiles.length + findings.length + suppressed.length > 0
}

function fileShape({ path, corefiles, findings, suppressed }: FileResult, sources: Sources) {
  const source = sources.get(path)
  return {
    path,
    corefiles: corefiles.map((corefile) => corefileShape(corefile, source)),
    findings: findings.map((finding) => findingShape(finding, source, sources)),
    suppressed: suppressed.map((comment) => suppressedShape(comment, source)),
  }
}

function corefileShape(corefile: CorefileResult, source: Source) {
  const { name, kind, range, target, verdict, assumes, unknown, refusedBy } = corefile
  const { coredns, releases, build, from } = target
  const texts = (list: readonly string[]) => list.map((text) => source.secrets.inText(text))
  return {
    name,
    kind,
    ...ends(range, source),
    target: { coredns, releases, build, from },
    verdict,
    assumes: texts(assumes),
    unknown: texts(unknown),
    refusedBy,
  }
}

function findingShape(finding: Diagnostic, source: Source, sources: Sources) {
  const { ruleId, severity, effect, message, range, madeFrom, releases, related, help, url, fix } = finding
  return {
    rule: ruleId,
    severity,
    effect,
    message: source.secrets.inText(message),
    ...ends(range, source),
    ...(madeFrom === undefined ? {} : { madeFrom }),
    releases: releases?.map(({ from, to }) => ({ from, to })) ?? null,
    related: related.map((other) => ({
      message: source.secrets.inText(other.message),
      path: other.path,
      ...ends(other.range, sources.get(other.path)),
    })),
    help: help === null ? null : source.secrets.inText(help),
    url,
    fix: fixShape(fix, source),
  }
}

function fixShape(fix: Fix | null, source: Source) {
  const told = tellableFix(fix, source)
  if (told === null) return null
  const edits = told.edits.map(({ start, end, text }) => ({ start, end, text }))
  return { title: told.title, safety: told.safety, edits }
}

function suppressedShape({ diagnostic, reason }: Suppressed, source: Source) {
  return { rule: diagnostic.ruleId, ...ends(diagnostic.range, source), reason }
}

function ends({ start, end }: Range, source: Source) {
  return { start: place(start, source), end: place(end, source) }
}

function place(offset: number, source: Source) {
  return { offset, ...positionIn(source, offset) }
}
