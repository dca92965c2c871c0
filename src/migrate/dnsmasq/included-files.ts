import type { DnsmasqConfiguration, DnsmasqOption } from '../../sources/dnsmasq.ts'
import { covers } from '../../text/range.ts'
import { exact, untranslatable } from '../contribution.ts'
import type { Item } from '../plan.ts'
import { sourceOfOption } from './context.ts'

/** Options that name files, and what is said of those that were given. */
const NAMING_FILES: Readonly<Record<string, string>> = {
  'conf-file': 'its options are items of their own',
  'conf-dir': 'the options of its files are items of their own',
  'servers-file': 'its servers are items of their own',
  'addn-hosts': 'its lines are in hosts',
  hostsdir: 'its lines are in hosts',
}

/** What becomes of an option that names files, of which each line is an item of its own; null for any other option. */
export function itemOfIncluded(option: DnsmasqOption, problems: DnsmasqConfiguration['problems']): Item | null {
  const note = NAMING_FILES[option.name]
  if (note === undefined) return null
  const source = sourceOfOption(option)
  const path = option.argument?.value ?? ''
  if (path === '') return exact(source, 'names no file: nothing to read')
  const isMissing = problems.some((problem) => problem.path === option.path && covers(option.range, problem.range))
  if (!isMissing) return exact(source, note)
  return untranslatable(
    source,
    'the file was not given, so what it says is missing in the result',
    `name ${path.split(',')[0]} as a source too`,
  )
}
