import { type HostText, sliceText } from '../embed/inner-text.ts'
import type { Range } from '../text/range.ts'
import type { CommandWord, Environment } from './command-line.ts'
import { shellCommands } from './command-line.ts'
import { OptionText } from './dnsmasq-text.ts'

/** Whether a text is a Dockerfile that says what is run. */
export function looksLikeDockerfile(text: string, name: string): boolean {
  const isNamed = /^(?:Dockerfile|Containerfile)\b|\.(?:dockerfile|containerfile)$/i.test(name)
  return /^\s*(?:CMD|ENTRYPOINT)\s/im.test(text) && (isNamed || /^\s*FROM\s+\S/im.test(text))
}

/** An instruction and what stands behind it, lines that go on included. */
interface Instruction {
  readonly name: string
  readonly range: Range
}

/**
 * What a container of the last stage runs: ENTRYPOINT with CMD behind it, or CMD alone, as simple commands. The shell form of ENTRYPOINT
 * takes no CMD.
 */
export function dockerfileCommand(host: HostText): readonly (readonly CommandWord[])[] {
  const all = instructionsOf(host.text)
  const stage = all.slice(all.findLastIndex(({ name }) => name === 'FROM') + 1)
  const environment = environmentOf(stage, host.text)
  const last = (wanted: string) => stage.findLast(({ name }) => name === wanted)
  const read = (instruction: Instruction | undefined) =>
    instruction === undefined ? null : formOf(sliceText(host, instruction.range), environment)
  const entrypoint = read(last('ENTRYPOINT'))
  const command = read(last('CMD'))
  if (entrypoint === null) return command === null ? [] : command.commands
  if (!entrypoint.isExec) return entrypoint.commands
  const words = [...entrypoint.commands.flat(), ...(command?.isExec === true ? command.commands.flat() : [])]
  return [words]
}

function instructionsOf(text: string): Instruction[] {
  return [...text.matchAll(/^[ \t]*([A-Za-z]+)[ \t]+((?:\\[ \t]*\r?\n|[^\n])*)/gm)].map((match) => {
    const end = match.index + match[0].length
    return { name: (match[1] ?? '').toUpperCase(), range: { start: end - (match[2]?.length ?? 0), end } }
  })
}

/** `ENV NAME=value` and `ENV NAME value`. */
function environmentOf(stage: readonly Instruction[], text: string): Environment {
  const environment = new Map<string, string>()
  for (const { name, range } of stage) {
    if (name !== 'ENV') continue
    const written = text.slice(range.start, range.end).trim()
    const pairs = [...written.matchAll(/(\w+)=(?:"([^"]*)"|(\S*))/g)]
    for (const [, key = '', inQuotes, plain = ''] of pairs) environment.set(key, inQuotes ?? plain)
    const [key = '', ...words] = written.split(/\s+/)
    if (pairs.length === 0) environment.set(key, words.join(' '))
  }
  return environment
}

/** The exec form is a list of JSON, every other one goes to a shell. */
function formOf(
  source: HostText,
  environment: Environment,
): { readonly isExec: boolean; readonly commands: readonly (readonly CommandWord[])[] } {
  if (!/^\s*\[/.test(source.text)) {
    return { isExec: false, commands: shellCommands(source, environment).commands.map(({ words }) => words) }
  }
  const words = [...source.text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match): CommandWord => {
    const start = match.index + 1
    return { text: unescaped(source, { start, end: start + (match[1]?.length ?? 0) }), unresolved: [] }
  })
  return { isExec: true, commands: [words] }
}

/** A string of JSON without its quotes. */
function unescaped(source: HostText, range: Range): OptionText {
  const written = source.text.slice(range.start, range.end)
  if (!written.includes('\\')) return OptionText.copied(source, range)
  const units = [...written.matchAll(/\\u[0-9a-fA-F]{4}|\\.|[^\\]/gs)].flatMap(([piece], at, all) => {
    const start = range.start + (all[at]?.index ?? 0)
    return [...decoded(piece)].map((unit) => ({ unit, start, end: start + piece.length }))
  })
  return OptionText.collected(source, range.start, units)
}

function decoded(piece: string): string {
  if (!piece.startsWith('\\')) return piece
  const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
  const sign = piece.charAt(1)
  return sign === 'u' && piece.length > 2
    ? String.fromCharCode(Number.parseInt(piece.slice(2), 16))
    : (escapes[sign] ?? sign)
}
