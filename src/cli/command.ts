import { WrongUsage } from '../node/wrong-usage.ts'
import { didYouMean } from '../text/suggest.ts'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'

/** An option of a command: said once, read by the quick reader, by commander and for the help. */
export interface Option {
  /** Without the two hyphens. */
  readonly name: string
  /** How the help calls its value; an option without one is a switch. */
  readonly value?: string
  /** The value may be missing, and is empty then. */
  readonly optional?: true
  readonly description: string
  /** The heading of the help that it stands under. */
  readonly group: string
  readonly repeatable?: true
  /**
   * Words that may stand there, for shells to offer. Where it is missing, `FILE` and `PATH` in `value` are files and `DIR` is a
   * directory; one that ends with `=` waits for more.
   */
  readonly choices?: () => readonly string[]
}

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly description: string
  /** What stands behind the options: `[PATH...]`. */
  readonly operands: {
    readonly name: string
    readonly description: string
    readonly most: number
    /** Words that may stand there, for shells to offer; files where it is missing. */
    readonly choices?: () => readonly string[]
  }
  readonly options: readonly Option[]
  /** Standard output is for readers and never a file: in the log of a workflow no text of others is taken for a command there, and no URL shows its password. */
  readonly isRead?: true
  /** Shown below the help: examples, exit codes. `corefile` at the start of a line stands for the program. */
  readonly epilogue: string
  run(args: Arguments, io: Io): Promise<ExitCode>
}

/** The words of a command line, sorted out. */
export class Arguments {
  readonly operands: readonly string[]
  readonly #options: ReadonlyMap<string, readonly string[]>

  constructor(operands: readonly string[], options: ReadonlyMap<string, readonly string[]>) {
    this.operands = operands
    this.#options = options
  }

  /** Whether a switch was given. */
  has(name: string): boolean {
    return this.#options.has(name)
  }

  /** The value of an option, the last one where it was given several times. */
  value(name: string): string | undefined {
    return this.#options.get(name)?.at(-1)
  }

  /** All values of an option, in order. */
  values(name: string): readonly string[] {
    return this.#options.get(name) ?? []
  }

  /** The value of an option that takes one of a few words. Throws a WrongUsage with a suggestion for any other. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.value(name)
    return value === undefined ? undefined : chosen(value, words, `--${name}`)
  }
}

/** The word, if it is one of these. Throws a WrongUsage that names `where` it stands, with a suggestion or the words. */
export function chosen<Word extends string>(value: string, words: readonly Word[], where: string): Word {
  const word = words.find((candidate) => candidate === value)
  if (word !== undefined) return word
  throw new WrongUsage(
    `${where} "${value}"${didYouMean(value, words) || `: write ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`}`,
  )
}

/**
 * The words with every optional value joined to its option: `--changed main` becomes `--changed=main`, and one without a value
 * `--changed=`. A word that is a path is no value.
 */
export function withValuesJoined(
  words: readonly string[],
  command: Command,
  isPath: (word: string) => boolean,
): readonly string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const joined: string[] = []
  for (let at = 0; at < end; at++) {
    const word = words[at] ?? ''
    const isOptional = command.options.some(({ name, optional }) => optional && word === `--${name}`)
    const next = at + 1 < end ? words[at + 1] : undefined
    const hasValue = isOptional && next !== undefined && !next.startsWith('-') && !isPath(next)
    joined.push(isOptional ? `${word}=${hasValue ? next : ''}` : word)
    if (hasValue) at++
  }
  return [...joined, ...words.slice(end)]
}

/**
 * Reads a plain command line without loading anything. Null where it is not plain: an unknown option, a value that is missing or that
 * looks like an option, too many operands, `--help`. Commander reads those, and says what is wrong.
 */
export function readPlainly(words: readonly string[], command: Command): Arguments | null {
  const operands: string[] = []
  const options = new Map<string, string[]>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '-' || !word.startsWith('-')) {
      operands.push(word)
      continue
    }
    const [, name, joined] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    const option = command.options.find((candidate) => candidate.name === name)
    if (option === undefined || (option.value === undefined && joined !== undefined)) return null
    const value = option.value === undefined ? '' : (joined ?? words[++at])
    if (value === undefined || (joined === undefined && value.startsWith('-'))) return null
    const before = option.repeatable ? (options.get(option.name) ?? []) : []
    options.set(option.name, [...before, value])
  }
  return operands.length <= command.operands.most ? new Arguments(operands, options) : null
}
