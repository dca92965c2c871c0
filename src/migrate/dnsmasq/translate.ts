import { createDnsmasq } from '../../resolver/dnsmasq/dnsmasq.ts'
import { withAddresses } from '../../resolver/dnsmasq/named-servers.ts'
import type { DnsmasqConfiguration, DnsmasqOption } from '../../sources/dnsmasq.ts'
import { type Contribution, untranslatable } from '../contribution.ts'
import type { Conflict, Item } from '../plan.ts'
import { type DnsmasqContext, isVersion, nameKey, sourceOfOption } from './context.ts'
import { translateRecords } from './records.ts'
import { translateRouting } from './servers.ts'
import { translateSettings } from './settings.ts'

/** What one dnsmasq comes to. Every option is one item; lines of hosts files are items of their own. */
export function translateDnsmasq(configuration: DnsmasqConfiguration, context: DnsmasqContext): Contribution {
  const { options } = configuration
  const isOpen = ({ unresolved }: DnsmasqOption) => unresolved.length > 0
  const isRefused = (option: DnsmasqOption) => !isOpen(option) && whyRefused(option, context) !== null
  const isCounted = (option: DnsmasqOption) => !isOpen(option) && !isRefused(option)
  const known = options.filter((option) => isCounted(option) && !isTooLarge(option))
  const routing = translateRouting(known, context)
  const records = translateRecords({ ...configuration, options: known }, context)
  const settings = translateSettings(known, context)
  const unresolved = options
    .filter(isOpen)
    .map((option) => untranslatable(sourceOfOption(option), `nobody gave the value of ${option.unresolved.join(', ')}`))
  const uncounted = options
    .filter((option) => isCounted(option) && isTooLarge(option))
    .map((option) =>
      untranslatable(sourceOfOption(option), 'dnsmasq cannot count so far: what it takes it for is chance'),
    )
  const refused = options
    .filter(isRefused)
    .map((option) =>
      untranslatable(
        sourceOfOption(option),
        `dnsmasq ${context.version} does not start with it: ${whyRefused(option, context)}`,
      ),
    )
  return {
    ...settings,
    facts: [...routing.facts, ...records.facts, ...settings.facts],
    items: inOrder(
      [...routing.items, ...records.items, ...settings.items, ...unresolved, ...uncounted, ...refused],
      configuration,
    ),
    conflicts: [...routing.conflicts, ...refusedConflicts(refused, context)],
    isCluster: context.clusterDomain !== null,
    server: () => createDnsmasq({ configuration: asAnswering(configuration, context), version: context.version }),
    overlay: [],
    lost: [...records.lost, ...options.filter((option) => !isCounted(option) || isTooLarge(option)).flatMap(namesOf)],
  }
}

/** The dnsmasq to hold a result against: without options that keep it from starting and servers whose address nobody gave, which are conflicts. */
export function asAnswering(configuration: DnsmasqConfiguration, context: DnsmasqContext): DnsmasqConfiguration {
  const options = withAddresses(configuration.options, context.addressesOf).filter(
    (option) => whyRefused(option, context) === null && !hasUnknownAddress(option),
  )
  return { ...configuration, options }
}

/** Whether an option has a server that still is a name. */
function hasUnknownAddress({ value }: DnsmasqOption): boolean {
  if (value.type !== 'server' && value.type !== 'rev-server') return false
  return typeof value.to !== 'string' && value.to.isName
}

/** Items as they stand in the files, which are in the order in which dnsmasq reads them. */
function inOrder(items: readonly Item[], { options, hostsFiles }: DnsmasqConfiguration): Item[] {
  const paths = [...new Set([...options, ...hostsFiles].map(({ path }) => path))]
  const order = new Map(paths.map((path, at) => [path, at]))
  const fileOf = ({ source }: Item) => order.get(source.path) ?? paths.length
  return items.toSorted((a, b) => fileOf(a) - fileOf(b) || a.source.range.start - b.source.range.start)
}

/** The names that an option gives records, fully qualified and in lower case. */
function namesOf({ value }: DnsmasqOption): string[] {
  const names = value.type === 'host-record' ? value.names : value.type === 'cname' ? value.aliases : []
  const all = 'name' in value ? [...names, value.name] : names
  return all.map((name) => nameKey(name.value))
}

/** Whether a number is more than dnsmasq keeps of one (`atoi`, 31 bits). */
function isTooLarge({ value }: DnsmasqOption): boolean {
  return value.type === 'number' && value.number.value > 0x7fff_ffff
}

/** Why this release does not start with an option; null where it does. */
function whyRefused({ refusals }: DnsmasqOption, context: DnsmasqContext): string | null {
  const refusal = refusals.find(
    ({ since, until }) =>
      (since === undefined || isVersion(context, since)) && (until === undefined || !isVersion(context, until)),
  )
  return refusal?.why ?? null
}

function refusedConflicts(refused: readonly Item[], { version }: DnsmasqContext): Conflict[] {
  if (refused.length === 0) return []
  return [
    {
      code: 'dnsmasq-refuses-option',
      message: `dnsmasq ${version} does not start with these options, so nothing answers today: is it another release?`,
      places: refused.map(({ source }) => source),
      choices: [
        { accept: '--dnsmasq-version RELEASE', effect: 'say which release it is' },
        { accept: 'dnsmasq-refuses-option', effect: 'go on without these options' },
      ],
    },
  ]
}
