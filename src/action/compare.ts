import type { Answerer } from '../answerers.ts'
import { compared } from '../comparison.ts'
import { type Answerers, readAnswerers } from '../node/answerers.ts'
import { withFilesAt } from '../node/changed.ts'
import type { Commit, Repository } from '../node/git.ts'
import { compareText, type PlaceOfSide } from '../report/compare.ts'
import { compareMarkdown } from '../report/compare-markdown.ts'
import { FileLines } from '../text/file-lines.ts'
import type { FilePlace } from '../text/range.ts'
import { visible } from '../text/width.ts'
import { withoutUserInformation } from '../values/url.ts'
import type { Inputs } from './inputs.ts'

/** A log of a job has no width of its own. */
const LOG_COLUMNS = 120

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
      const { comparison, ...shown } = compared(
        { answerer: earlier, textOf: old.textOf },
        { answerer, textOf: later.textOf },
      )
      if (comparison.equal === comparison.probes) continue
      const names = { old: placeNames(old, then.nameOf), new: placeNames(later) }
      const placeName: PlaceOfSide = (place, side) => names[side](place)
      const context = { ...shown, colours: false, columns: LOG_COLUMNS, placeName }
      logs.push(
        `${visible(answerer.name)}, compared with ${visible(commit.name)}:\n${compareText(comparison, context)}`,
      )
      tables.push(compareMarkdown(answerer.name, comparison, context))
    }
    if (tables.length === 0) return { log: '', markdown: '' }
    return {
      log: withoutUserInformation(logs.join('\n')),
      markdown: withoutUserInformation(`\n## Answers that change\n\n${tables.join('\n')}`),
    }
  })
}

/** A Corefile is the same one in both commits by its file, and by its name in there. */
function keyOf({ name, unit }: Answerer, path: string): string {
  return unit?.embedded == null ? path : `${path} ${name}`
}

function placeNames({ textOf }: Answerers, nameOf = (path: string) => path): (place: FilePlace) => string {
  const lines = new FileLines(textOf)
  return ({ path, range }) => {
    const index = lines.of(path)
    return index === null ? nameOf(path) : `${nameOf(path)}:${index.positionAt(range.start).line}`
  }
}
