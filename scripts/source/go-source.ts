/** A lexical part of a Go file: `text` of a string is its value, of everything else what is written. */
interface GoToken {
  readonly kind: 'name' | 'string' | 'other'
  readonly text: string
}

/** A function of a package and the words that it compares what it reads with. */
export interface GoFunction {
  readonly name: string
  /** The file it stands in, without the folder. */
  readonly file: string
  /** Whether a parameter is CoreDNS's reader of configuration. */
  readonly readsConfiguration: boolean
  /** Literals and constants behind `case`, beside `==` and `!=`, and in calls of `EqualFold`, in order. */
  readonly words: readonly string[]
}

/** What the files of a Go package say, as far as words are concerned. */
export interface GoPackage {
  readonly functions: readonly GoFunction[]
  /** Every string literal of the package. */
  readonly literals: ReadonlySet<string>
}

// A line or block comment, a raw string, a string, a rune, a name or number, an operator of two signs, or one sign.
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`([^`]*)`|"((?:[^"\\\n]|\\.)*)"|'(?:[^'\\\n]|\\.)*'|([\p{L}_][\p{L}\p{N}_]*)|[=!:]=|\S/gu

function tokensOf(source: string): GoToken[] {
  const tokens: GoToken[] = []
  for (const [written, raw, quoted, name] of source.matchAll(TOKEN)) {
    if (written.startsWith('//') || written.startsWith('/*')) continue
    const value = raw ?? (quoted === undefined ? undefined : quoted.replace(/\\(["\\])/g, '$1'))
    if (value !== undefined) tokens.push({ kind: 'string', text: value })
    else tokens.push({ kind: name === undefined ? 'other' : 'name', text: written })
  }
  return tokens
}

/** Reads the files of one package, given by name; the text need not compile. */
export function readGoPackage(files: Readonly<Record<string, string>>): GoPackage {
  const read = Object.entries(files).map(([file, source]) => ({ file, tokens: tokensOf(source) }))
  const constants = new Map(read.flatMap(({ tokens }) => constantsOf(tokens)))
  const strings = read.flatMap(({ tokens }) => tokens.filter(({ kind }) => kind === 'string'))
  return {
    functions: read.flatMap(({ file, tokens }) => functionsOf(file, tokens, constants)),
    literals: new Set(strings.map(({ text }) => text)),
  }
}

/** `NAME = "text"` and `NAME string = "text"`, wherever it stands: nobody takes a variable for a property's name. */
function constantsOf(tokens: readonly GoToken[]): [string, string][] {
  return tokens.flatMap(({ kind, text }, at): [string, string][] => {
    if (kind !== 'string' || tokens[at - 1]?.text !== '=') return []
    const typed = tokens[at - 2]?.text === 'string' && tokens[at - 3]?.kind === 'name'
    const name = tokens[typed ? at - 3 : at - 2]
    return name?.kind === 'name' ? [[name.text, text]] : []
  })
}

function functionsOf(file: string, tokens: readonly GoToken[], constants: ReadonlyMap<string, string>): GoFunction[] {
  const functions: GoFunction[] = []
  let depth = 0
  for (let at = 0; at < tokens.length; at++) {
    const { text } = tokens[at] as GoToken
    if (text === '{') depth++
    else if (text === '}') depth--
    if (text !== 'func' || depth !== 0) continue
    const receiver = tokens[at + 1]?.text === '(' ? closing(tokens, at + 1) : at
    const name = tokens[receiver + 1]
    if (name?.kind !== 'name') continue
    let open = receiver + 2
    const signature = open
    // The body opens with the first brace that belongs to no type.
    while (open < tokens.length && tokens[open]?.text !== '{') {
      open = tokens[open]?.text === '(' ? closing(tokens, open) + 1 : open + 1
      if (['interface', 'struct'].includes(tokens[open - 1]?.text ?? '')) open = closing(tokens, open) + 1
    }
    const end = closing(tokens, open)
    functions.push({
      name: name.text,
      file,
      readsConfiguration: tokens
        .slice(signature, open)
        .some(({ text }) => text === 'Controller' || text === 'Dispenser'),
      words: wordsOf(tokens.slice(open, end), constants),
    })
    at = end
  }
  return functions
}

/** The place of the bracket that closes the one at `open`; the last token where none does. */
function closing(tokens: readonly GoToken[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    const text = (tokens[at] as GoToken).kind === 'other' ? tokens[at]?.text : ''
    if (text === '(' || text === '{' || text === '[') depth++
    else if (text === ')' || text === '}' || text === ']') depth--
    if (depth === 0) return at
  }
  return tokens.length - 1
}

function wordsOf(tokens: readonly GoToken[], constants: ReadonlyMap<string, string>): string[] {
  const words: string[] = []
  const take = (at: number): void => {
    const token = tokens[at]
    if (token?.kind === 'string') words.push(token.text)
    else if (token?.kind === 'name' && tokens[at - 1]?.text !== '.' && tokens[at + 1]?.text !== '.') {
      const value = constants.get(token.text)
      if (value !== undefined) words.push(value)
    }
  }
  tokens.forEach(({ kind, text }, at) => {
    if (kind === 'string') return
    if (text === '==' || text === '!=') {
      take(at - 1)
      take(at + 1)
    } else if (text === 'case') {
      for (let next = at + 1; next < tokens.length && tokens[next]?.text !== ':'; next++) {
        // A condition is read where its comparison stands.
        if (['==', '!=', '('].includes(tokens[next]?.text ?? '')) break
        if (tokens[next + 1]?.text !== '==' && tokens[next + 1]?.text !== '!=') take(next)
      }
    } else if (text === 'EqualFold') {
      for (let next = at + 1; next < closing(tokens, at + 1); next++) take(next)
    }
  })
  return words
}
