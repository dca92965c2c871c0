import { programOf } from '../../grammar/program.ts'
import { expand } from '../../src/expand/expand.ts'
import { judge } from '../../src/verdict/judge.ts'
import { type OccurrenceView, ServersView } from '../../src/verdict/servers-view.ts'
import { importFiles } from '../conformance/import-files.ts'

/** The server blocks of a text as rules see them. */
export function viewOf(text: string, release = '1.15.0', files: Readonly<Record<string, string>> = {}): ServersView {
  const program = programOf(release)
  const configuration = expand(text, {
    release,
    isDirective: (name) => program.has(name),
    findImport: importFiles({ text, files }),
  })
  return new ServersView(configuration, judge(configuration, { release }).served, program)
}

/** The first occurrence of a plugin. Throws where there is none. */
export function occurrenceOf(text: string, plugin: string, files?: Readonly<Record<string, string>>): OccurrenceView {
  for (const occurrence of viewOf(text, '1.15.0', files).plugins(plugin)) return occurrence
  throw new Error(`no ${plugin} in ${text}`)
}
