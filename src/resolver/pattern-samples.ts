import { isInvalid } from '../values/invalid.ts'
import { fqdn, isSubdomain } from '../values/name.ts'
import { compileRegexp } from '../values/re2.ts'
import { canEndWithDot, regexpTree } from '../values/regexp-tree.ts'
import type { Pattern } from './decision.ts'

/** What a class of characters is tried with, those that are frequent in names first. */
const CHARACTERS: readonly string[] = [...'a0-_.x9bcdefghijklmnopqrstuvwyz12345678ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** Names for one expression, and choices of one that are tried. */
const MOST_SAMPLES = 8
/** Zones in which names for one expression are looked for. */
const MOST_ZONES = 4
/** No label is longer. */
const MOST_REPEATS = 63

const known = new WeakMap<Pattern, readonly string[]>()

/** Names that a pattern matches and that come to it, each one tried; none where none was found. */
export function namesOf(pattern: Pattern): readonly string[] {
  let names = known.get(pattern)
  if (names === undefined) {
    names = pattern.names ?? samplesOf(pattern.source, pattern.zones)
    known.set(pattern, names)
  }
  return names
}

/** Whether a pattern matches no fully qualified name at all, as it ends without the dot. */
export function neverMatches({ source, names }: Pattern): boolean {
  const tree = names === null ? regexpTree(source) : null
  return tree !== null && !canEndWithDot(tree)
}

/** Whether a name, fully qualified and in lower case, lies in the zones of a pattern and matches it as far as that can be told. */
export function isTriedBy({ source, names, zones }: Pattern, name: string): boolean {
  if (!zones.some((zone) => isSubdomain(zone, name))) return false
  if (names !== null) return true
  const compiled = compileRegexp(source)
  return !isInvalid(compiled) && compiled.matches(name)
}

/** Names in zones that an expression of Go matches, each one tried; none where none was found, or where it is none. */
export function samplesOf(expression: string, zones: readonly string[] = ['.']): string[] {
  const compiled = compileRegexp(expression)
  if (isInvalid(compiled)) return []
  const samples = new Set<string>()
  for (const text of new Set(textsOf(expression))) {
    for (const zone of zones.slice(0, MOST_ZONES)) {
      for (const written of around(text, zone)) {
        const name = fqdn(written)
        if (samples.size >= MOST_SAMPLES) return [...samples]
        if (isAskable(name) && isSubdomain(zone, name) && compiled.matches(name)) samples.add(name)
      }
    }
  }
  return [...samples]
}

/** Names with a text in them. */
function around(text: string, zone: string): string[] {
  const plain = [text, `${text}zz`, `zz${text}`]
  if (isSubdomain(zone, fqdn(text))) return plain
  return [...plain, `${text}${zone}`, `${text}.${zone}`, `zz${text}.${zone}`]
}

function isAskable(name: string): boolean {
  if (name === '.') return true
  const labels = name.slice(0, -1).split('.')
  return name.length <= 254 && labels.every((label) => label !== '' && label.length <= 63)
}

/** How a text is made of an expression: which choice is taken, whether what may be missing is there, what any character is. */
interface Way {
  readonly choice: number
  readonly isFull: boolean
  readonly any: string
}

type Maker = (way: Way) => string

function* textsOf(expression: string): Generator<string> {
  const reader = new Reader(expression)
  const make = reader.read()
  for (let choice = 0; choice < Math.min(reader.mostChoices, MOST_SAMPLES); choice++) {
    for (const isFull of [true, false]) {
      for (const any of ['a', '.']) yield make({ choice, isFull, any })
    }
  }
}

/** Characters of classes by how they are written, with their flags. */
const charactersOf = new Map<string, string>()
const MOST_CLASSES = 1_000

/** Reads a valid expression (Go's regexp/syntax) as what makes texts of it. */
class Reader {
  readonly #text: string
  #at = 0
  #flags = ''
  mostChoices = 1

  constructor(text: string) {
    this.#text = text
  }

  read(): Maker {
    const choices: Maker[][] = [[]]
    const flags = this.#flags
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      if (this.#take(/^\|/) !== null) choices.push([])
      else choices.at(-1)?.push(this.#repeated(this.#one()))
    }
    // Flags that are set in a group end with it.
    this.#flags = flags
    this.mostChoices = Math.max(this.mostChoices, choices.length)
    return (way) => (choices[way.choice % choices.length] ?? []).map((make) => make(way)).join('')
  }

  #take(expression: RegExp): RegExpExecArray | null {
    const found = expression.exec(this.#text.slice(this.#at))
    this.#at += found?.[0].length ?? 0
    return found
  }

  #one(): Maker {
    if (this.#take(/^[$^]|^\\[AzbB]/) !== null) return () => ''
    if (this.#take(/^\.|^\\C/) !== null) return ({ any }) => any
    const flags = this.#take(/^\(\?([a-zA-Z-]*)\)/)
    if (flags !== null) {
      this.#setFlags(flags[1] ?? '')
      return () => ''
    }
    const opening = this.#take(/^\((?:\?P?<\w+>|\?([a-zA-Z-]*):)?/)
    if (opening !== null) return this.#group(opening[1] ?? '')
    const quoted = this.#take(/^\\Q(.*?)(?:\\E|$)/s)
    if (quoted !== null) return () => quoted[1] ?? ''
    const code = this.#take(/^\\x\{([\da-fA-F]+)\}|^\\x([\da-fA-F]{2})/)
    if (code !== null) return literal(String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '', 16)))
    const octal = this.#take(/^\\([0-7]{1,3})/)
    if (octal !== null) return literal(String.fromCodePoint(Number.parseInt(octal[1] ?? '', 8)))
    const ofClass = this.#take(/^\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|^\\[dDwWsS]|^\\[pP](?:\{[^}]*\}|.)/s)
    if (ofClass !== null) return literal(this.#characterOf(ofClass[0]))
    const character = this.#take(/^\\?(.)/su)?.[1] ?? ''
    return literal(this.#flags.includes('i') ? character.toLowerCase() : character)
  }

  #setFlags(written: string): void {
    const [on = '', off = ''] = written.split('-')
    this.#flags = [...new Set(this.#flags + on)].filter((flag) => !off.includes(flag)).join('')
  }

  #group(flags: string): Maker {
    const around = this.#flags
    this.#setFlags(flags)
    const make = this.read()
    this.#take(/^\)/)
    this.#flags = around
    return make
  }

  #repeated(make: Maker): Maker {
    const found = this.#take(/^(?:([*+?])|\{(\d+)(?:,(\d*))?\})\??/)
    if (found === null) return make
    const [, sign, from, to] = found
    const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0
    const isNever = to === '0' || (to === undefined && from === '0')
    return (way) => {
      const times = way.isFull && !isNever ? Math.max(least, 1) : least
      return make(way).repeat(Math.min(times, MOST_REPEATS))
    }
  }

  /** The first character that a class has; empty where it has none that is frequent. */
  #characterOf(written: string): string {
    const ofClass = `${this.#flags.includes('i') ? '(?i)' : ''}^(?:${written})$`
    let character = charactersOf.get(ofClass)
    if (character === undefined) {
      const compiled = compileRegexp(ofClass)
      character = isInvalid(compiled) ? '' : (CHARACTERS.find((each) => compiled.matches(each)) ?? '')
      if (charactersOf.size < MOST_CLASSES) charactersOf.set(ofClass, character)
    }
    return character
  }
}

function literal(text: string): Maker {
  return () => text
}
