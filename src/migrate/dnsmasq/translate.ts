import { createDnsmasq } from '../../resolver/dnsmasq/dnsmasq.ts'
import type { DnsmasqConfiguration } from '../../sources/dnsmasq.ts'
import { type Contribution, untranslatable } from '../contribution.ts'
import { type DnsmasqContext, sourceOfOption } from './context.ts'
import { translateRecords } from './records.ts'
import { translateRouting } from './servers.ts'
import { translateSettings } from './settings.ts'

/** What one dnsmasq comes to. Every option is one item; lines of hosts files are items of their own. */
export function translateDnsmasq(configuration: DnsmasqConfiguration, context: DnsmasqContext): Contribution {
  const { options } = configuration
  const known = options.filter(({ unresolved }) => unresolved.length === 0)
  const routing = translateRouting(known, context)
  const records = translateRecords({ ...configuration, options: known }, context)
  const settings = translateSettings(known, context)
  const open = options.filter(({ unresolved }) => unresolved.length > 0)
  const unresolved = open.map((option) =>
    untranslatable(sourceOfOption(option), `nobody gave the value of ${option.unresolved.join(', ')}`),
  )
  return {
    ...settings,
    facts: [...routing.facts, ...records.facts, ...settings.facts],
    items: [...routing.items, ...records.items, ...settings.items, ...unresolved],
    conflicts: routing.conflicts,
    isCluster: context.clusterDomain !== null,
    server: () => createDnsmasq({ configuration, version: context.version }),
    overlay: [],
    lost: records.lost,
  }
}
