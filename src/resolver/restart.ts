import { isSince } from '../values/release.ts'
import type { ServersView } from '../verdict/servers-view.ts'

/** Whether a running CoreDNS takes a new configuration over by itself, and why. */
export interface Restart {
  readonly needed: boolean
  /** A sentence without a full stop. */
  readonly because: string
}

/** Before it plugin/pprof opened its listener once for the life of the process, and a reload closed it. */
const PPROF_SURVIVES = '1.6.6'

/** How often `reload` looks where nobody says it (plugin/reload/setup.go). */
const USUAL_INTERVAL = '30s'

/**
 * What it takes for a server with the old configuration to answer as the new one says. Listeners of `health`, `ready`, `prometheus` and
 * `pprof` move with a reload, as those of server blocks do: asked of running servers (test/conformance/live/recorded-restart.json).
 */
export function restartFor(old: ServersView, later: ServersView, isAccepted = true): Restart {
  if (old.release !== later.release)
    return { needed: true, because: `it is another release: ${old.release} and ${later.release}` }
  const [reload] = old.plugins('reload')
  if (!isAccepted) {
    const kept =
      reload === undefined ? 'nobody reads the new text before the next start' : 'a reload keeps the old text'
    return { needed: false, because: `${kept}, and a server that is started again with the new one does not start` }
  }
  if (reload === undefined)
    return {
      needed: true,
      because: 'the Corefile that runs has no reload, so CoreDNS reads the new one when it starts',
    }
  if (!isSince(old.release, PPROF_SURVIVES) && old.has('pprof') && later.has('pprof')) {
    return { needed: true, because: `after a reload nobody listens for pprof in CoreDNS ${old.release}` }
  }
  const interval = reload.args[0]?.value ?? USUAL_INTERVAL
  const last = later.has('reload') ? '' : '; the new text has no reload, so that the next change needs one'
  return { needed: false, because: `reload looks for a new text every ${interval} or so and takes it over${last}` }
}
