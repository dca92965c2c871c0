import type { Diagnostic } from '../lint/diagnostic.ts'
import { placeIn, type Source } from './source.ts'

/** A finding on one line, safe to show: `PATH:LINE:COLUMN: SEVERITY: MESSAGE [RULE]`. */
export function conciseLine({ range, severity, message, ruleId }: Diagnostic, source: Source): string {
  return `${placeIn(source, range.start)}: ${severity}: ${source.legible(message)} [${ruleId}]`
}
