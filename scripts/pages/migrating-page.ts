import { DECLARED } from '../../src/resolver/declared.ts'
import { withShownRuns } from './shown-runs.ts'

/** The page about migrations, with what the program prints for the shipped examples in `folder`, and what the codes of differences say. */
export async function migratingPage(page: string, folder: string): Promise<string> {
  const rows = Object.entries(DECLARED).map(([code, text]) => `| \`${code}\` | ${text} |\n`)
  const table = `\n| code | what differs |\n|---|---|\n${rows.join('')}\n`
  const withCodes = page.replace(
    /(<!-- codes -->\n)[\s\S]*(<!-- \/codes -->)/,
    (_, open, close) => open + table + close,
  )
  return withShownRuns(withCodes, folder)
}
