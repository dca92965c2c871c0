import type { Command } from './command.ts'
import { lint } from './lint.ts'

/** How to load the commands, in the order of the help. Only lint, the one that must start fast, is here from the start. */
const loaders: readonly (() => Promise<Command>)[] = [
  async () => lint,
  async () => (await import('./fmt.ts')).fmt,
  async () => (await import('./migrate.ts')).migrate,
  async () => (await import('./trace.ts')).trace,
  async () => (await import('./compare.ts')).compare,
  async () => (await import('./test.ts')).test,
  async () => (await import('./explain.ts')).explain,
  async () => (await import('./rules.ts')).rules,
  async () => (await import('./init.ts')).init,
  async () => (await import('./completion.ts')).completion,
]

/** All commands, in the order of the help, completion and reference. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(loaders.map((load) => load()))
}
