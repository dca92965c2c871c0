import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DnsmasqVersion } from '../../../src/sources/dnsmasq.ts'

/** What `dnsmasq --test` said of texts. */
export interface OptionRecording {
  readonly versions: readonly DnsmasqVersion[]
  /** By case, what each release said, in the order of `versions`: `y` it would start, `n` it would not. */
  readonly file: Readonly<Record<string, string>>
  readonly commandLine: Readonly<Record<string, string>>
}

const recordingFile = join(import.meta.dirname, 'recorded.json')

/** The recording. */
export function readOptionRecording(): OptionRecording {
  if (!existsSync(recordingFile)) return { versions: [], file: {}, commandLine: {} }
  return JSON.parse(readFileSync(recordingFile, 'utf8')) as OptionRecording
}

/** Writes the recording, a case a line. */
export function writeOptionRecording({ versions, file, commandLine }: OptionRecording): void {
  const lines = (cases: Readonly<Record<string, string>>) =>
    Object.entries(cases)
      .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')
  const text = `{\n  "versions": ${JSON.stringify(versions)},\n  "file": {\n${lines(file)}\n  },\n  "commandLine": {\n${lines(commandLine)}\n  }\n}\n`
  writeFileSync(recordingFile, text)
}

/** A case of the command line as a key of the recording. */
export function keyOfWords(words: readonly string[]): string {
  return words.join('|')
}
