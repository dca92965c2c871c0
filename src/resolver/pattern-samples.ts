import { isInvalid } from '../values/invalid.ts'
import { fqdn } from '../values/name.ts'
import { compileRegexp } from '../values/re2.ts'
import { type RegexpNode, type RegexpTree, regexpTree } from '../values/regexp-tree.ts'

/** What a class of characters is tried with. */
const CHARACTERS = ['a', '0', '-', '_', '.', 'x', '9', 'A'] as const
/** Choices of an expression beyond this number are left out. */
const MOST_SAMPLES = 8

/** Names that an expression matches, each one tried; none where it has rare things in it, or is none. */
export function samplesOf(expression: string): string[] {
  const tree = regexpTree(expression)
  const compiled = compileRegexp(expression)
  if (tree === null || isInvalid(compiled)) return []
  const texts = [true, false].flatMap((withOptional) => choicesOf(tree, expression, withOptional))
  const names = texts.flatMap((text) => [text, `${text}zz`, `zz${text}`].map((name) => fqdn(name)))
  const isAskable = (name: string) =>
    name === '.' ||
    name
      .slice(0, -1)
      .split('.')
      .every((label) => label !== '')
  return [...new Set(names)].filter((name) => isAskable(name) && compiled.matches(name)).slice(0, MOST_SAMPLES)
}

function choicesOf({ choices }: Pick<RegexpTree, 'choices'>, expression: string, withOptional: boolean): string[] {
  return choices
    .slice(0, MOST_SAMPLES)
    .map((nodes) => nodes.map((node) => textOf(node, expression, withOptional)).join(''))
}

function textOf(node: RegexpNode, expression: string, withOptional: boolean): string {
  switch (node.kind) {
    case 'start':
    case 'end':
      return ''
    case 'character':
      return node.isOptional && !withOptional ? '' : node.value
    case 'group':
      return node.isOptional && !withOptional ? '' : (choicesOf(node, expression, withOptional)[0] ?? '')
    case 'class': {
      if (node.isOptional && !withOptional) return ''
      const own = compileRegexp(`^(?:${expression.slice(node.at, node.end)})$`)
      return isInvalid(own) ? '' : (CHARACTERS.find((character) => own.matches(character)) ?? '')
    }
  }
}
