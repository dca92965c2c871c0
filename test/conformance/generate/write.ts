import { writeFileSync } from 'node:fs'
import { judgeCase } from '../agreement.ts'
import type { Case } from '../case.ts'
import { generatedFile } from '../cases/generated.ts'
import { generate } from './texts.ts'

const seed = 'recorded'
const amounts = {
  ownWords: 8,
  otherWords: 3,
  shapes: 5,
  changedBlocks: 8,
  changedCorefiles: 40,
  keys: 500,
  imports: 250,
}

/** Of texts that take a judge seconds each, so many are kept of each sort. */
const fewest = 8

/** Makes the texts of the suite `generated` from the grammar as it is now and writes them; answers how many they are. */
export function writeGenerated(): number {
  const kept = new Map<string, number>()
  const cases = generate(seed, amounts).filter((one) => {
    const sort = slowSort(one)
    if (sort === null) return true
    kept.set(sort, (kept.get(sort) ?? 0) + 1)
    return (kept.get(sort) as number) <= fewest
  })
  cases.sort((a, b) => (a.id < b.id ? -1 : 1))
  writeFileSync(generatedFile, cases.map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join(''))
  return cases.length
}

/** What makes a judge wait: blocks that hang old releases, and plugins that try several times to reach their service. */
function slowSort(one: Case): string | null {
  if (['1.5.2', '1.8.0', '1.12.0'].some((release) => judgeCase(one, release).reasons[0]?.kind === 'timeout'))
    return 'hang'
  if (one.id.startsWith('clouddns-') && judgeCase(one, '1.15.0').kind === 'accepted') return 'clouddns'
  if (/^\s*credentials \S+ \S+$/m.test(one.text) && one.id.startsWith('etcd-')) return 'etcd'
  return null
}
