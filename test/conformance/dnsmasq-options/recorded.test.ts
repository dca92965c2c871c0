import { describe, expect, it } from 'vitest'
import { fileText } from '../../../src/embed/inner-text.ts'
import type { DnsmasqConfiguration } from '../../../src/sources/dnsmasq.ts'
import { readDnsmasqCommandLine, readDnsmasqFile, refusalsAt } from '../../../src/sources/dnsmasq-reader.ts'
import { OptionText } from '../../../src/sources/dnsmasq-text.ts'
import { commandCases, fileCases } from './cases.ts'
import { keyOfWords, readOptionRecording } from './recording.ts'

const recording = readOptionRecording()

/** Which releases start with a configuration, as the recording writes it. */
function starts(configuration: DnsmasqConfiguration): string {
  return recording.versions.map((version) => (refusalsAt(configuration, version).length === 0 ? 'y' : 'n')).join('')
}

function readWords(words: readonly string[]): DnsmasqConfiguration {
  return readDnsmasqCommandLine({
    path: 'args',
    name: 'args',
    range: { start: 0, end: 0 },
    words: words.map((word) => ({
      text: OptionText.copied(fileText(word), { start: 0, end: word.length }),
      unresolved: [],
    })),
  })
}

describe('options of dnsmasq', () => {
  it('are recorded for all cases and several releases', () => {
    expect(recording.versions.length).toBeGreaterThan(10)
    expect(Object.keys(recording.file)).toEqual([...new Set(fileCases)])
    expect(Object.keys(recording.commandLine)).toEqual([...new Set(commandCases.map(keyOfWords))])
  })

  it('in a file are refused by the releases that refuse them', () => {
    const ours = fileCases.map((text) => [
      text,
      starts(readDnsmasqFile({ path: 'f.conf', text: fileText(`${text}\n`) })),
    ])
    expect(Object.fromEntries(ours)).toEqual(recording.file)
  })

  it('on a command line are refused by the releases that refuse them', () => {
    const ours = commandCases.map((words) => [keyOfWords(words), starts(readWords(words))])
    expect(Object.fromEntries(ours)).toEqual(recording.commandLine)
  })
})
