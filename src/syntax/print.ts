import type { Argument, Corefile, Node } from './tree.ts'

/**
 * Gives back the text a tree was read from, character by character: every token with the blanks and comments in front of it, in
 * the order of the tree, then what follows the last one.
 */
export function print(tree: Corefile): string {
  const { list, text } = tree
  const pieces: string[] = []
  for (const { index, range } of tokensOf(tree)) {
    pieces.push(text.slice(index === 0 ? 0 : list.end(index - 1), range.end))
  }
  pieces.push(text.slice(list.count === 0 ? 0 : list.end(list.count - 1)))
  return pieces.join('')
}

/** The children of a node in written order. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'corefile':
      return node.items
    case 'server-block':
      return [...node.keys, ...some(node.open), ...node.items, ...some(node.close)]
    case 'snippet':
      return [node.key, node.open, ...node.items, ...some(node.close)]
    case 'directive':
      return [node.name, ...node.parts]
    case 'braces':
      return [node.open, ...node.items, ...some(node.close)]
    case 'import':
      return [node.keyword, ...node.args]
    case 'argument':
      return []
  }
}

/** The tokens below a node in written order, without recursion: nesting may be as deep as a file is long. */
export function* tokensOf(node: Node): Generator<Argument> {
  const pending: Node[] = [node]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'argument') yield next
    else {
      const below = children(next)
      for (let at = below.length - 1; at >= 0; at--) pending.push(below[at] as Node)
    }
  }
}

function some<T>(node: T | null): T[] {
  return node === null ? [] : [node]
}
