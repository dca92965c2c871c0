import { rewriteWords } from '../verdict/rewrite-words.ts'
import type { OccurrenceView, ServersView, WordView } from '../verdict/servers-view.ts'

/** A regular expression that names are compared with, always fully qualified. */
export interface NameExpression {
  readonly expression: string
  /** The words in which it is written: one, but for those of a view. */
  readonly from: WordView
  readonly to: WordView
  /** What it is there for, as the file has it: `rewrite name`, `template match`. */
  readonly use: string
  /** Whether the names are those of queries, which are in lower case. */
  readonly isOfQuery: boolean
}

/** Every expression for names of a Corefile whose words are known. */
export function* nameExpressions(servers: ServersView): Generator<NameExpression> {
  for (const rewrite of servers.plugins('rewrite')) yield* ofRewrite(rewrite)
  for (const template of servers.plugins('template')) {
    for (const { name, args } of template.lines()) {
      if (name.value !== 'match' || args.some(isPlaceholder)) continue
      for (const word of args) if (word.known) yield ofWord(word, 'template match', true)
    }
  }
  for (const plugin of ['view', 'template']) {
    for (const occurrence of servers.plugins(plugin)) {
      for (const { name, args } of occurrence.lines()) if (name.value === 'expr') yield* ofExpr(args, plugin)
    }
  }
}

/** Whether another template engine has yet to fill in a part of the line: no expression for names has double braces. */
function isPlaceholder({ value }: WordView): boolean {
  return value.includes('{{') || value.includes('}}')
}

function ofWord(word: WordView, use: string, isOfQuery: boolean): NameExpression {
  return { expression: word.value, from: word, to: word, use, isOfQuery }
}

/** plugin/rewrite: `name`, `ttl` and `rcode` look at the name of the query, `cname` and answer rules at names in the answer. */
function* ofRewrite(rewrite: OccurrenceView): Generator<NameExpression> {
  const all = rewriteWords(rewrite)
  if (all.some((word) => !word.known || isPlaceholder(word))) return
  const mode = all[0]?.value.toLowerCase()
  const [field, match, from, , ...rest] = mode === 'stop' || mode === 'continue' ? all.slice(1) : all
  if (field === undefined || from === undefined) return
  const kind = field.value.toLowerCase()
  if (!['name', 'ttl', 'rcode', 'cname'].includes(kind)) return
  if (match?.value.toLowerCase() === 'regex') yield ofWord(from, `rewrite ${kind}`, kind !== 'cname')
  if (kind !== 'name') return
  for (const [at, { value }] of rest.entries()) {
    const pattern = rest[at + 1]
    const isRule = (value === 'name' || value === 'value') && rest[at + 2] !== undefined
    if (isRule && pattern !== undefined && rest[at - 1]?.value === 'answer')
      yield ofWord(pattern, `answer ${value}`, false)
  }
}

/** `name() matches '...'`, with texts as the language of expressions writes them. */
function* ofExpr(args: readonly WordView[], plugin: string): Generator<NameExpression> {
  const [from] = args
  const to = args.at(-1)
  if (from === undefined || to === undefined || args.some((word) => !word.known || isPlaceholder(word))) return
  const text = args.map(({ value }) => value).join(' ')
  for (const [, single, double] of text.matchAll(
    /\bname\(\)\s+matches\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/gs,
  )) {
    const expression = (single ?? double ?? '').replace(/\\(.)/gs, '$1')
    yield { expression, from, to, use: `${plugin} expr`, isOfQuery: true }
  }
}
