/**
 * Text as the log of a workflow may hold it: the runner of GitHub Actions takes `::name::` at the start of a line and `##[name]`
 * anywhere for a command (its ActionCommand.TryParseV2 and TryParse), so both are parted by a blank.
 */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/gm, '$1: ')
}
