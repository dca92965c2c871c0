import type { Document, Node, Pair } from 'yaml'
import type { NodeView } from '../lint/schema-reader.ts'

/** What is wrong with a text by the words of its parser, which knows its own stack and nothing of ours. */
export function yamlMistake(message: string): string {
  const [first = ''] = message.split('\n')
  return /call stack|stack overflow/i.test(first) ? 'it is nested too deeply' : first.replace(/ at line .*/, '')
}

/** How a SchemaReader sees the nodes of a document; what an alias stands for is seen in its place. */
export function nodeViewer(
  yaml: typeof import('yaml'),
  document: Document,
): (node: Node | null) => NodeView<Node | null> {
  const targets = new Map<Node, Node | null>()
  const view = (node: Node | null): NodeView<Node | null> => {
    if (yaml.isAlias(node)) {
      // Finding it costs a walk through the document.
      const target = targets.get(node) ?? node.resolve(document) ?? null
      targets.set(node, target)
      return view(target)
    }
    if (yaml.isMap(node)) {
      const pairs = node.items as Pair<Node, Node | null>[]
      return {
        kind: 'object',
        entries: pairs.map(({ key, value }) => ({
          key: String(yaml.isScalar(key) ? key.value : key),
          keyNode: key,
          node: value,
        })),
      }
    }
    if (yaml.isSeq(node)) return { kind: 'array', nodes: node.items as (Node | null)[] }
    if (!yaml.isScalar(node)) return { kind: 'scalar', value: null, source: '' }
    return { kind: 'scalar', value: node.value, source: node.source ?? String(node.value) }
  }
  return view
}
