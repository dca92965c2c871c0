import { type Answerer, type Answerers, readAnswerers } from '../node/answerers.ts'
import { withFilesAt } from '../node/changed.ts'
import type { Commit, Repository } from '../node/git.ts'
import { compareText } from '../report/compare.ts'
import { compareMarkdown } from '../report/compare-markdown.ts'
import { compare } from '../resolver/compare.ts'
import type { SourcePlace } from '../resolver/decision.ts'
import { declare } from '../resolver/declared.ts'
import { probesOf } from '../resolver/probes.ts'
import { restartFor } from '../resolver/restart.ts'
import { LineIndex } from '../text/lines.ts'
import { visible } from '../text/width.ts'
import type { Inputs } from './inputs.ts'

/** Which answers differ from those of a commit, for the log and the job summary; both empty where there is nothing to compare. */
export async function comparedWith(
  { commit, repository }: { readonly commit: Commit; readonly repository: Repository },
  { paths, options }: Inputs,
): Promise<{ log: string; markdown: string }> {
  const later = await readAnswerers(paths, options)
  return withFilesAt(commit, repository, paths, options, async (then) => {
    const old = await readAnswerers(then.paths, then.options)
    const before = new Map(old.answerers.map((answerer) => [keyOf(answerer, then.nameOf(answerer.path)), answerer]))
    const logs: string[] = []
    const tables: string[] = []
    for (const answerer of later.answerers) {
      const earlier = before.get(keyOf(answerer, answerer.path))
      if (earlier === undefined) continue
      const { probes } = probesOf([earlier.decider.vocabulary, answerer.decider.vocabulary])
      const isSameKind = (earlier.servers === null) === (answerer.servers === null)
      const comparison = compare(earlier.decider, answerer.decider, probes, isSameKind ? {} : { declare })
      if (comparison.equal === comparison.probes) continue
      const restart =
        earlier.servers === null || answerer.servers === null ? null : restartFor(earlier.servers, answerer.servers)
      const context = { colours: false, probes, restart, placeName: placeNames(later) }
      logs.push(
        `${visible(answerer.name)}, compared with ${visible(commit.name)}:\n${compareText(comparison, context)}`,
      )
      tables.push(compareMarkdown(answerer.name, comparison, context))
    }
    if (tables.length === 0) return { log: '', markdown: '' }
    return { log: logs.join('\n'), markdown: `\n## Answers that change\n\n${tables.join('\n')}` }
  })
}

/** A Corefile is the same one in both commits by its file, and by its name in there. */
function keyOf({ name, unit }: Answerer, path: string): string {
  return unit?.embedded == null ? path : `${path} ${name}`
}

function placeNames({ textOf }: Answerers): (place: SourcePlace) => string {
  return ({ path, range }) => {
    const text = textOf(path)
    return text === undefined ? path : `${path}:${new LineIndex(text).positionAt(range.start).line}`
  }
}
