import type { Diagnostic } from '../lint/diagnostic.ts'
import { Fingerprints } from './fingerprint.ts'
import { jsonText } from './json-text.ts'
import type { Reporter } from './reporter.ts'
import { positionIn, type Source, Sources } from './source.ts'

/**
 * GitLab's Code Quality report, which is a part of Code Climate's: one list of issues. A merge request shows those that its target does
 * not have, known by fingerprints that lines may come and go before. What could not be read has no place in it.
 */
export const gitlab: Reporter = (result, { textOf }) => {
  const sources = new Sources(result, textOf)
  const fingerprints = new Fingerprints()
  const issues = result.files.flatMap(({ path, findings }) =>
    findings.map((finding) => issueOf(finding, sources.get(path), fingerprints)),
  )
  return jsonText(issues)
}

function issueOf(finding: Diagnostic, source: Source, fingerprints: Fingerprints) {
  const { ruleId, message, help, range, url } = finding
  const begin = positionIn(source, range.start).line
  const end = Math.max(begin, positionIn(source, range.end).line)
  return {
    type: 'issue',
    check_name: ruleId,
    description: source.legible(message),
    content: { body: [...(help === null ? [] : [source.legible(help)]), url].join('\n\n') },
    categories: ['Bug Risk'],
    severity: severityOf(finding),
    fingerprint: fingerprints.of(finding, source),
    location: { path: source.path.replace(/^(?:\.\/)+/, ''), lines: { begin, end } },
  }
}

/** `blocker` for what CoreDNS does not start with. */
function severityOf({ severity, effect }: Diagnostic): 'blocker' | 'critical' | 'major' | 'info' {
  if (severity === 'error') return effect === 'refused' ? 'blocker' : 'critical'
  return severity === 'warning' ? 'major' : 'info'
}
