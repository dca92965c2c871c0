import type { ServersView } from '../verdict/servers-view.js';
/** Whether a running CoreDNS takes a new configuration over by itself, and why. */
export interface Restart {
    readonly needed: boolean;
    /** A sentence without a full stop. */
    readonly because: string;
}
/**
 * What it takes for a server with the old configuration to answer as the new one says. Listeners of `health`, `ready`, `prometheus` and
 * `pprof` move with a reload, as those of server blocks do: asked of running servers (test/conformance/live/recorded-restart.json).
 */
export declare function restartFor(old: ServersView, later: ServersView, isAccepted?: boolean): Restart;
