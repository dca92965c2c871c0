import { type Annotation, annotationsOf } from './annotations.ts'
import { isSilent, notChecked, outcome } from './closing.ts'
import { conciseLine } from './concise-line.ts'
import { judgedBy } from './judged-by.ts'
import type { Reporter } from './reporter.ts'
import { Sources } from './source.ts'
import { withoutCommands } from './workflow-text.ts'

/**
 * Workflow commands for GitHub Actions, `::error file=..,line=..,col=..::MESSAGE`, most severe first and at most ten of a level,
 * which is what the runner shows; the other findings, what was not checked and a summary follow as lines of the log.
 */
export const github: Reporter = (result, { releaseNote, textOf }) => {
  if (isSilent(result)) return ''
  const sources = new Sources(result, textOf)
  const { shown, left } = annotationsOf(result, sources, 'the log of this step has them')
  const log = [
    ...left.map((finding) => conciseLine(finding, sources.get(finding.path))),
    ...notChecked(result, sources).map((line) => `not fully checked: ${line}`),
    [outcome(result), judgedBy(result, releaseNote)].filter((part) => part !== '').join('. '),
  ]
  return `${[...shown.map(command), ...log.map(withoutCommands)].join('\n')}\n`
}

function command({ level, title, message, place }: Annotation): string {
  const properties = { ...(place === null ? {} : placeProperties(place)), title }
  const words = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
  return `::${level} ${words.join(',')}::${escapedMessage(message)}`
}

function placeProperties({ file, line, endLine, columns }: NonNullable<Annotation['place']>) {
  const ends = columns === null ? {} : { col: columns.start, endColumn: columns.end }
  return { file, line, endLine, ...ends }
}

/** A message as the runner decodes it: ActionCommand.UnescapeData. */
function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** A property as the runner decodes it: ActionCommand.UnescapeProperty. */
function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
