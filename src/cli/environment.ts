import { parseEnv } from 'node:util'
import { readGiven } from '../node/given-file.ts'
import { WrongUsage } from '../node/wrong-usage.ts'
import type { Io } from './io.ts'

/** The variables that options and files give to CoreDNS, options last; undefined when none was given. Throws a WrongUsage for a wrong one. */
export function readEnvironment(
  assignments: readonly string[],
  files: readonly string[],
  io: Io,
): Readonly<Record<string, string>> | undefined {
  if (assignments.length + files.length === 0) return undefined
  const variables: Record<string, string> = {}
  for (const file of files) {
    Object.assign(variables, parseEnv(readGiven(file, io.cwd).text))
  }
  for (const assignment of assignments) {
    const at = assignment.indexOf('=')
    if (at < 1) {
      throw new WrongUsage(`--env ${assignment}: write NAME=VALUE; the environment of this process is never used`)
    }
    variables[assignment.slice(0, at)] = assignment.slice(at + 1)
  }
  return variables
}
