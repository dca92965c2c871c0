/** What a person asked for cannot be done as asked: a wrong option, configuration, or path. The message says what, and what would do. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** More mistakes of one file than this are counted: mended from the top, most of the others go away. */
const mostMistakes = 20

/** Mistakes of one file, a line each, as one. */
export function wrongFile(mistakes: readonly string[]): WrongUsage {
  const rest = mistakes.length - mostMistakes
  return new WrongUsage([...mistakes.slice(0, mostMistakes), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'))
}
