import { type RegexpNode, regexpTree } from './regexp-tree.ts'

/** Texts that are in everything that an expression matches, empty where that is not easily told. */
export interface NeededParts {
  /** Somewhere. */
  readonly inside: string
  /** At the end of the text. */
  readonly end: string
}

const NOTHING: NeededParts = { inside: '', end: '' }

/** What a valid RE2 expression needs to match: most texts fail on it long before an engine would have to start. */
export function neededParts(expression: string): NeededParts {
  const tree = regexpTree(expression)
  const [written = [], ...others] = tree?.choices ?? []
  const nodes = written.map((node) => asCharacter(node, expression))
  if (tree === null || tree.ignoresCase || others.length > 0) return NOTHING
  // A repetition of something without characters, or a character that is two units long.
  const isOdd = (node: RegexpNode) => node.kind === 'character' && /[*+?{]|[^\x20-\x7e]/.test(expression[node.at] ?? '')
  if (nodes.some(isOdd)) return NOTHING
  const inside = runsOf(nodes, expression).reduce((one, other) => (other.length > one.length ? other : one), '')
  return { inside, end: nodes.at(-1)?.kind === 'end' ? endOf(nodes.slice(0, -1), expression) : '' }
}

/** A character that is written as a class of its own, `[.]`. */
function asCharacter(node: RegexpNode, expression: string): RegexpNode {
  if (node.kind !== 'class') return node
  const value = /^\[\\?([^\\^])\]$/.exec(expression.slice(node.at, node.end))?.[1]
  // With a backslash a letter is a class.
  if (value === undefined || /\w/.test(value)) return node
  return { kind: 'character', value, at: node.end - 1, isOptional: node.isOptional }
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

function endOf(nodes: readonly RegexpNode[], expression: string): string {
  let end = ''
  for (const node of nodes.toReversed()) {
    if (node.kind !== 'character' || node.isOptional) break
    end = node.value + end
    if (isRepeated(node, expression)) break
  }
  return end
}

function isRepeated({ at }: RegexpNode & { kind: 'character' }, expression: string): boolean {
  const behind = at + (expression[at] === '\\' ? 2 : 1)
  return /[*+?{]/.test(expression[behind] ?? '')
}
