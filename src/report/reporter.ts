import type { Diagnostic } from '../lint/diagnostic.ts'
import type { LintResult } from '../lint/result.ts'

/** What a report needs to know besides the result. */
export interface ReportContext {
  readonly colours: boolean
  /** Whether the terminal shows links (OSC 8). */
  readonly links: boolean
  /** Columns that a line should not exceed. */
  readonly columns: number
  /** How long the run took, in milliseconds; null where it is not to be told. */
  readonly elapsed: number | null
  /** Why this release was taken, where more is to say than its number: `kubeadm 1.33 installs CoreDNS 1.12.0`. */
  readonly releaseNote: string | null
  /** The text of a file that findings refer to and that the result does not hold. */
  readonly textOf?: (path: string) => string | undefined
  /** What an unsafe fix changes about answers, a line a cause; missing where nobody asked. */
  readonly effectOf?: (finding: Diagnostic) => readonly string[]
  /** The address of a line (1-based) of a file for people to read, encoded for Markdown; missing where files have none. */
  readonly placeUrl?: (path: string, line: number) => string
}

/** Turns a result into text, ready to be written: empty, or with a line break at its end. */
export type Reporter = (result: LintResult, context: ReportContext) => string
