import type { Case } from '../case.ts'

/*
 * Texts that nobody would write, from a fixed seed: the same at every run, and all others after any change here.
 * `mild` ones are Corefiles with a few accidents, `wild` ones are token soup.
 */

const environment: Readonly<Record<string, string>> = {
  ZONE: 'env.org',
  PORT: '5353',
  A: 'x',
  EMPTY: '',
  BLANK: 'p q',
  NL: 'p\nq',
  END: 'p\n',
  OPEN: '{',
  CLOSE: '}',
  COMMA: 'comma.org,',
  QUOTED: '"p q"',
  HASH: 'p#q',
  PLUGIN: 'errors',
  WORD: 'import',
  NAME: '(s)',
  REF: '{$A}{%A%}',
}

const zones = [
  '.',
  '.',
  'a.org',
  'b.org',
  'c.org:5353',
  'tls://d.org',
  '10.0.0.0/24',
  '10.1.0.0/23',
  'E.org',
  '*.f.org',
  'g',
  'h.org.',
]
const oddZones = [
  '{$ZONE}',
  '{%ZONE%}:{$PORT}',
  '"i j"',
  '"k.org"',
  'l.org,',
  ',',
  '""',
  'm.org#n',
  '{$EMPTY}',
  '{$UNSET}',
  '{$COMMA}',
  '{$NL}',
  'o.org{',
  '(p)',
  'q.org:',
  ':53',
  '{$BLANK}',
  '"r.org""s.org"',
  't.org,u.org',
  '{$OPEN}',
  'import',
  '"v\nw"',
  '\u00FC.org',
]
const words = ['a', 'b.org', '10.0.0.1', '8.8.8.8', '/etc/hosts', '{remote}', '30s', '5']
const oddWords = [
  '"a b"',
  '"a\nb"',
  '"\n"',
  '"a\\"b"',
  '"a\\nb"',
  '"\\\\"',
  '""',
  '"',
  'a"b',
  '\\"c d\\"',
  'a\\',
  '#c',
  'a#b',
  'a#b c',
  'a #b c',
  '{',
  '}',
  'a{',
  '}b',
  '{}',
  '{{',
  '{$A}',
  '{%A%}',
  'p{$A}q{$A}',
  '{$UNSET}',
  '{$EMPTY}',
  '{$NL}',
  '{$END}',
  '{$OPEN}',
  '{$CLOSE}',
  '{$QUOTED}',
  '{$HASH}',
  '{$BLANK}',
  '{$REF}',
  '{$}',
  '{%%}',
  '{$A',
  '{%A}',
  '{%A$}',
  '{$A%}',
  '"{$A}"',
  '{$"A"}',
  'import',
  'a,',
  ',',
  ';',
  '//',
  'e\u0301',
  '\u{1F600}',
  '\uFEFF',
  'a\uFEFFb',
  '\u200B',
  '\u0000',
  '\uFFFD',
  '"{"',
  '"}"',
  '"a"b',
  '"a""b"',
  "'a b'",
  '`a b`',
  '$A',
  '${' + 'A}',
]
const blanks = [' ', ' ', ' ', ' ', '  ', '\t', '\u00A0', '\u2028', '\u3000', '\r', '\v', ' \r ', '\u0085', '']
const newlines = ['\n', '\n', '\n', '\n', '\r\n', '\n\n', ' \n', '\n \t', '\r', ' # c\n', '#c\n', '\u2029\n']
const names = ['s', 't', 'u']

/** Numbers from 0 up to but not including 1, by the mulberry32 generator. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Writes one Corefile; `oddity` is how likely an accident is at each place where one can happen. */
class Writer {
  private readonly random: () => number
  private readonly oddity: number
  private readonly snippets: string[] = []

  constructor(random: () => number, oddity: number) {
    this.random = random
    this.oddity = oddity
  }

  /** A Corefile with blocks, snippets and imports in the order in which they make sense. */
  corefile(): string {
    let text = this.odd() ? '\uFEFF' : ''
    for (let i = this.below(3); i > 0; i--) text += this.snippet()
    for (let i = 1 + this.below(3); i > 0; i--) text += this.item()
    return this.damage(text)
  }

  /** Lines that begin like lines of a Corefile and go on with anything. */
  soup(): string {
    let text = this.below(4) === 0 ? '' : `${this.one(zones)} {\n`
    for (let i = 1 + this.below(6); i > 0; i--) {
      const kind = this.below(14)
      if (kind < 6) text += this.one(['whoami', 'errors', 'log', 'log .', 'debug', 'hosts', 'forward .'])
      else if (kind < 8) text += this.one(['hosts {', 'forward . 8.8.8.8 {', '}', '} {', '{'])
      else if (kind < 9) text += this.one(['}\nb.org {', '(s) {', '}\n(s) {', '}\n. {\nimport s', '. {'])
      else if (kind < 11)
        text += this.one(['import x', 'import y', 'import d/z', 'import *.none', 'import s', 'import'])
      else if (kind < 12) text += this.one([...zones, ...oddZones])
      else if (kind < 13) text += this.one(oddWords)
      for (let j = this.below(4) - 1; j > 0; j--) text += `${this.blank()}${this.one(oddWords)}`
      text += this.odd() ? this.one(newlines) : '\n'
    }
    return text + this.one(['', '}', '}', '}', '}\n'])
  }

  /** A file that imports only the `later` ones: what may stand in a server block, in a plugin's block, or anything. */
  imported(of: 'server block' | 'plugin block' | 'anything', later: readonly string[]): string {
    if (this.odd()) return this.one(['', '# c', '}\n', 'hosts {\n', '} }\n', '{\n', '"', 'whoami', '}\nb.org {\n'])
    if (of === 'server block') return this.damage(this.body('', later))
    if (of === 'plugin block') return `${this.one(['10.0.0.2 x.org', 'max_fails 3', 'ttl 30'])}${this.newline()}`
    return this.one([this.block(), this.body('', later), this.line('errors'), this.line('10.0.0.2 x.org')])
  }

  private item(): string {
    const kind = this.below(12)
    if (kind < 9) return this.block()
    if (kind < 10) return `import${this.blank()}${this.one(['d/z', '*.none', ...this.snippets])}${this.newline()}`
    if (kind < 11) return `# ${this.word()}\n`
    return this.odd() ? `${this.word()}${this.newline()}` : this.block()
  }

  private block(): string {
    const keys = Array.from({ length: 1 + this.below(2) }, () => (this.odd() ? this.one(oddZones) : this.one(zones)))
    const opening = this.odd() ? this.one(['{', '\n{', '', ' {#c', ' { ', '"{"', ' {\r', ',\n{', ' {{']) : ' {'
    const closing = this.odd() ? this.one(['', '}}', ' }', '}#c', '"}"', '}\n}', '} {', '{$CLOSE}']) : '}'
    return `${keys.join(this.odd() ? this.one([', ', ',', ',\n', '""']) : ' ')}${opening}${this.newline()}${this.body('  ', ['x', 'd/z'])}${closing}${this.newline()}`
  }

  private snippet(): string {
    const name = this.one(names)
    const text = `(${name})${this.odd() ? this.one(['{', '\n{', '', ' { ']) : ' {'}${this.newline()}${this.body('  ', [])}}${this.newline()}`
    this.snippets.push(name)
    return text
  }

  private body(indent: string, files: readonly string[]): string {
    let text = ''
    for (let i = this.below(4); i > 0; i--) text += `${indent}${this.directive(indent, files)}${this.newline()}`
    return text
  }

  private directive(indent: string, files: readonly string[]): string {
    const kind = this.below(14)
    if (kind < 2) return this.line('whoami')
    if (kind < 4) return this.line('errors')
    if (kind < 5) return this.line(this.one(['log', 'debug', '"log"', '{$PLUGIN}', 'log#c']))
    if (kind < 6) return `log${this.blank()}.${this.blank()}${this.word()}`
    if (kind < 8)
      return `forward${this.blank()}.${this.blank()}${this.odd() ? this.word() : '8.8.8.8'}${this.pluginBlock(indent, ['max_fails 2', 'expire 10s'])}`
    if (kind < 10) return `hosts${this.pluginBlock(indent, ['10.0.0.1 a.org', 'fallthrough', 'ttl 60'])}`
    if (kind < 13)
      return this.line(
        `import${this.blank()}${this.one([...files, ...this.snippets, ...this.snippets, ...this.snippets, '*.none'])}`,
      )
    return this.odd()
      ? this.line(this.one(['nonsense', '{$WORD} x', '{', '}', '{$CLOSE}', 'IMPORT']))
      : this.line('errors')
  }

  private pluginBlock(indent: string, properties: readonly string[]): string {
    if (this.below(3) === 0) return ''
    if (this.below(5) === 0) return ` { ${this.one(properties)} }`
    const opening = this.odd() ? this.one(['{', `\n${indent}{`, '"{"', ' {#', ' {{', '{$OPEN}', '']) : ' {'
    let text = `${opening}${this.newline()}`
    for (let i = this.below(3); i > 0; i--) {
      const property =
        this.below(4) === 0 ? `import ${this.one(['y', 'y', '*.none', ...this.snippets])}` : this.one(properties)
      text += `${indent}  ${this.line(property)}${this.newline()}`
    }
    return `${text}${indent}${this.odd() ? this.one(['}}', '"}"', '', '} }', '}#c', '} a', '} {']) : '}'}`
  }

  private line(text: string): string {
    return this.odd() ? `${text}${this.blank()}${this.word()}` : text
  }

  /** At most two accidents with single characters. */
  private damage(text: string): string {
    let damaged = text
    for (let i = this.odd() ? 1 + this.below(2) : 0; i > 0; i--) {
      const at = this.below(damaged.length + 1)
      const [before, after] = [damaged.slice(0, at), damaged.slice(at)]
      const kind = this.below(4)
      if (kind < 2)
        damaged = before + this.one(['"', '\\', '#', '{', '}', '\r', '\n', ' ', '\u00A0', ',', '\uFEFF']) + after
      else if (kind < 3) damaged = before + after.slice(1)
      else damaged = before
    }
    return damaged
  }

  private word(): string {
    return this.below(2) === 0 ? this.one(oddWords) : this.one(words)
  }

  private blank(): string {
    return this.odd() ? this.one(blanks) : ' '
  }

  private newline(): string {
    return this.odd() ? this.one(newlines) : '\n'
  }

  private odd(): boolean {
    return this.random() < this.oddity
  }

  private one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit)
  }
}

const imports = [
  ['x', 'server block', ['d/z']],
  ['y', 'plugin block', []],
  ['d/z', 'anything', []],
] as const

function generate(kind: 'mild' | 'wild', number: number): Case {
  const writer = new Writer(numbers((kind === 'mild' ? 1_000_000 : 2_000_000) + number), kind === 'mild' ? 0.05 : 0.2)
  const text = wellFormed(kind === 'mild' ? writer.corefile() : writer.soup())
  // Files import only what comes later, so that no release runs in circles.
  const files: Record<string, string> = {}
  let all = text
  for (const [name, of, later] of imports) {
    const content = wellFormed(writer.imported(of, later))
    if (!new RegExp(`import.*${name}|WORD`, 's').test(all)) continue
    files[name] = content
    all += `\n${content}`
  }
  const used = Object.entries(environment).filter(([name]) => all.includes(`$${name}`) || all.includes(`%${name}`))
  const more = used.some(([name]) => name === 'REF') ? { A: environment.A as string } : {}
  const env = { ...Object.fromEntries(used), ...more }
  return {
    id: `${kind}-${String(number).padStart(3, '0')}`,
    text,
    ...(Object.keys(files).length > 0 && { files }),
    ...(Object.keys(env).length > 0 && { env }),
  }
}

/** Half of a surrogate pair, which damage can leave behind, is not UTF-8. */
function wellFormed(text: string): string {
  return text.toWellFormed()
}

/** 200 Corefiles with accidents and 120 soups. */
export const cases: readonly Case[] = [
  ...Array.from({ length: 200 }, (_, i) => generate('mild', i + 1)),
  ...Array.from({ length: 120 }, (_, i) => generate('wild', i + 1)),
]
