import { characterError, numberError, unquote } from './go-literals.ts'
import type { Token, TokenKind } from './go-template-tokens.ts'
import { templateTokens } from './go-template-tokens.ts'
import type { Release } from './release.ts'
import { isSince } from './release.ts'
import { byteLength, quote } from './text.ts'

/** The functions of text/template itself. */
const BUILTINS = new Set(
  'and call eq ge gt html index js le len lt ne not or print printf println slice urlquery'.split(' '),
)

/** How deep parentheses may nest, as text/template/parse has it. */
const MAX_DEPTH = 10000

/**
 * Go's error text when a template of plugin/template (`answer`, `additional`, `authority`: the name stands in the text) does not parse with
 * the functions of the release, otherwise null. Whether it can be executed shows only with a query. Linear in the text.
 */
export function templateError(text: string, release?: Release, name = 'answer'): string | null {
  // plugin/template/template.go newTemplate.
  const functions = release === undefined || isSince(release, '1.10.0') ? ['parseInt'] : []
  return parseTemplate(text, name, functions)
}

/** Go's error text when text/template cannot parse the text with these functions besides its own, otherwise null. */
export function parseTemplate(text: string, name: string, functions: readonly string[]): string | null {
  try {
    new Parser(text, name, functions).read()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

class Refusal extends Error {}

/** A template with its own variables: the whole text, or what `define` and `block` name. */
interface Tree {
  readonly name: string
  readonly variables: Variables
  /** The last token that was looked at for this template; errors name its line. */
  seen: number
  ranges: number
  actionLine: number
  empty: boolean
}

/** The variables in scope; the innermost ones are forgotten at the end of their block. */
class Variables {
  private readonly names: string[] = []
  private readonly known = new Map([['$', 1]])

  get count(): number {
    return this.names.length
  }

  has(name: string): boolean {
    return (this.known.get(name) ?? 0) > 0
  }

  declare(name: string): void {
    this.names.push(name)
    this.known.set(name, (this.known.get(name) ?? 0) + 1)
  }

  forget(count: number): void {
    for (const name of this.names.splice(count)) this.known.set(name, (this.known.get(name) ?? 0) - 1)
  }
}

/** What an `end` closes. */
interface Block {
  readonly kind: 'if' | 'range' | 'with' | 'define clause' | 'block clause'
  /** How many variables there were before. */
  readonly variables: number
  /** True for the `if` of an `else if`, which ends together with the block before it. */
  readonly chained: boolean
  /** The template to go on with after `define` and `block`. */
  readonly outer: Tree | undefined
  inElse: boolean
}

type Operand = 'literal' | 'dot' | 'nil' | 'function' | 'variable' | 'field' | 'pipeline'

/** A pipeline that is being read, with the kinds of the first operands of its commands. */
interface Pipeline {
  readonly context: string
  readonly end: TokenKind
  readonly commands: Operand[]
  /** The first operand of the command that is being read. */
  command: Operand | undefined
}

const OPERANDS = new Set<TokenKind>([
  ...(['boolean', 'character', 'complex', '.', 'field', 'identifier', 'number', 'nil'] as const),
  ...(['raw string', 'string', 'variable', '('] as const),
])

class Parser {
  private readonly tokens: readonly Token[]
  private readonly name: string
  private readonly functions: readonly string[]
  private at = 0
  private tree: Tree
  private readonly blocks: Block[] = []
  /** Whether each finished template is empty. */
  private readonly defined = new Map<string, boolean>()

  constructor(text: string, name: string, functions: readonly string[]) {
    this.tokens = templateTokens(text)
    this.name = name
    this.functions = functions
    this.tree = newTree(name)
  }

  read(): void {
    while (this.peekKind() !== 'end of text') this.readOne()
    if (this.blocks.length > 0) this.fail('unexpected EOF')
    this.finish(this.tree)
  }

  private peekKind(): TokenKind {
    return this.token(this.at).kind
  }

  private token(index: number): Token {
    const at = Math.min(index, this.tokens.length - 1)
    this.tree.seen = Math.max(this.tree.seen, at)
    return this.tokens[at] as Token
  }

  private next(): Token {
    return this.token(this.at++)
  }

  /** Skips white space without taking the token after it. */
  private peek(): Token {
    while (this.peekKind() === 'space') this.at++
    return this.token(this.at)
  }

  private nextNonSpace(): Token {
    this.peek()
    return this.next()
  }

  private fail(message: string): never {
    throw new Refusal(`template: ${this.name}:${(this.tokens[this.tree.seen] as Token).line}: ${message}`)
  }

  private unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') this.fail(`unexpected ${inWords(token)} in ${context}`)
    const { actionLine } = this.tree
    if (actionLine === 0 || actionLine === token.line) this.fail(token.text)
    const started = ` started at ${this.name}:${actionLine}`
    this.fail(token.text.endsWith(' action') ? token.text + started : `${token.text} in action${started}`)
  }

  private expect(kind: TokenKind, context: string): void {
    const token = this.nextNonSpace()
    if (token.kind !== kind) this.unexpected(token, context)
  }

  /** Text or one action; what an action opens stays on the stack of blocks. */
  private readOne(): void {
    const token = this.nextNonSpace()
    if (token.kind === 'text') {
      if (/\S/.test(token.text)) this.tree.empty = false
      return
    }
    if (token.kind !== 'left') this.unexpected(token, 'input')
    if (this.blocks.length === 0 && this.peek().kind === 'define') {
      this.at++
      this.readDefine()
      return
    }
    this.tree.actionLine = token.line
    this.readAction()
  }

  private readAction(): void {
    const token = this.peek()
    const { tree } = this
    if (token.kind !== 'end' && token.kind !== 'else') tree.empty = false
    switch (token.kind) {
      case 'if':
      case 'range':
      case 'with':
        this.at++
        this.openControl(token.kind, false)
        return
      case 'block':
        this.at++
        this.openBlock()
        return
      case 'else':
        this.at++
        this.readElse()
        return
      case 'end':
        this.at++
        this.readEnd()
        return
      case 'break':
      case 'continue':
        this.at++
        this.expect('right', `{{${token.kind}}}`)
        if (tree.ranges === 0) this.fail(`{{${token.kind}}} outside {{range}}`)
        break
      case 'template':
        this.at++
        this.readName('template clause')
        if (this.peek().kind === 'right') this.at++
        else this.readPipeline('template clause')
        break
      default:
        this.readPipeline('command')
    }
    tree.actionLine = 0
  }

  private openControl(kind: 'if' | 'range' | 'with', chained: boolean): void {
    const variables = this.tree.variables.count
    this.readPipeline(kind)
    if (kind === 'range') this.tree.ranges++
    this.blocks.push({ kind, variables, chained, outer: undefined, inElse: false })
  }

  private openBlock(): void {
    const name = this.readName('block clause')
    this.readPipeline('block clause')
    this.openTree(name, 'block clause')
  }

  private readDefine(): void {
    const name = this.readName('define clause')
    this.expect('right', 'define clause')
    this.openTree(name, 'define clause')
  }

  private openTree(name: string, kind: 'define clause' | 'block clause'): void {
    this.blocks.push({ kind, variables: 0, chained: false, outer: this.tree, inElse: false })
    this.tree = newTree(name)
  }

  private readElse(): void {
    const pending = this.peek().kind
    if (pending !== 'if' && pending !== 'with') this.expect('right', 'else')
    const block = this.blocks.at(-1)
    if (block === undefined) this.fail('unexpected {{else}}')
    if (block.outer !== undefined) {
      // It is the template around a block that complains, and names the line it had come to.
      if (block.kind === 'block clause') this.tree = block.outer
      this.fail(`unexpected {{else}} in ${block.kind}`)
    }
    if (block.inElse) this.fail('expected end; found {{else}}')
    this.tree.actionLine = 0
    block.inElse = true
    if (block.kind === 'range') this.tree.ranges--
    if (pending === block.kind && (pending === 'if' || pending === 'with')) {
      this.at++
      this.openControl(pending, true)
    } else if (pending === 'if' || pending === 'with') {
      this.unexpected(this.next(), 'input')
    }
  }

  private readEnd(): void {
    this.expect('right', 'end')
    this.tree.actionLine = 0
    for (;;) {
      const block = this.blocks.pop()
      if (block === undefined) this.fail('unexpected {{end}}')
      if (block.outer !== undefined) {
        this.finish(this.tree)
        this.tree = block.outer
        this.tree.actionLine = 0
        return
      }
      if (block.kind === 'range' && !block.inElse) this.tree.ranges--
      this.tree.variables.forget(block.variables)
      if (!block.chained) return
    }
  }

  /** A second template of a name is an error, unless one of the two is empty. */
  private finish(tree: Tree): void {
    if (this.defined.get(tree.name) !== false) this.defined.set(tree.name, tree.empty)
    else if (!tree.empty) this.fail(`template: multiple definition of template ${quote(tree.name)}`)
  }

  private readName(context: string): string {
    const token = this.nextNonSpace()
    if (token.kind !== 'string' && token.kind !== 'raw string') this.unexpected(token, context)
    return unquote(token.text) ?? this.fail('invalid syntax')
  }

  /** Reads up to the closing of the action; parentheses are kept on a stack, so that their number costs nothing. */
  private readPipeline(context: string): void {
    const stack = [this.openPipeline(context, 'right')]
    for (;;) {
      const pipeline = stack.at(-1) as Pipeline
      const token = this.nextNonSpace()
      if (token.kind === pipeline.end) {
        this.checkPipeline(pipeline)
        stack.pop()
        if (stack.length === 0) return
        this.readCommand(stack, 'pipeline')
      } else if (OPERANDS.has(token.kind)) {
        this.at--
        pipeline.command = undefined
        this.readCommand(stack, undefined)
      } else this.unexpected(token, pipeline.context)
    }
  }

  /** Declarations and assignments at the start: `$x :=`, `$x =`, and for range `$i, $x :=`. */
  private openPipeline(context: string, end: TokenKind): Pipeline {
    const pipeline: Pipeline = { context, end, commands: [], command: undefined }
    for (let declared = 1; this.peek().kind === 'variable'; declared++) {
      const { at } = this
      const variable = this.next().text
      const next = this.peek()
      if (next.kind === 'declare' || next.kind === 'assign') {
        this.at++
        this.tree.variables.declare(variable)
        return pipeline
      }
      if (next.kind !== 'sign' || next.text !== ',') {
        this.at = at
        return pipeline
      }
      this.at++
      this.tree.variables.declare(variable)
      if (context !== 'range' || declared >= 2) this.fail(`too many declarations in ${context}`)
      const { kind } = this.peek()
      if (kind !== 'variable' && kind !== 'right' && kind !== ')') this.fail('range can only initialize variables')
    }
    return pipeline
  }

  private checkPipeline({ context, commands }: Pipeline): void {
    if (commands.length === 0) this.fail(`missing value for ${context}`)
    for (const [at, first] of commands.entries()) {
      if (at > 0 && (first === 'literal' || first === 'dot' || first === 'nil')) {
        this.fail(`non executable command in pipeline stage ${at + 1}`)
      }
    }
  }

  /** The operands of a command; returns early at a parenthesis, which `given` then stands for. */
  private readCommand(stack: Pipeline[], given: Operand | undefined): void {
    const pipeline = stack.at(-1) as Pipeline
    for (let first = given; ; first = undefined) {
      let operand = first
      let text = ''
      if (operand === undefined) {
        const token = this.peek()
        text = token.text
        if (token.kind === '(') {
          if (stack.length > MAX_DEPTH) this.fail('max expression depth exceeded')
          this.at++
          stack.push(this.openPipeline('parenthesized pipeline', ')'))
          return
        }
        operand = this.readOperand(token)
      }
      if (operand !== undefined) {
        const fields = this.at
        while (this.peekKind() === 'field') this.at++
        const literal = operand === 'literal' || operand === 'dot' || operand === 'nil'
        if (this.at > fields && literal) this.fail(`unexpected . after term ${quote(text)}`)
        // A parenthesis or function with fields is executable, whatever it was.
        pipeline.command ??= operand
      }
      const after = this.next()
      if (after.kind === 'space') continue
      if (after.kind === 'right' || after.kind === ')') this.at--
      else if (after.kind !== 'pipe') this.unexpected(after, 'operand')
      if (pipeline.command === undefined) this.fail('empty command')
      pipeline.commands.push(pipeline.command)
      return
    }
  }

  /** One operand other than a parenthesis; nothing is read when the token is none. */
  private readOperand(token: Token): Operand | undefined {
    const { kind, text } = token
    switch (kind) {
      case 'identifier':
        this.at++
        if (!BUILTINS.has(text) && !this.functions.includes(text)) this.fail(`function ${quote(text)} not defined`)
        return 'function'
      case '.':
        this.at++
        return 'dot'
      case 'nil':
      case 'field':
        this.at++
        return kind
      case 'variable':
        this.at++
        if (!this.tree.variables.has(text)) this.fail(`undefined variable ${quote(text)}`)
        return 'variable'
      case 'boolean':
        this.at++
        return 'literal'
      case 'number':
      case 'complex':
      case 'character': {
        this.at++
        const error = kind === 'character' ? characterError(text) : numberError(text, kind === 'complex')
        if (error !== null) this.fail(error)
        return 'literal'
      }
      case 'string':
      case 'raw string':
        this.at++
        if (unquote(text) === undefined) this.fail('invalid syntax')
        return 'literal'
      default:
        return undefined
    }
  }
}

function newTree(name: string): Tree {
  return { name, variables: new Variables(), seen: 0, ranges: 0, actionLine: 0, empty: true }
}

/** A token as Go's messages show it. */
function inWords({ kind, text }: Token): string {
  if (kind === 'end of text') return 'EOF'
  if (kind === text) return kind === '(' || kind === ')' ? quote(text) : `<${text}>`
  return byteLength(text) > 10 ? `${quote([...text].slice(0, 10).join(''))}...` : quote(text)
}
