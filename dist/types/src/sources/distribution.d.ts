import type { ObjectIdentity, Placed, SourceBase } from './source.js';
/** DNS settings that a distribution keeps in a resource or file of its own. */
export interface DistributionSettings extends SourceBase {
    readonly kind: 'distribution';
    readonly system: 'openshift' | 'kops' | 'kubespray' | 'rke1' | 'ack';
    readonly object: ObjectIdentity | undefined;
    /** Zones with servers of their own, in order. */
    readonly zones: readonly DistributionZone[];
    /** Servers for all other names; empty: the distribution's default, the node's resolv.conf. */
    readonly upstreams: readonly DistributionServer[];
    /** In the words of CoreDNS's forward. */
    readonly upstreamPolicy: Placed | undefined;
    /** True where the servers for all other names are asked by TCP alone. */
    readonly forcesTcp: boolean;
    readonly clusterDomain: Placed | undefined;
    /** Reverse zones as networks that the cluster answers. */
    readonly reverseCidrs: readonly Placed[];
    /** Addresses and names, and the zone that they are for where the setting has them in one. */
    readonly hosts: readonly DistributionHost[];
}
/** An address and its names. */
export interface DistributionHost {
    readonly address: Placed;
    readonly names: readonly Placed[];
    readonly zone: Placed | undefined;
}
/** Zones and the servers that are asked for them. */
export interface DistributionZone {
    readonly zones: readonly Placed[];
    readonly servers: readonly DistributionServer[];
    /** In the words of CoreDNS's forward: random, round_robin, sequential. */
    readonly policy: Placed | undefined;
    readonly forcesTcp: boolean;
    /** Seconds of cache, where the setting has one. */
    readonly cache: Placed<number> | undefined;
}
/** A server as the distribution writes it; `/etc/resolv.conf` where it means that file. */
export interface DistributionServer {
    readonly written: string;
    readonly at: Placed;
    readonly protocol: 'dns' | 'tls';
    readonly serverName: string | undefined;
}
