import type { CommandWord } from './command-line.ts'
import type { NamedOption } from './dnsmasq-options.ts'
import { dnsmasqLetters, letterTakesArgument, optionInFile, optionNamed } from './dnsmasq-options.ts'
import type { OptionText } from './dnsmasq-text.ts'
import type { Placed } from './source.ts'

/** An option as it is given, before anything of it is understood. */
export interface GivenOption {
  readonly named: NamedOption | undefined
  /** Its name as written. */
  readonly written: OptionText
  readonly argument: OptionText | undefined
  /** Name and argument. */
  readonly whole: Placed
  /** Why it is refused whatever it is. */
  readonly fault?: string
  /** The next word is its argument. */
  readonly takesNext?: boolean
  readonly unresolved: readonly string[]
}

/** The options in a word of the command line that starts with a dash; the last one may need the next word. */
export function optionsOf({ text, unresolved }: CommandWord, next: CommandWord | undefined): GivenOption[] {
  if (text.value.startsWith('--')) return [longOption(text, unresolved, next)]
  const options: GivenOption[] = []
  for (let at = 1; at < text.length; at++) {
    const letter = text.slice(at, at + 1)
    const row = dnsmasqLetters.get(letter.value)
    const written = at === 1 ? text.slice(0, 2) : letter
    if (!row || !letterTakesArgument(row)) {
      const named = row && { row, refusals: [] }
      options.push({ named, written, argument: undefined, whole: written.placed, unresolved: [] })
      continue
    }
    const named = { row, refusals: [] }
    const whole = (at === 1 ? text : text.slice(at)).placed
    if (at + 1 < text.length) {
      options.push({ named, written, argument: text.slice(at + 1), whole, unresolved })
    } else {
      options.push(withNext({ named, written, argument: undefined, whole, unresolved }, next))
    }
    break
  }
  return options
}

function longOption(text: OptionText, unresolved: readonly string[], next: CommandWord | undefined): GivenOption {
  const equals = text.value.indexOf('=')
  const written = equals === -1 ? text : text.slice(0, equals)
  const argument = equals === -1 ? undefined : text.slice(equals + 1)
  const named = optionNamed(written.value.slice(2))
  const given = { named, written, argument, whole: text.placed, unresolved }
  if (!named) return given
  const { argument: takes, name, argumentSince } = named.row
  if (takes === 'none' && argument) return { ...given, fault: `--${name} takes no argument` }
  if (takes !== 'required' || argument) return given
  return argumentSince === undefined ? withNext(given, next) : given
}

/** An option whose argument is the next word. */
function withNext(given: GivenOption, next: CommandWord | undefined): GivenOption {
  if (!next) return { ...given, fault: `${given.written.value} needs an argument` }
  const unresolved = [...given.unresolved, ...next.unresolved]
  const whole = together(given.whole, next.text.placed)
  return { ...given, argument: next.text, takesNext: true, whole, unresolved }
}

function together(name: Placed, argument: Placed): Placed {
  const start = Math.min(name.range.start, argument.range.start)
  const end = Math.max(name.range.end, argument.range.end)
  return { value: `${name.value} ${argument.value}`, range: { start, end } }
}

/** `name=value`, `name = value` or `name`. */
export function optionOfLine(text: OptionText): GivenOption {
  const equals = text.value.indexOf('=')
  const written = equals === -1 ? text : text.slice(0, equals).trimmed
  const argument = equals === -1 ? undefined : text.slice(equals + 1).trimmed
  const named = written.seen === written.value ? optionInFile(written.value) : undefined
  const given: GivenOption = { named, written, argument, whole: text.placed, unresolved: [] }
  if (!named) return given
  const { argument: takes, name } = named.row
  if (takes === 'none' && argument) return { ...given, fault: `${name} takes no value` }
  if (takes === 'required' && !argument) return { ...given, fault: `${name} needs a value` }
  return given
}
