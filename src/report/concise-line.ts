import type { Diagnostic } from '../lint/diagnostic.ts'
import { placeIn, type Source } from './source.ts'

/** A finding on one line, safe to show: `PATH:LINE:COLUMN: SEVERITY: MESSAGE [RULE]`, with the template behind the message where there is one. */
export function conciseLine({ range, severity, message, ruleId, madeFrom }: Diagnostic, source: Source): string {
  const template = madeFrom === undefined ? '' : ` (made from ${source.legible(madeFrom)})`
  return `${placeIn(source, range.start)}: ${severity}: ${source.legible(message)}${template} [${ruleId}]`
}
