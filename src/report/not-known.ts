import { listed } from './words.ts'

/** More names than this are counted, not listed. */
const mostNamed = 3

/** A name longer than this is cut: it only has to be recognised. */
const longestName = 50

const nouns: readonly (readonly [pattern: RegExp, one: string, many: string, is: string])[] = [
  [/^placeholder (.*) is not filled in$/s, 'placeholder', 'placeholders', 'not filled in'],
  [/^variable (.*) is not given$/s, 'variable', 'variables', 'not given'],
  [/^import (.*) is not at hand$/s, 'import', 'imports', 'not at hand'],
]

/** What directs a template and stands for no text of its own: conditions, loops, comments. */
const control =
  /^(?:\{%|\{#|<%[^=]|\{\{-?\s*(?:\/\*|(?:if|else|end|range|with|define|block|template|\$\w+\s*:?=)(?![\w(]))|[$%]\{~?\s*(?:if|else|endif|for|endfor)\b)/

/**
 * Says together what alike sentences about unknown parts say, in the order of the first of each kind: `placeholders __A__, __B__ and 3
 * more are not filled in`. What only directs a template is not named where it also has placeholders.
 */
export function joinedUnknowns(sentences: readonly string[]): string[] {
  const groups = new Map<string, string[]>()
  const all = sentences.join('\n')
  for (const sentence of sentences) {
    const kind = nouns.find(([pattern]) => pattern.test(sentence))
    // Where a template has {{$NAME}}, nobody means a variable.
    if (kind?.[1] === 'variable' && all.includes(`{{$${kind[0].exec(sentence)?.[1]}}}`)) continue
    const key = kind?.[1] ?? sentence
    const name = kind?.[0].exec(sentence)?.[1]
    groups.set(key, [...(groups.get(key) ?? []), ...(name === undefined ? [] : [name])])
  }
  return [...groups].map(([key, names]) => {
    const kind = nouns.find(([, one]) => one === key)
    return kind === undefined || names.length === 0 ? key : sentenceOf(names, kind)
  })
}

function sentenceOf(all: readonly string[], [, one, many, is]: (typeof nouns)[number]): string {
  const values = all.filter((name) => !control.test(name))
  const names = values.length > 0 ? values : all
  const told = names.slice(0, mostNamed).map(shortened)
  const rest = names.length > mostNamed ? [`${names.length - mostNamed} more`] : []
  return `${names.length === 1 ? one : many} ${listed([...told, ...rest])} ${names.length === 1 ? 'is' : 'are'} ${is}`
}

function shortened(name: string): string {
  const line = name.replace(/\s+/g, ' ')
  return line.length <= longestName ? line : `${line.slice(0, longestName - 1)}…`
}
