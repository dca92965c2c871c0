import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration, Mode } from './configuration.ts'
import { fingerprint } from './configuration.ts'

/** What a server answered about a configuration: a line for each question, in their order, by mode. */
export interface Recorded {
  /** Fingerprint of the configuration; where it differs the server must be asked again. */
  readonly of: string
  /** As `formatReply` writes them. */
  readonly replies: Readonly<Partial<Record<Mode, readonly string[]>>>
}

/** By id. A configuration that the release refuses is missing. */
export type Recording = Readonly<Record<string, Recorded>>

/** A program and its release, `coredns-1.15.0`, as files of recordings are named. */
export type Server = string

/** The file that has what a server answered. */
export function recordingFile(server: Server): string {
  return join(import.meta.dirname, `recorded-${server}.json`)
}

/** What was recorded of a server; nothing where there is no file. */
export function readRecording(server: Server): Recording {
  try {
    return JSON.parse(readFileSync(recordingFile(server), 'utf8')) as Recording
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** A recording as text, a line for each configuration. */
export function formatRecording(recording: Recording): string {
  const lines = Object.entries(recording).map(([id, recorded]) => `${JSON.stringify(id)}: ${JSON.stringify(recorded)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}

/** Whether what is recorded is about the configuration as it is now. */
export function isCurrent(recorded: Recorded | undefined, configuration: Configuration): boolean {
  return recorded?.of === fingerprint(configuration)
}
