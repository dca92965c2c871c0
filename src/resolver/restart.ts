import type { OccurrenceView, ServersView } from '../verdict/servers-view.ts'

/** Whether a running CoreDNS takes a new configuration over by itself, and why. */
export interface Restart {
  readonly needed: boolean
  /** A sentence without a full stop. */
  readonly because: string
}

/** Plugins with a listener of their own: after a reload with another address nobody listens there any more. */
const OWN_LISTENERS: Readonly<Record<string, string>> = {
  health: ':8080',
  prometheus: 'localhost:9153',
  ready: ':8181',
  pprof: 'localhost:6053',
}

/** What it takes for a server with the old configuration to answer as the new one says. */
export function restartFor(old: ServersView, later: ServersView, isAccepted = true): Restart {
  if (!old.has('reload'))
    return {
      needed: true,
      because: 'the Corefile that runs has no reload, so CoreDNS reads the new one when it starts',
    }
  if (old.release !== later.release)
    return { needed: true, because: `it is another release: ${old.release} and ${later.release}` }
  for (const [plugin, usual] of Object.entries(OWN_LISTENERS)) {
    const before = addressesOf(old, plugin, usual)
    const after = addressesOf(later, plugin, usual)
    if (before.size === 0 || after.size === 0 || sameSet(before, after)) continue
    return {
      needed: true,
      because: `${plugin} moves from ${[...before].join(', ')} to ${[...after].join(', ')}, and a reload does not open the new address`,
    }
  }
  return { needed: false, because: 'reload takes it over within 30 seconds or so' }
}

function addressesOf(servers: ServersView, plugin: string, usual: string): Set<string> {
  return new Set([...servers.plugins(plugin)].map((occurrence: OccurrenceView) => occurrence.args[0]?.value ?? usual))
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item))
}
