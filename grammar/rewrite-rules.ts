import { queryClassOf, queryTypeOf, rcodeOf } from '../src/values/codes.ts'
import { isInvalid } from '../src/values/invalid.ts'
import { isFqdn, normalizeName } from '../src/values/name.ts'
import { parseInteger, parseUnsigned } from '../src/values/number.ts'
import { parseRegexp } from '../src/values/regexp.ts'
import { byteLength, toLower, toUpper } from '../src/values/text.ts'
import type { Setup, Word } from './setup.ts'

/** The words of one rule; `name` stands for it where it has none. */
export interface Rule {
  readonly setup: Setup
  readonly name: Word
  readonly words: readonly Word[]
}

/** Since 1.14.0 no expression may be longer, in bytes. */
const LONGEST_REGEXP = 10000

const MATCHES = ['exact', 'prefix', 'suffix', 'substring', 'regex']

/** plugin/rewrite/rewrite.go newRule: reports what is wrong with a rule. A bare mode crashed CoreDNS up to 1.9.3. */
export function rewriteRule(rule: Rule): void {
  const { name, words } = rule
  const setup: Setup = rule.setup
  const [first, second] = words
  if (first === undefined) setup.refuse('argument-count', { at: name, expected: '[MODE] TYPE ARGUMENT...' })
  const hasMode = ['stop', 'continue'].includes(toLower(first.value))
  if (hasMode && second === undefined) {
    setup.refuse(setup.since('1.9.4') ? 'argument-count' : 'panic', {
      at: first,
      expected: '[MODE] TYPE ARGUMENT...',
    })
  }
  const type = (hasMode ? second : first) as Word
  new RuleReader(setup, type, words.slice(hasMode ? 2 : 1)).read()
}

class RuleReader {
  readonly #setup: Setup
  readonly #type: Word
  readonly #args: readonly Word[]
  readonly #property: string

  constructor(setup: Setup, type: Word, args: readonly Word[]) {
    this.#setup = setup
    this.#type = type
    this.#args = args
    this.#property = toLower(type.value)
  }

  read(): void {
    const since = (release: string): boolean => this.#setup.since(release)
    switch (this.#property) {
      case 'name':
        if (!since('1.0.2')) this.#two()
        else if (!since('1.2.5')) this.#oldName()
        else this.#name()
        return
      case 'class':
        for (const word of this.#two()) {
          if (queryClassOf(toUpper(word.value)) === undefined) this.#invalid(word, 'a query class such as `IN`')
        }
        return
      case 'type':
        for (const word of this.#two()) {
          if (queryTypeOf(toUpper(word.value), this.#setup.release) === undefined) {
            this.#invalid(word, 'a query type such as `A` or `AAAA`')
          }
        }
        return
      case 'edns0':
        this.#edns0()
        return
      case 'ttl':
        if (!since('1.2.3')) break
        this.#ttl()
        return
      case 'cname':
        if (!since('1.11.0')) break
        this.#cname()
        return
      case 'rcode':
        if (!since('1.11.3')) break
        this.#rcode()
        return
    }
    const message = this.#property === 'answer' ? 'response rewrites must begin with a name rule' : null
    this.#setup.refuse('unknown-property', {
      at: this.#type,
      property: this.#type.value,
      ...(message === null ? {} : { message }),
    })
  }

  /** `name FROM TO` of 1.0.2 to 1.2.4: two words, a match and two, or a regex with an answer (1.0.5). */
  #oldName(): void {
    const args = this.#args
    const expected = '[MATCH] FROM TO'
    if (args.length < 2) this.#count(expected)
    const match = toLower(args[0]?.value ?? '')
    if (args.length === 2) return
    if (args.length === 3) {
      this.#match(args[0])
      if (match === 'regex') this.#regexp(args[1])
      return
    }
    if (args.length !== 7 || !this.#setup.since('1.0.5')) this.#count(expected)
    if (match !== 'regex') this.#invalid(args[0], '`regex`, which alone can rewrite answers')
    this.#answer(args, ['name'])
    this.#regexp(args[1])
    this.#regexp(args[5])
  }

  /** newNameRule since 1.2.5. */
  #name(): void {
    const args = this.#args
    const setup = this.#setup
    if (args.length < 2) this.#count('[MATCH] FROM TO')
    const match = args.length === 2 ? 'exact' : toLower(args[0]?.value ?? '')
    const [from, to] = args.length === 2 ? args : args.slice(1)
    if (from === undefined || to === undefined) return
    const options = args.slice(3)
    if (setup.since('1.8.4')) {
      const metadata = setup.since('1.15.0') && options[0]?.value === 'metadata'
      if (metadata && match !== 'regex') this.#invalid(options[0], 'nothing: only `regex` rules look into metadata')
      this.#answers(match, metadata ? options.slice(1) : options)
      if (args.length > 2) this.#match(args[0])
      if (metadata) {
        this.#metadataReplacement(from, to)
        return
      }
    } else {
      const several = setup.since('1.8.2')
      if (options.length > 0 && (several ? options.length % 4 !== 0 : options.length !== 4)) {
        this.#count('[MATCH] FROM TO [answer name FROM TO]')
      }
      if (options.length > 0 && match !== 'regex') this.#invalid(args[0], '`regex`, which alone can rewrite answers')
      if (args.length > 2) this.#match(args[0])
    }
    // An exact rule turns its target into an expression for the way back, and checks it.
    if (match === 'exact') this.#pattern(to, exactName(to, setup), exactName(from, setup))
    else if (match === 'regex') this.#pattern(from, from.value, to.value)
    if (!setup.since('1.8.4')) this.#oldAnswers(options)
  }

  /** The groups of four words behind a name rule of 1.2.5 to 1.8.3. */
  #oldAnswers(options: readonly Word[]): void {
    for (let at = 0; at < options.length; at += 4) {
      const [answer, kind, pattern, replacement] = options.slice(at, at + 4)
      if (answer?.value !== 'answer') this.#invalid(answer, '`answer`')
      const kinds = this.#setup.since('1.8.2') ? ['name', 'value'] : ['name']
      if (!kinds.includes(toLower(kind?.value ?? ''))) this.#invalid(kind, oneOf(kinds))
      if (pattern !== undefined && replacement !== undefined) this.#pattern(pattern, pattern.value, replacement.value)
    }
  }

  /** `answer name` of 1.0.5 to 1.2.4. */
  #answer(args: readonly Word[], kinds: readonly string[]): void {
    if (args[3]?.value !== 'answer') this.#invalid(args[3], '`answer`')
    if (!kinds.includes(toLower(args[4]?.value ?? ''))) this.#invalid(args[4], oneOf(kinds))
  }

  /** parseAnswerRules (1.8.4): `answer auto`, `answer name FROM TO`, `answer value FROM TO`; `answer` is needed before the first only. */
  #answers(match: string, options: readonly Word[]): void {
    if (options.length === 0) return
    const expected = 'answer auto|name|value [FROM TO]'
    if (options.length < 2) this.#count(expected, options[0])
    if (options[0]?.value !== 'answer') this.#invalid(options[0], '`answer`')
    let isAuto = false
    let named: Word | undefined
    for (let at = 0; at < options.length; ) {
      if (options[at]?.value === 'answer') at++
      const kind = options[at]
      if (kind === undefined) this.#count(expected, options.at(-1))
      at++
      if (kind.value === 'auto') isAuto = true
      else if (kind.value === 'name' || kind.value === 'value') {
        const [pattern, replacement] = options.slice(at, at + 2)
        if (pattern === undefined || replacement === undefined) this.#count(`${kind.value} FROM TO`, kind)
        this.#pattern(pattern, pattern.value, replacement.value)
        if (kind.value === 'name') named = kind
        at += 2
      } else this.#invalid(kind, oneOf(['auto', 'name', 'value']))
    }
    if (isAuto && named !== undefined) {
      this.#setup.refuse('conflict', {
        at: named,
        property: this.#property,
        message: `auto name answer rule of a ${match} rule cannot be combined with explicit name answer rules`,
      })
    }
  }

  /** parseNameReplacement (1.15.0): `{1}` is a group, `{plugin/label}` a label of metadata. */
  #metadataReplacement(from: Word, to: Word): void {
    const groups = this.#regexp(from)
    if (groups === null) return
    const bad = (message: string): never =>
      this.#setup.refuse('invalid-value', {
        at: to,
        property: this.#property,
        expected: 'a name with groups such as `{1}` and labels such as `{kubernetes/client-namespace}`',
        message,
      })
    let rest = isFqdn(to.value, this.#setup.release) ? to.value : `${to.value}.`
    while (rest !== '') {
      const open = rest.indexOf('{')
      const before = open < 0 ? rest : rest.slice(0, open)
      if (before.includes('}')) bad('unmatched closing brace in metadata name replacement')
      if (open < 0) break
      const close = rest.indexOf('}', open)
      if (close < 0) bad('unclosed placeholder in metadata name replacement')
      const label = rest.slice(open + 1, close)
      const group = parseInteger(label)
      if (!isInvalid(group)) {
        if (group < 0 || group > groups) bad(`capture group ${label} does not exist in name matching pattern`)
      } else if (!isLabel(label, this.#setup) || label.includes('{'))
        bad(`invalid metadata label "${label}" in name replacement`)
      rest = rest.slice(close + 1)
    }
  }

  /** newEdns0Rule. */
  #edns0(): void {
    const setup = this.#setup
    let args = this.#args
    if (args.length < 2) this.#count('local|nsid|subnet ACTION')
    const [option, action] = args as [Word, Word]
    const actions = ['append', 'replace', 'set', ...(setup.since('1.12.3') ? ['unset'] : [])]
    if (!actions.includes(toLower(action.value))) this.#invalid(action, oneOf(actions))
    const isUnset = toLower(action.value) === 'unset'
    if (!isUnset && setup.since('1.11.4') && args.at(-1)?.value === 'revert') args = args.slice(0, -1)
    const [, , code, data] = args
    switch (toLower(option.value)) {
      case 'local':
        if (args.length !== (isUnset ? 3 : 4)) this.#count(isUnset ? 'local unset CODE' : 'local ACTION CODE DATA')
        this.#unsigned(code, 0xffff, 'a code from 0 to 65535')
        if (data !== undefined) this.#localData(data)
        return
      case 'nsid':
        if (args.length !== 2) this.#count('nsid ACTION')
        return
      case 'subnet':
        if (args.length !== (isUnset ? 2 : 4)) this.#count(isUnset ? 'subnet unset' : 'subnet ACTION V4_BITS V6_BITS')
        if (isUnset) return
        this.#unsigned(code, 32, 'a mask from 0 to 32')
        this.#unsigned(data, 128, 'a mask from 0 to 128')
        return
      default:
        this.#invalid(option, oneOf(['local', 'nsid', 'subnet']))
    }
  }

  /** A variable in braces, bytes in hexadecimal behind 0x, or the text itself. */
  #localData(data: Word): void {
    const { value } = data
    if (value.startsWith('{') && value.endsWith('}')) {
      const variable = value.slice(1, -1)
      const known = ['qname', 'qtype', 'client_ip', 'client_port', 'protocol', 'server_ip', 'server_port']
      if (known.includes(variable) || (this.#setup.since('1.2.0') && isLabel(variable, this.#setup))) return
      this.#invalid(
        data,
        `one of ${known.map((name) => `\`{${name}}\``).join(', ')}, or a label such as \`{plugin/label}\``,
      )
    }
    if (value.startsWith('0x') && !/^(?:[0-9a-f]{2})*$/i.test(value.slice(2))) {
      this.#invalid(data, 'pairs of hexadecimal digits behind `0x`')
    }
  }

  /** newTTLRule. */
  #ttl(): void {
    const args = this.#args
    const expected = '[MATCH] NAME TTL'
    if (args.length < 2) this.#count(expected)
    // More than three words leave the TTL empty, which is refused first.
    const ttl = args.length === 2 ? args[1] : args.length === 3 ? args[2] : undefined
    if (ttl === undefined) this.#count(expected, args[3])
    if (!this.#isTtl(ttl.value)) {
      this.#invalid(
        ttl,
        this.#setup.since('1.9.4') ? 'seconds, or a range such as `30-300`, `30-` or `-300`' : 'seconds',
      )
    }
    if (args.length === 3) this.#matchAndName()
  }

  /** isValidTTL: a range since 1.9.4, and then 32 bits. */
  #isTtl(text: string): boolean {
    if (!this.#setup.since('1.9.4')) {
      const value = parseInteger(text)
      return !isInvalid(value) && value >= 0 && value <= 2147483647
    }
    const bounds = text.split('-')
    const numbers = bounds.map((bound) => (bound === '' && bounds.length === 2 ? null : parseUnsigned(bound, 10, 32)))
    if (bounds.length > 2 || text === '-') return false
    const [low, high] = numbers
    if (
      low === undefined ||
      (low !== null && isInvalid(low)) ||
      (high !== undefined && high !== null && isInvalid(high))
    ) {
      return false
    }
    return high === undefined || (low ?? 0n) <= (high ?? 2147483647n)
  }

  /** newCNAMERule; up to 1.13.1 the expression was compiled with each answer. */
  #cname(): void {
    const args = this.#args
    if (args.length !== 2 && args.length !== 3) this.#count('[MATCH] FROM TO')
    if (args.length === 2) return
    const match = this.#match(args[0])
    const from = args[1]
    if (match === 'regex' && from !== undefined && this.#setup.since('1.13.2')) {
      this.#regexp({ ...from, value: toLower(from.value) })
    }
  }

  /** newRCodeRule. */
  #rcode(): void {
    const args = this.#args
    const expected = '[MATCH] NAME FROM TO'
    if (args.length < 3) this.#count(expected)
    if (args.length > 4) this.#count(expected, args[4])
    for (const word of args.slice(-2)) {
      const number = parseUnsigned(word.value, 10, 32)
      if (!isInvalid(number) && number <= 23n) continue
      if (rcodeOf(toUpper(word.value), this.#setup.release) === undefined) {
        this.#invalid(word, 'a response code such as `NXDOMAIN`, or its number up to 23')
      }
    }
    if (args.length === 4) this.#matchAndName()
  }

  #matchAndName(): void {
    if (this.#match(this.#args[0]) === 'regex') this.#regexp(this.#args[1])
  }

  /** The two words of a `class` or `type` rule, and of a name rule in 1.0.0 and 1.0.1. */
  #two(): readonly Word[] {
    if (this.#args.length !== 2) this.#count('FROM TO')
    return this.#args
  }

  #match(word: Word | undefined): string {
    const match = toLower(word?.value ?? '')
    if (!MATCHES.includes(match)) this.#invalid(word, oneOf(MATCHES))
    return match
  }

  /** isValidRegexPattern: the replacement must not use more groups than there are. */
  #pattern(at: Word, pattern: string, replacement: string): void {
    const groups = this.#regexp({ ...at, value: pattern })
    if (groups === null) return
    let used = 0
    for (let group = 0; group <= 100; group++) if (replacement.includes(`{${group}}`)) used++
    if (used <= groups) return
    this.#setup.refuse('conflict', {
      at,
      property: this.#property,
      expected: `an expression with ${used} groups in parentheses`,
      message: 'the replacement uses more groups than the expression has',
    })
  }

  /** How many groups the expression has, null when it is none. */
  #regexp(word: Word | undefined): number | null {
    if (word === undefined) return null
    if (this.#setup.since('1.14.0') && byteLength(word.value) > LONGEST_REGEXP) {
      this.#setup.refuse('out-of-range', {
        at: word,
        property: this.#property,
        expected: `a regular expression of at most ${LONGEST_REGEXP} bytes`,
      })
    }
    const groups = parseRegexp(word.value)
    if (!isInvalid(groups)) return groups.names.length
    this.#setup.report('invalid-value', {
      at: word,
      property: this.#property,
      expected: 'a regular expression in RE2 syntax',
      message: groups.error,
    })
    return null
  }

  #unsigned(word: Word | undefined, max: number, expected: string): void {
    if (word === undefined) return
    const value = parseUnsigned(word.value, 0, 16)
    if (isInvalid(value)) this.#invalid(word, expected)
    else if (value > BigInt(max)) {
      this.#setup.refuse('out-of-range', { at: word, property: this.#property, expected })
    }
  }

  #invalid(at: Word | undefined, expected: string): never {
    return this.#setup.refuse('invalid-value', { at: at ?? this.#type, property: this.#property, expected })
  }

  #count(expected: string, at: Word = this.#args.at(-1) ?? this.#type): never {
    return this.#setup.refuse('argument-count', { at, property: this.#property, expected })
  }
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? `\`${words[0]}\`` : `one of ${words.map((word) => `\`${word}\``).join(', ')}`
}

/** newNameRule: the normalised name of an exact rule, with a dot at its end whatever stands before it. */
function exactName(word: Word, setup: Setup): string {
  const name = normalizeName(word.value, setup.release)
  return name.endsWith('.') ? name : `${name}.`
}

/** plugin/metadata IsLabel: `NAMESPACE/NAME`; further slashes are taken since 1.8.5. */
function isLabel(text: string, setup: Setup): boolean {
  const slash = text.indexOf('/')
  if (slash <= 0 || slash === text.length - 1) return false
  return setup.since('1.8.5') || text.lastIndexOf('/') === slash
}
