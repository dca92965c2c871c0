/** What the program says by its exit code. */
export const exitCode = {
  /** Nothing at or above `--fail-on`, or what was asked for was shown. */
  fine: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong usage or configuration, or a directory with nothing to check. */
  wrongUsage: 2,
  /** Something could not be read or written: the work is not finished. */
  notFinished: 3,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
