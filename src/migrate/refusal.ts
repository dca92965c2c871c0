import { programOf } from '../../grammar/program.ts'
import { expand } from '../expand/expand.ts'
import type { Release } from '../values/release.ts'
import { judge } from '../verdict/judge.ts'

/** Why a release does not start with lines in a server block, as a sentence without a full stop; null where it does, as far as can be told. */
export function refusalOf(lines: string, release: Release): string | null {
  const program = programOf(release)
  const configuration = expand(`. {\n${lines}\n}\n`, { release, isDirective: (name) => program.has(name) })
  return judge(configuration, { release }).verdict.kind === 'refused'
    ? `CoreDNS ${release} does not start with it`
    : null
}
