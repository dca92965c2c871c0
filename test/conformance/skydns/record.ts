import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from '../migrate/source-case.ts'
import type { SkyDnsConfiguration } from './configurations.ts'
import { questionsFor } from './questions.ts'

/** How the upstreams answered. */
export type SkyDnsMode = 'ok' | 'nxdomain' | 'servfail' | 'refused'

/** All modes, `ok` first: in the others only what reached an upstream is asked again. */
export const MODES: readonly SkyDnsMode[] = ['ok', 'nxdomain', 'servfail', 'refused']

/** Replies (`formatReply`) by question. A question is asked twice; of two replies both are here, with ` | ` in between. */
export type Replies = Readonly<Record<string, string>>

/** What was answered to the questions of a configuration. */
export interface RecordedSkyDns {
  /** Fingerprint of the configuration and its questions. */
  readonly of: string
  readonly replies: Readonly<Record<SkyDnsMode, Replies>>
  /** What the result of the migration answered, on the same etcd, where it ran beside. */
  readonly result?: { readonly of: string; readonly release: string; readonly replies: Readonly<Record<'ok', Replies>> }
}

/** By id. */
export type SkyDnsRecording = Readonly<Record<string, RecordedSkyDns>>

/** The file with the recording. */
export const recordingFile = join(import.meta.dirname, 'recorded.json')

/** The recording; empty where there is none. */
export function readSkyDnsRecording(): SkyDnsRecording {
  return existsSync(recordingFile) ? (JSON.parse(readFileSync(recordingFile, 'utf8')) as SkyDnsRecording) : {}
}

/** A recording as text, a line for each reply. */
export function formatSkyDnsRecording(recording: SkyDnsRecording): string {
  return `${JSON.stringify(recording, null, 1)}\n`
}

/** What a configuration was asked with; another one must be asked again. */
export function fingerprintOf(configuration: SkyDnsConfiguration): string {
  const { command, store, keys, domain } = configuration
  return fingerprint([command, store, keys, questionsFor(domain)])
}
