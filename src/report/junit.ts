import type { Diagnostic } from '../lint/diagnostic.ts'
import type { FileResult, Unreadable } from '../lint/result.ts'
import { visible } from '../text/width.ts'
import type { Reporter } from './reporter.ts'
import { placeIn, positionIn, type Source, Sources } from './source.ts'
import { element, textElement, xmlDocument } from './xml-text.ts'

/** A suite of test cases, and how they came out. */
interface Suite {
  readonly path: string
  readonly cases: readonly string[]
  readonly failures: number
  readonly errors: number
}

/**
 * JUnit's XML: a suite for each file, in it a test case for each finding, or one that passed where there is none. Errors and warnings are
 * failures, an info passes with its words as output, a file that cannot be read is an error. No times: they would differ each run.
 */
export const junit: Reporter = (result, { textOf }) => {
  const sources = new Sources(result, textOf)
  const suites = [
    ...result.files
      .filter(({ corefiles, findings }) => corefiles.length + findings.length > 0)
      .map((file) => suiteOf(file, sources.get(file.path))),
    ...result.unreadable.map(unreadableSuite),
  ]
  const total = (count: (suite: Suite) => number) => suites.reduce((sum, suite) => sum + count(suite), 0)
  const counts = {
    tests: total(({ cases }) => cases.length),
    failures: total(({ failures }) => failures),
    errors: total(({ errors }) => errors),
  }
  return xmlDocument(element('testsuites', { name: 'corefile', ...counts }, suites.map(suiteElement)))
}

function suiteElement({ path, cases, failures, errors }: Suite): string {
  return element('testsuite', { name: path, tests: cases.length, failures, errors }, cases)
}

function suiteOf({ path, findings }: FileResult, source: Source): Suite {
  const cases =
    findings.length === 0
      ? [element('testcase', { name: 'no problems', classname: path })]
      : findings.map((finding) => caseOf(finding, source))
  const failures = findings.filter(({ severity }) => severity !== 'info').length
  return { path, cases, failures, errors: 0 }
}

function caseOf(finding: Diagnostic, source: Source): string {
  const { ruleId, severity, help, url, range } = finding
  const { line, column } = positionIn(source, range.start)
  const message = source.legible(finding.message)
  const words = [message, ...(help === null ? [] : [source.legible(help)]), placeIn(source, range.start), url]
  const outcome =
    severity === 'info'
      ? textElement('system-out', {}, words.join('\n'))
      : textElement('failure', { type: severity, message }, words.join('\n'))
  return element('testcase', { name: `${ruleId} (${line}:${column})`, classname: source.path }, [outcome])
}

function unreadableSuite({ path, message }: Unreadable): Suite {
  const words = `cannot read: ${visible(message)}`
  const problem = textElement('error', { type: 'unreadable', message: words }, words)
  return { path, cases: [element('testcase', { name: 'read', classname: path }, [problem])], failures: 0, errors: 1 }
}
