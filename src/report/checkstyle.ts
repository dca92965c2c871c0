import { visible } from '../text/width.ts'
import type { Reporter } from './reporter.ts'
import { positionIn, Sources } from './source.ts'
import { element, xmlDocument } from './xml-text.ts'

/** Checkstyle's XML: a `file` for each with findings, an `error` for each finding, `corefile.RULE` as its source; lines and columns are 1-based. */
export const checkstyle: Reporter = (result, { textOf }) => {
  const sources = new Sources(result, textOf)
  const files = result.files.flatMap(({ path, findings }) => {
    if (findings.length === 0) return []
    const source = sources.get(path)
    const errors = findings.map(({ range, severity, message, ruleId }) => {
      const place = positionIn(source, range.start)
      return element('error', { ...place, severity, message: source.legible(message), source: `corefile.${ruleId}` })
    })
    return [element('file', { name: path }, errors)]
  })
  const unreadable = result.unreadable.map(({ path, message }) => {
    const words = { line: 1, severity: 'error', message: `cannot read: ${visible(message)}`, source: 'corefile' }
    return element('file', { name: path }, [element('error', words)])
  })
  return xmlDocument(element('checkstyle', { version: '4.3' }, [...files, ...unreadable]))
}
