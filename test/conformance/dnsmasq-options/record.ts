import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DnsmasqVersion } from '../../../src/sources/dnsmasq.ts'
import { dnsmasqVersions } from '../../../src/sources/dnsmasq-options.ts'
import { commandCases, fileCases } from './cases.ts'
import { keyOfWords, readOptionRecording, writeOptionRecording } from './recording.ts'

/**
 * Asks `dnsmasq --test` of every release in a folder (`FOLDER/2.78/src/dnsmasq`, as made from the release's sources) about all cases
 * and records what they say; with `check` it writes nothing and tells whether all is as recorded.
 */
export function recordOptions(folder: string, check: boolean): boolean {
  const programs = dnsmasqVersions.flatMap((version) => {
    const program = join(folder, version, 'src/dnsmasq')
    return existsSync(program) ? [{ version, program }] : []
  })
  if (programs.length === 0) throw new Error(`no dnsmasq below ${folder}: expected ${folder}/2.90/src/dnsmasq`)
  const directory = mkdtempSync(join(tmpdir(), 'dnsmasq-options-'))
  const path = join(directory, 'dnsmasq.conf')
  const starts = (program: string, words: readonly string[]) =>
    spawnSync(program, ['--test', ...words], { cwd: directory, encoding: 'utf8' }).status === 0
  const ask = (words: readonly string[]) => programs.map(({ program }) => (starts(program, words) ? 'y' : 'n')).join('')
  try {
    const file: Record<string, string> = {}
    for (const text of fileCases) {
      writeFileSync(path, `${text}\n`)
      file[text] = ask(['-C', path])
    }
    writeFileSync(path, '')
    const commandLine: Record<string, string> = {}
    for (const words of commandCases) commandLine[keyOfWords(words)] = ask(['-C', path, ...words])
    const versions = programs.map(({ version }): DnsmasqVersion => version)
    const recording = { versions, file, commandLine }
    if (check) return JSON.stringify(recording) === JSON.stringify(readOptionRecording())
    writeOptionRecording(recording)
    return true
  } finally {
    rmSync(directory, { recursive: true })
  }
}
