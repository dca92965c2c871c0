import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { WrongUsage } from '../node/wrong-usage.ts'
import { visible } from '../text/width.ts'
import { readPlainly, withValuesJoined } from './command.ts'
import { loadCommand, loadCommands } from './commands.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { type Io, inWorkflow } from './io.ts'
import { lint } from './lint.ts'

/** Runs the program with the words behind its name and tells its exit code; nothing below reads the process. */
export async function main(words: readonly string[], surroundings: Io): Promise<ExitCode> {
  const io = inWorkflow(surroundings, { both: false })
  try {
    const [first, ...rest] = words
    if (first !== lint.name) return await runAny(words, io)
    const joined = withValuesJoined(rest, lint, (word) => existsSync(resolve(io.cwd, word)))
    const plain = readPlainly(joined, lint)
    return plain === null ? await runAny([first, ...joined], io) : await lint.run(plain, io)
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error
    for (const line of error.message.split('\n')) io.stderr.write(`${io.program}: ${visible(line)}\n`)
    return exitCode.wrongUsage
  }
}

async function runAny(words: readonly string[], io: Io): Promise<ExitCode> {
  const [first] = words
  const named = first === undefined ? undefined : await loadCommand(first)
  const loaded = named === undefined ? await loadCommands() : [named]
  if (first !== undefined && !first.startsWith('-') && ![...loaded.map(({ name }) => name), 'help'].includes(first)) {
    if (existsSync(resolve(io.cwd, first))) {
      throw new WrongUsage(`"${first}" is no command: did you mean ${io.program} lint ${words.join(' ')}?`)
    }
  }
  const { runCommander } = await import('./commander.ts')
  if (first !== undefined) return runCommander(words, loaded, io)
  await runCommander(['--help'], loaded, { ...io, stdout: io.stderr })
  return exitCode.wrongUsage
}
