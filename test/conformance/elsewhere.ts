import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from './case.ts'

/** Cases that are no part of this project, with the verdicts that came with them. */
export interface CollectedCases {
  readonly name: string
  readonly cases: readonly { readonly case: Case; readonly verdicts: Readonly<Record<string, string>> }[]
}

const shared = join(import.meta.dirname, '../../../shared')

/** The collections that lie beside the project's folder; none where there is no such folder. */
export function collectedCases(): CollectedCases[] {
  return [mutated(), collected()].filter((found) => found !== null)
}

/** Texts of all sorts with the verdicts of two dozen releases, and the files that were at hand for all of them. */
function mutated(): CollectedCases | null {
  const file = join(shared, 'oracle/cases.jsonl')
  if (!existsSync(file)) return null
  const files: Record<string, string> = JSON.parse(readFileSync(join(shared, 'oracle/cases-files.json'), 'utf8'))
  const cases = linesOf<{ id: string; text: string; verdicts: Record<string, string> }>(file).map((line) => ({
    case: { id: line.id, text: line.text, files },
    verdicts: line.verdicts,
  }))
  return { name: 'cases with files', cases }
}

/** Files that people have published, without the files that they name. */
function collected(): CollectedCases | null {
  const file = join(shared, 'corpus/verdicts.jsonl')
  if (!existsSync(file)) return null
  interface Line {
    file: string
    via: string
    verdicts: Record<string, { ok: boolean; class?: string; where?: string }>
  }
  const cases = linesOf<Line>(file)
    .filter(({ via }) => via === 'file')
    .map(({ file: id, verdicts }) => ({
      case: { id, text: readFileSync(join(shared, 'corpus', id), 'utf8') },
      verdicts: Object.fromEntries(
        Object.entries(verdicts).map(([release, { ok, class: name, where }]) => [
          release,
          ok ? 'ok' : `${name}${where === undefined ? '' : `:${where}`}`,
        ]),
      ),
    }))
  return { name: 'published Corefiles', cases }
}

function linesOf<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}
