import { isPluginOf } from '../../grammar/releases.ts'
import { TokenList } from '../../grammar/tokens.ts'
import { expand, type FindImport } from '../../src/expand/expand.ts'
import { formatText } from '../../src/format/format-text.ts'
import { applyEdits } from '../../src/text/edit.ts'

/** A text as it is laid out; the text itself where it is left alone. */
export function laidOut(text: string, kind: 'corefile' | 'fragment' = 'corefile'): string {
  const { edits } = formatText(text, { kind, isFile: true })
  return edits === null ? text : applyEdits(text, edits)
}

/**
 * All that CoreDNS makes of a text, without the numbers of its lines: which words stand on one line, and which begin a new one; or the
 * problem at which it stops.
 */
export function reading(text: string, findImport: FindImport = () => ({ kind: 'unknown' })): unknown {
  const release = '1.15.0'
  const { blocks, problems, unknowns } = expand(text, {
    release,
    isDirective: (name) => isPluginOf(release, name),
    environment: (name) => (name === 'A' ? 'a b' : ''),
    findImport,
  })
  const [problem] = problems
  if (problem !== undefined) return [problem.kind, problem.at.list.file, problem.at.index, problem.subject]
  return {
    blocks: blocks.map(({ keys, directives, occurrences }) => ({
      keys: keys.map(({ value }) => value),
      names: occurrences.map(({ name }) => name),
      directives: [...directives].map(([name, tokens]) => [
        name,
        Array.from({ length: tokens.count }, (_, number) => [
          tokens.value(number),
          tokens.file(number),
          tokens.continuesLine(number),
          tokens.endsLine(number),
        ]),
      ]),
    })),
    unknowns: unknowns.map(({ kind, at, subject }) => [kind, at.list.file, at.index, subject]),
  }
}

/** The comments of a text in order, each with the number of the word before it and, for those behind a line, `true`. */
export function comments(text: string): unknown[] {
  const list = new TokenList(text)
  const found: unknown[] = []
  for (let index = -1; index < list.count; index++) {
    const start = index < 0 ? 0 : list.end(index)
    const gap = text.slice(start, index + 1 < list.count ? list.start(index + 1) : text.length)
    let isOnLine = index >= 0
    for (const line of gap.split('\n')) {
      const comment = /#.*$/su.exec(line)?.[0].trimEnd()
      // One that is glued to a word ends at white space, and another may follow.
      if (comment !== undefined) found.push([index, isOnLine, list.isCut(index) ? comment.split(/\s+/) : comment])
      isOnLine = false
    }
  }
  return found
}
