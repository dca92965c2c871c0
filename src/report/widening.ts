import type { Item } from '../migrate/plan.ts'
import { othersSummary, type Widening } from '../migrate/workloads/widening.ts'
import { cell } from './markdown-text.ts'
import { counted } from './words.ts'

/** What each level is of one name, and of several. */
const TOLD: Readonly<Record<Widening['level'], readonly [one: string, many: string]>> = {
  none: ['changes nothing', 'change nothing'],
  'new-name': ['is new', 'are new'],
  'public-name': ['is of the public DNS', 'are of the public DNS'],
}

/** What the names of aliases mean to pods that do not have them, in short. */
export function wideningLine(items: readonly Item[]): string[] {
  const levels = new Map(widenedNames(items).map(({ name, widening }) => [name, widening.level]))
  if (levels.size === 0) return []
  const told = (Object.keys(TOLD) as Widening['level'][]).flatMap((level) => {
    const count = [...levels.values()].filter((one) => one === level).length
    return count === 0 ? [] : [`${count} ${TOLD[level][count === 1 ? 0 : 1]}`]
  })
  return [`${counted(levels.size, 'name')} of aliases, for pods without them: ${told.join(', ')}`]
}

/** The names of aliases with what they mean to others, each once, in the order of the sources. */
function widenedNames(items: readonly Item[]): { name: string; item: Item; widening: Widening }[] {
  const known = new Map<string, { name: string; item: Item; widening: Widening }>()
  for (const item of items) {
    const { widening } = item
    if (widening !== undefined && !known.has(widening.name))
      known.set(widening.name, { name: widening.name, item, widening })
  }
  return [...known.values()]
}

/** What each level says, for the table. */
const LEVELS: Readonly<Record<Widening['level'], string>> = {
  none: 'nothing changes',
  'new-name': 'a new name',
  'public-name': 'a name of the public DNS changes',
}

/** A section about pods without an alias, who find its name too. */
export function wideningSection(items: readonly Item[]): string[] {
  const names = widenedNames(items)
  if (names.length === 0) return []
  const lines = ['', '## Who else finds the names', '']
  lines.push(
    'Every pod that asks this CoreDNS finds the names of aliases that move. Which pods there are besides those of the files that were given cannot be told from files.',
    '',
    '| name | for pods without the alias | what they get today | such workloads in this run |',
    '|---|---|---|---|',
  )
  for (const { name, item, widening } of names) {
    const stays = item.fidelity === 'untranslatable' ? ' (it stays an alias)' : ''
    lines.push(
      `| ${cell(name)} | ${LEVELS[widening.level]}${stays} | ${cell(widening.today ?? 'not known')} | ${cell(othersSummary(widening.others))} |`,
    )
  }
  return lines
}
