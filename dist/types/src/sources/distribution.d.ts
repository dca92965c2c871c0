import type { OperatorDns } from './operator-dns.js';
import type { ObjectIdentity, Placed, SourceBase } from './source.js';
/** DNS settings that a distribution keeps in a resource or file of its own. */
export interface DistributionSettings extends SourceBase {
    readonly kind: 'distribution';
    readonly system: 'openshift' | 'kops' | 'kubespray' | 'rke1' | 'ack';
    readonly object: ObjectIdentity | undefined;
    /** What the distribution installs to answer the cluster: CoreDNS with these settings, or with a `corefile` that stands in their place. */
    readonly program: 'coredns' | 'kube-dns' | 'corefile';
    /** Zones with servers of their own, in order. */
    readonly zones: readonly DistributionZone[];
    /** Servers for all other names; empty: the distribution's default, the node's resolv.conf. */
    readonly upstreams: readonly DistributionServer[];
    /** In the words of CoreDNS's forward. */
    readonly upstreamPolicy: Placed | undefined;
    /** True where the servers for all other names are asked by TCP alone. */
    readonly forcesTcp: boolean;
    /** Properties of the `forward` for all other names, as they stand in a Corefile: `max_fails 3`. */
    readonly forwardOptions: readonly Placed[];
    readonly clusterDomain: Placed | undefined;
    /** Reverse zones as networks that the cluster answers. */
    readonly reverseCidrs: readonly Placed[];
    /** Where the cluster does not answer reverse names. */
    readonly withoutReverse: Placed | undefined;
    /** Addresses and names, and the zone that they are for where the setting has them in one. */
    readonly hosts: readonly DistributionHost[];
    /** Lines of a Corefile for the block of all names. */
    readonly directives: readonly DistributionLines[];
    /** Properties of `kubernetes`, as they stand in a Corefile. */
    readonly clusterOptions: readonly Placed[];
    /** Seconds that answers are kept, and what says so; undefined for the distribution's default. */
    readonly cache: DistributionCache | undefined;
    /** The resource of OpenShift's operator as it is; undefined for other systems. */
    readonly operator: OperatorDns | undefined;
}
/** Seconds that answers are kept at most. */
export interface DistributionCache {
    readonly positive: number;
    readonly negative: number;
    readonly from: readonly Placed[];
}
/** Lines that the setting has in the language of Corefiles. */
export interface DistributionLines {
    /** The lines, without indentation in front of their first one. */
    readonly text: string;
    /** What says so. */
    readonly at: Placed;
}
/** An address and its names. */
export interface DistributionHost {
    readonly address: Placed;
    readonly names: readonly Placed[];
    readonly zone: Placed | undefined;
}
/** Zones and the servers that are asked for them. */
export interface DistributionZone {
    /** With a port or a scheme where the setting has them: `example.io:1053`. */
    readonly zones: readonly Placed[];
    readonly servers: readonly DistributionServer[];
    /** In the words of CoreDNS's forward: random, round_robin, sequential. */
    readonly policy: Placed | undefined;
    readonly forcesTcp: boolean;
    /** Seconds of cache, where the setting has one. */
    readonly cache: Placed<number> | undefined;
    /** Lines of a Corefile for the block of the zone. */
    readonly directives: readonly DistributionLines[];
    /** Who reads it: CoreDNS, NodeLocal DNSCache in front of it, or nobody, for the program that does is not installed. */
    readonly readBy: 'coredns' | 'node-local-dns' | 'nobody';
}
/** A server as the distribution writes it; `/etc/resolv.conf` where it means that file. */
export interface DistributionServer {
    readonly written: string;
    readonly at: Placed;
    readonly protocol: 'dns' | 'tls';
    readonly serverName: string | undefined;
}
