import type { Command } from './command.ts'
import { lint } from './lint.ts'

/** How to load each command, in the order of the help. Only lint, the one that must start fast, is here from the start. */
const loaders: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['lint', async () => lint],
  ['fmt', async () => (await import('./fmt.ts')).fmt],
  ['migrate', async () => (await import('./migrate.ts')).migrate],
  ['trace', async () => (await import('./trace.ts')).trace],
  ['compare', async () => (await import('./compare.ts')).compare],
  ['test', async () => (await import('./test.ts')).test],
  ['explain', async () => (await import('./explain.ts')).explain],
  ['rules', async () => (await import('./rules.ts')).rules],
  ['init', async () => (await import('./init.ts')).init],
  ['completion', async () => (await import('./completion.ts')).completion],
])

/** All commands, in the order of the help, completion and reference. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all([...loaders.values()].map((load) => load()))
}

/** The command of a name alone, for the others take their time to load; undefined where none is called that. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  return await loaders.get(name)?.()
}
