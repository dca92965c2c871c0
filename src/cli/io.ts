import { withoutCommands } from '../report/workflow-text.ts'
import { withoutUserInformation } from '../values/url.ts'

/** All that a command knows of the process around it. */
export interface Io {
  /** How people called the program: `corefile`, or `kubectl corefile`. */
  readonly program: string
  readonly stdin: { read(): Promise<Uint8Array> }
  readonly stdout: Output
  readonly stderr: Output
  /** The working directory, absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the program started. */
  elapsed(): number
}

export interface Output {
  /** Writes all of it before it returns; a reader that went away is no error. */
  write(text: string): void
  isTerminal(): boolean
  /** Width in columns, undefined where it is not known. */
  columns(): number | undefined
}

/** The same outputs where a workflow runs: nothing that is written to standard error, or where asked to either, is taken for a command. */
export function inWorkflow(io: Io, { both }: { readonly both: boolean }): Io {
  if (io.env.GITHUB_ACTIONS !== 'true') return io
  const parted = (output: Output): Output => ({ ...output, write: (text) => output.write(withoutCommands(text)) })
  return { ...io, stdout: both ? parted(io.stdout) : io.stdout, stderr: parted(io.stderr) }
}

/** The same outputs without the passwords that URLs of a configuration may hold. */
export function withoutPasswords(io: Io): Io {
  const { stdout } = io
  return { ...io, stdout: { ...stdout, write: (text) => stdout.write(withoutUserInformation(text)) } }
}

/** Width for outputs that do not tell theirs. */
const usualColumns = 100

/** Narrower than this nothing can be shown. */
const leastColumns = 40

/** Columns that lines written there should not exceed. */
export function columnsOf(output: Output, { env }: Io): number {
  const columns = output.columns() ?? Number.parseInt(env.COLUMNS ?? '', 10)
  return columns > 0 ? Math.max(columns, leastColumns) : usualColumns
}

/** Whether to write colours: FORCE_COLOR, then NO_COLOR, then whether it is a terminal that has them. */
export function hasColours(output: Output, { env }: Io): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if (refused !== undefined && refused !== '') return false
  return terminal !== 'dumb' && output.isTerminal()
}

const terminalsWithLinks = /^(?:iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio)$/

/** Whether the terminal shows links; the rest show the text alone, but some show the escapes, so only known ones get them. */
export function hasLinks(output: Output, { env }: Io): boolean {
  if (!output.isTerminal()) return false
  if (terminalsWithLinks.test(env.TERM_PROGRAM ?? '')) return true
  return env.WT_SESSION !== undefined || env.KITTY_WINDOW_ID !== undefined || Number(env.VTE_VERSION) >= 5000
}
