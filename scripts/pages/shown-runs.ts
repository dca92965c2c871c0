import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'

/** Width of the shown terminal: what a page of the web has room for. */
const columns = 100

/**
 * A page whose examples of use are what the program prints. Between `<!-- run -->` and `<!-- /run -->` each line that begins with
 * `$ corefile` is run in `folder`, as on a terminal without colours, and its output stands below it; all else in there is replaced.
 */
export async function withShownRuns(page: string, folder: string): Promise<string> {
  const parts = page.split(/(<!-- run -->\n[\s\S]*?<!-- \/run -->)/)
  const filled = await Promise.all(parts.map((part, at) => (at % 2 === 0 ? part : filledRun(part, folder))))
  return filled.join('')
}

async function filledRun(part: string, folder: string): Promise<string> {
  const commands = part.split('\n').flatMap((line) => /^\$ corefile (.+)$/.exec(line)?.[1] ?? [])
  const shown: string[] = []
  for (const command of commands) shown.push(`$ corefile ${command}\n${await outputOf(command.split(/\s+/), folder)}`)
  return `<!-- run -->\n\`\`\`text\n${shown.join('\n')}\`\`\`\n<!-- /run -->`
}

/** Both streams in the order of what was written; how long it took is left out. */
async function outputOf(words: readonly string[], folder: string): Promise<string> {
  let text = ''
  const output = {
    write: (more: string) => {
      text += more
    },
    isTerminal: () => true,
    columns: () => columns,
  }
  const io: Io = {
    program: 'corefile',
    stdin: { read: async () => new Uint8Array() },
    stdout: output,
    stderr: output,
    cwd: folder,
    env: { NO_COLOR: '1' },
    elapsed: () => 0,
  }
  await main(words, io)
  return `${text.replace(/, 0 ms$/m, '').trimEnd()}\n`
}
