import type { Diagnostic, Fix } from '../lint/diagnostic.ts'
import type { CorefileResult, FileResult, Suppressed } from '../lint/result.ts'
import type { Range } from '../text/range.ts'
import type { Reporter } from './reporter.ts'
import { positionIn, type Source, Sources } from './source.ts'
import { tool } from './tool.ts'

/** One JSON document, described by schema/lint.schema.json; lines and columns are 1-based, offsets and columns UTF-16 units. */
export const json: Reporter = (result, { textOf }) => {
  const sources = new Sources(result, textOf)
  const document = {
    version: 1,
    tool,
    files: result.files.filter(isWorthTelling).map((file) => fileShape(file, sources)),
    summary: result.summary,
  }
  return `${JSON.stringify(document, null, 2).replace(unseen, escaped)}\n`
}

/** Characters that JSON leaves as they are and that a terminal would obey. */
const unseen = /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu

function escaped(character: string): string {
  return [...character]
    .flatMap((whole) => whole.split(''))
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
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
  const { ruleId, severity, effect, message, range, releases, related, help, url, fix } = finding
  return {
    rule: ruleId,
    severity,
    effect,
    message: source.secrets.inText(message),
    ...ends(range, source),
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

/** A fix that would have to spell out a secret is not told: with `***` in its place it would do harm. */
function fixShape(fix: Fix | null, { secrets }: Source) {
  if (fix === null || fix.edits.some(({ text }) => secrets.inText(text) !== text)) return null
  const edits = fix.edits.map(({ start, end, text }) => ({ start, end, text }))
  return { title: secrets.inText(fix.title), safety: fix.safety, edits }
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
