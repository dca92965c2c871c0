import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configMaps } from './cases.ts'

/** By kube-dns release, which of the cases it takes, in their order: `y` or `n`. */
export type KubeDnsRecording = Readonly<Record<string, string>>

const recordingFile = join(import.meta.dirname, 'recorded.json')

/** The recording. */
export function readKubeDnsRecording(): KubeDnsRecording {
  return existsSync(recordingFile) ? (JSON.parse(readFileSync(recordingFile, 'utf8')) as KubeDnsRecording) : {}
}

/**
 * Asks the code of kube-dns releases in a folder (`FOLDER/1.26.7`, the sources of kubernetes/dns at that tag) about all cases and
 * records what it says; with `check` it writes nothing and tells whether all is as recorded. Needs Go and its module proxy.
 */
export function recordKubeDns(folder: string, check: boolean): boolean {
  const recording: Record<string, string> = {}
  for (const release of readdirSync(folder)
    .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    .sort()) {
    recording[release] = ask(join(folder, release))
  }
  if (check) return JSON.stringify(recording) === JSON.stringify(readKubeDnsRecording())
  writeFileSync(recordingFile, `${JSON.stringify(recording, null, 2)}\n`)
  return true
}

function ask(sources: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'kube-dns-'))
  const [input, output] = [join(directory, 'in.json'), join(directory, 'out.json')]
  const probe = join(sources, 'pkg/dns/config/probe_test.go')
  try {
    writeFileSync(input, JSON.stringify(configMaps))
    copyFileSync(join(import.meta.dirname, 'probe_test.go'), probe)
    execFileSync('go', ['test', '-mod=mod', '-count=1', '-run', 'TestProbe', './pkg/dns/config'], {
      cwd: sources,
      env: { ...process.env, PROBE_IN: input, PROBE_OUT: output },
    })
    const taken = JSON.parse(readFileSync(output, 'utf8')) as boolean[]
    return taken.map((one) => (one ? 'y' : 'n')).join('')
  } finally {
    rmSync(probe, { force: true })
    rmSync(directory, { recursive: true })
  }
}
