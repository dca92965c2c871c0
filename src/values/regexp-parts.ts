import { type RegexpNode, regexpTree } from './regexp-tree.ts'

/** Texts that are in everything that an expression matches, empty where that is not easily told. */
export interface NeededParts {
  /** Somewhere. */
  readonly inside: string
  /** At the end of the text, one of these. */
  readonly ends: readonly string[]
}

const NOTHING: NeededParts = { inside: '', ends: [''] }
/** Of an expression with more choices any end is taken. */
const MOST_CHOICES = 1_000

/** What a valid RE2 expression needs to match: most texts fail on it long before an engine would have to start. */
export function neededParts(expression: string): NeededParts {
  const tree = regexpTree(expression)
  const [nodes = [], ...others] = tree === null ? [] : plain(tree.choices, expression)
  if (tree === null || tree.ignoresCase || others.length > 0) return NOTHING
  if (nodes.some((node) => isOdd(node, expression))) return NOTHING
  const inside = runsOf(nodes, expression).reduce((one, other) => (other.length > one.length ? other : one), '')
  return { inside, ends: nodes.at(-1)?.kind === 'end' ? endsOf(nodes.slice(0, -1), expression) : [''] }
}

/** Classes of one character, `[.]`, as that character. */
function plain(choices: readonly (readonly RegexpNode[])[], expression: string): RegexpNode[][] {
  return choices.map((nodes) => nodes.map((node) => asCharacter(node, expression)))
}

function asCharacter(node: RegexpNode, expression: string): RegexpNode {
  if (node.kind !== 'class') return node
  const value = /^\[\\?([^\\^])\]$/.exec(expression.slice(node.at, node.end))?.[1]
  // With a backslash a letter is a class.
  if (value === undefined || /\w/.test(value)) return node
  return { kind: 'character', value, at: node.end - 1, isOptional: node.isOptional }
}

/** A repetition of something without characters, or a character that is two units long. */
function isOdd(node: RegexpNode, expression: string): boolean {
  return node.kind === 'character' && /[*+?{]|[^\x20-\x7e]/.test(expression[node.at] ?? '')
}

/** Characters that stand beside one another in whatever matches. */
function runsOf(nodes: readonly RegexpNode[], expression: string): string[] {
  const runs = ['']
  for (const node of nodes) {
    if (node.kind !== 'character' || node.isOptional) {
      runs.push('')
      continue
    }
    runs.push(`${runs.pop() ?? ''}${node.value}`)
    if (isRepeated(node, expression)) runs.push('')
  }
  return runs
}

/** What stands at the end of whatever matches: one text for each choice of a group there. */
function endsOf(nodes: readonly RegexpNode[], expression: string): string[] {
  let end = ''
  for (const node of nodes.toReversed()) {
    if (node.kind === 'group' && !node.isOptional && node.choices.length <= MOST_CHOICES)
      return plain(node.choices, expression).map((choice) => endOf(choice, expression).text + end)
    const { text, isAll } = endOf([node], expression)
    end = text + end
    if (!isAll) break
  }
  return [end]
}

/** The characters at the end of some nodes, and whether more may stand in front of them. */
function endOf(nodes: readonly RegexpNode[], expression: string): { readonly text: string; readonly isAll: boolean } {
  let text = ''
  for (const node of nodes.toReversed()) {
    if (node.kind !== 'character' || node.isOptional || isOdd(node, expression)) return { text, isAll: false }
    text = node.value + text
    if (isRepeated(node, expression)) return { text, isAll: false }
  }
  return { text, isAll: true }
}

function isRepeated({ at }: RegexpNode & { kind: 'character' }, expression: string): boolean {
  const behind = at + (expression[at] === '\\' ? 2 : 1)
  return /[*+?{]/.test(expression[behind] ?? '')
}
