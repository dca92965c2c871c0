import type { Range } from '../text/range.ts'
import type { CommandWord } from './command-line.ts'
import type { OptionText } from './dnsmasq-text.ts'
import type { Placed } from './source.ts'

/** A flag of a Go program: `--name=value`, `--name value`, `-name`, or an environment variable that stands for one. */
export interface Flag {
  /** As the program calls it, without dashes; underscores are hyphens where the program does not tell them apart. */
  readonly name: string
  readonly written: string
  /** The flag with its value. */
  readonly range: Range
  readonly value: Placed | undefined
  /** False for a flag that the program does not have, and for a word that is none. */
  readonly isKnown: boolean
  /** What the value is made of and is not known. */
  readonly unresolved: readonly string[]
}

/** The flags of a program: those with a value, and switches, which take one behind `=` only. */
export interface FlagTable {
  readonly values: ReadonlySet<string>
  readonly switches: ReadonlySet<string>
}

/** Flags that every program of Kubernetes has for its log. */
const logValues = ['v', 'vmodule', 'stderrthreshold', 'log-backtrace-at', 'log-dir', 'log-file', 'log-file-max-size']
const logSwitches = [
  'logtostderr',
  'alsologtostderr',
  'add-dir-header',
  'skip-headers',
  'skip-log-headers',
  'one-output',
  'version',
]

/** A table of the names between blanks, and what programs of Kubernetes have besides. */
export function flagTable(values: string, switches: string): FlagTable {
  const names = (text: string) => text.split(/\s+/).filter((name) => name !== '')
  return { values: new Set([...names(values), ...logValues]), switches: new Set([...names(switches), ...logSwitches]) }
}

/**
 * The flags of a command line up to `--`, with one or two dashes as Go's flag package takes both; and the words behind it. A
 * word that belongs to no flag is there as one that is not known.
 */
export function readFlags(
  words: readonly CommandWord[],
  table: FlagTable,
): { readonly flags: readonly Flag[]; readonly rest: readonly CommandWord[] | undefined } {
  const flags: Flag[] = []
  for (let at = 0; at < words.length; at++) {
    const { text, unresolved } = words[at] as CommandWord
    if (text.value === '--') return { flags, rest: words.slice(at + 1) }
    if (text.value.trim() === '') continue
    const { value: whole, range } = text
    const dashes = /^--?(?=[^-=])/.exec(whole)?.[0].length
    if (dashes === undefined) {
      flags.push({ name: whole, written: whole, range, value: undefined, isKnown: false, unresolved })
      continue
    }
    const equals = whole.indexOf('=')
    const written = equals === -1 ? whole : whole.slice(0, equals)
    const name = written.slice(dashes).replaceAll('_', '-')
    const isKnown = table.values.has(name) || table.switches.has(name)
    const next = words[at + 1]
    if (equals !== -1) {
      flags.push({ name, written, range, value: text.slice(equals + 1).placed, isKnown, unresolved })
    } else if (table.values.has(name) && next) {
      at++
      const both = [...unresolved, ...next.unresolved]
      flags.push({ name, written, range: across(text, next.text), value: next.text.placed, isKnown, unresolved: both })
    } else {
      flags.push({ name, written, range, value: undefined, isKnown, unresolved })
    }
  }
  return { flags, rest: undefined }
}

function across(first: OptionText, second: OptionText): Range {
  const [one, other] = [first.range, second.range]
  return { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) }
}

/** The value of a flag; of several the last. Undefined where it is not known. */
export function flagValue(flags: readonly Flag[], name: string): Placed | undefined {
  const flag = flags.findLast((one) => one.name === name)
  return flag?.unresolved.length === 0 ? flag.value : undefined
}

/** Whether a switch is on. */
export function isFlagOn(flags: readonly Flag[], name: string): boolean {
  const flag = flags.findLast((one) => one.name === name)
  return flag !== undefined && !/^(?:0|f|false)$/i.test(flag.value?.value ?? 'true')
}

/** The parts of a value between commas, blanks around them gone, with their places. */
export function partsOf(words: readonly CommandWord[], value: Placed | undefined): readonly Placed[] {
  if (!value) return []
  for (const { text } of words) {
    const at = text.value.lastIndexOf(value.value)
    if (at === -1) continue
    const slice = text.slice(at, at + value.value.length)
    if (slice.range.start !== value.range.start) continue
    return slice.parts(',').flatMap((part) => (part.trimmed.length === 0 ? [] : [part.trimmed.placed]))
  }
  return value.value.split(',').map((part) => ({ value: part.trim(), range: value.range }))
}
