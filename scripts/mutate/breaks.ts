import { parseAst } from 'rolldown/parseAst'

/** One way to break a source: `replacement` in the place of an expression. */
export interface Break {
  readonly start: number
  readonly end: number
  readonly replacement: string
  /** What is done, in a few words. */
  readonly what: string
  /** True where the expression is evaluated once, when the module is loaded. */
  readonly isStatic: boolean
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** What a comparison or a connective becomes. */
const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '&&': ['||'],
  '||': ['&&'],
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
])

/** Words for people, and what other tests guard: what a rule says of itself. */
const NOT_BROKEN = new Set([
  'message',
  'title',
  'help',
  'id',
  'summary',
  'why',
  'links',
  'severity',
  'effects',
  'safety',
])

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/**
 * The ways to break the conditions of a rule's source, in the order of the text: conditions negated, early returns dropped, comparisons
 * and connectives turned, numbers and truth values changed, strings emptied, filters taken away. Leaves out `text`, types, and what is
 * said to people. Throws where the source is no TypeScript.
 */
export function breaksOf(source: string): readonly Break[] {
  const breaks: Break[] = []
  const textOf = ({ start, end }: Node) => source.slice(start, end)
  const visit = (node: Node, isStatic: boolean): void => {
    if (node.type.startsWith('TS') && node.type !== 'TSAsExpression' && node.type !== 'TSNonNullExpression') return
    if (node.type === 'ImportDeclaration') return
    if (node.type === 'ExportNamedDeclaration' && textOf(node).startsWith('export const text')) return
    const add = (at: Node, replacement: string, what: string) =>
      breaks.push({ start: at.start, end: at.end, replacement: `(${replacement})`, what, isStatic })
    const test = node.test as Node | null | undefined
    if (test && ['IfStatement', 'ConditionalExpression', 'WhileStatement'].includes(node.type)) {
      if (node.type !== 'WhileStatement') add(test, `!(${textOf(test)})`, 'negated')
      add(test, 'false', leaves(node.consequent) ? 'early return dropped' : 'never')
    }
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      const operator = String(node.operator)
      const [left, right] = [textOf(node.left as Node), textOf(node.right as Node)]
      for (const other of OPPOSITES[operator] ?? [])
        add(node, `(${left}) ${other} (${right})`, `${operator} -> ${other}`)
    }
    if (node.type === 'UnaryExpression' && node.operator === '!') add(node, textOf(node.argument as Node), '! dropped')
    if (node.type === 'CallExpression') addCall(node, add)
    if (node.type === 'Literal') addLiteral(node, add)
    for (const [key, value] of Object.entries(node)) {
      if (key === 'typeAnnotation' || key === 'returnType' || key === 'typeArguments' || key === 'typeParameters')
        continue
      if (key === 'key' && node.computed !== true) continue
      if (node.type === 'Property' && NOT_BROKEN.has(textOf(node.key as Node))) continue
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) visit(child, isStatic && !FUNCTIONS.has(node.type))
      }
    }
  }
  const addCall = (node: Node, add: (at: Node, replacement: string, what: string) => void) => {
    const callee = node.callee as Node
    const property = callee.property as Node | undefined
    if (callee.type !== 'MemberExpression' || property === undefined || callee.computed === true) return
    const name = textOf(property)
    const object = textOf(callee.object as Node)
    const rest = source.slice(property.end, node.end)
    const other = METHODS.get(name)
    if (other !== undefined) add(node, `${object}.${other}${rest}`, `${name} -> ${other}`)
    if (name === 'filter') add(node, object, 'filter dropped')
  }
  const addLiteral = (node: Node, add: (at: Node, replacement: string, what: string) => void) => {
    if (typeof node.value === 'string' && node.value !== '') add(node, "''", `${textOf(node)} emptied`)
    if (typeof node.value === 'number') add(node, String(node.value + 1), `${node.value} -> ${node.value + 1}`)
    if (typeof node.value === 'boolean') add(node, String(!node.value), `${node.value} -> ${!node.value}`)
  }
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node, true)
  return breaks.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** The source with each break in it behind a switch: `globalThis.broken`, an index into the breaks, says which one holds. */
export function switchable(source: string, breaks: readonly Break[]): string {
  const numbered = breaks.map((one, at) => ({ ...one, at }))
  const emit = (start: number, end: number, within: typeof numbered): string => {
    let text = ''
    let from = start
    for (let at = 0; at < within.length; ) {
      const first = within[at]
      if (first === undefined) break
      // The widest expression that begins here, and everything within it.
      const outer = within.filter((one) => one.start === first.start).reduce((a, b) => (b.end > a.end ? b : a))
      const group = within.filter((one) => one.start >= outer.start && one.end <= outer.end)
      const same = group.filter((one) => one.start === outer.start && one.end === outer.end)
      const inner = emit(
        outer.start,
        outer.end,
        group.filter((one) => !same.includes(one)),
      )
      text += source.slice(from, outer.start)
      text += same.reduce(
        (rest, one) => `(globalThis.broken === ${one.at} ? ${one.replacement} : ${rest})`,
        `(${inner})`,
      )
      from = outer.end
      at += group.length
    }
    return text + source.slice(from, end)
  }
  return emit(0, source.length, numbered)
}

function leaves(statement: unknown): boolean {
  if (!isNode(statement)) return false
  if (statement.type === 'BlockStatement') return leaves((statement.body as readonly unknown[]).at(-1))
  return ['ReturnStatement', 'ContinueStatement', 'BreakStatement'].includes(statement.type)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}
