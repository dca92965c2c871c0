import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mode } from '../resolver/configuration.ts'

/** What the real servers said of the result of a case. */
export interface RecordedCase {
  /** Fingerprint of the sources and all that was chosen. */
  readonly of: string
  /** Fingerprint of the Corefile that came out; another one must be asked about again. */
  readonly result: string
  /** What the release said of the result: `ok`, or CLASS:PLUGIN. */
  readonly verdict: string
  /** What the dnsmasq of the source and the result answered, where both were started. */
  readonly live?: RecordedReplies
  /** What a whole kube-dns on a fake cluster and the result answered, where both were started. */
  readonly cluster?: RecordedReplies
}

/** Only what differs is kept; all other questions got the same reply. */
export interface RecordedReplies {
  /** Fingerprint of the questions. */
  readonly of: string
  /** Questions times modes. */
  readonly asked: number
  /** Mode, number of the question, reply of the source, reply of the result. */
  readonly differ: readonly (readonly [Mode, number, string, string])[]
}

/** By id. */
export type Recording = Readonly<Record<string, RecordedCase>>

/** The file with the recording. */
export const recordingFile = join(import.meta.dirname, 'recorded.json')

/** The recording; empty where there is none. */
export function readRecording(): Recording {
  return existsSync(recordingFile) ? (JSON.parse(readFileSync(recordingFile, 'utf8')) as Recording) : {}
}

/** A recording as text, a line for each case. */
export function formatRecording(recording: Recording): string {
  const lines = Object.entries(recording).map(([id, recorded]) => `${JSON.stringify(id)}: ${JSON.stringify(recorded)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}
