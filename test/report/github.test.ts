import { describe, expect, it } from 'vitest'
import { github } from '../../src/report/github.ts'
import { readSituation } from './situation.ts'

/** What the runner makes of a line: its ActionCommand.TryParseV2. */
function commandOf(line: string) {
  const [, level, properties = '', message = ''] = /^\s*::(\w+) ([^:]*)::(.*)$/s.exec(line) ?? []
  if (level === undefined) return null
  const plain = (text: string) => text.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%')
  const values = properties.split(',').map((word) => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? []
    return [name, plain(value.replace(/%3A/g, ':').replace(/%2C/g, ','))]
  })
  return { level, message: plain(message), ...Object.fromEntries(values) }
}

function linesOf(situation: object): string[] {
  const { result, context } = readSituation(JSON.stringify(situation))
  return github(result, context).trimEnd().split('\n')
}

const finding = (severity: string, message = severity, at = 'Corefile:1:1 x') => ({ rule: 'a', severity, at, message })

describe('github', () => {
  it('says the worst first', () => {
    const findings = ['info', 'error', 'warning', 'error'].map((severity) => finding(severity))
    const commands = linesOf({ files: { Corefile: 'x' }, findings }).map(commandOf)
    expect(commands.map((command) => command?.level)).toEqual(['error', 'error', 'warning', 'notice', undefined])
  })

  it('shows ten of a level, says how many more there are, and writes them into the log', () => {
    const many = (severity: string, count: number) => Array.from({ length: count }, () => finding(severity))
    const findings = [...many('error', 12), ...many('warning', 10), ...many('info', 10)]
    const lines = linesOf({ files: { Corefile: 'x' }, findings })
    const commands = lines.flatMap((line) => commandOf(line) ?? [])
    const count = (level: string) => commands.filter((command) => command.level === level).length
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 10])
    expect(commands.at(-1)?.message).toBe('2 more errors and 1 more info: the log of this step has them')
    expect(lines.filter((line) => line.startsWith('Corefile:1:1: ')).length).toBe(3)
    expect(lines.at(-1)).toMatch(/^12 errors, 10 warnings and 10 info/)
  })

  it('leaves all ten their place where nothing is left out', () => {
    const findings = Array.from({ length: 10 }, () => finding('info'))
    expect(linesOf({ files: { Corefile: 'x' }, findings }).filter((line) => line.startsWith('::notice')).length).toBe(
      10,
    )
  })

  it('escapes what would end a property or the line', () => {
    const path = 'a,title=b::c%0Ad\n::error::e.yaml'
    const [line = '', ...rest] = linesOf({
      files: { [path]: 'x' },
      findings: [finding('error', '100% \n::error::pwn ::stop-commands::x', `${path}:1:1 x`)],
    })
    expect(commandOf(line)).toEqual({
      level: 'error',
      file: path.replace('\n', '␊'),
      line: '1',
      endLine: '1',
      col: '1',
      endColumn: '2',
      title: 'a',
      message: '100% ␊::error::pwn ::stop-commands::x',
    })
    expect(rest.filter((other) => other.includes('::'))).toEqual([])
  })

  it('writes no command where it writes a log line', () => {
    const findings = Array.from({ length: 11 }, () => finding('error', '##[error]x', '::error::x:1:1 x'))
    const [left = ''] = linesOf({ files: { '::error::x': 'x' }, findings }).slice(11, 12)
    expect(left).toBe('./::error::x:1:1: error: ## [error]x [a]')
  })
})
