/** How one `forward` of OpenShift asks, as the resource says it; undefined where it says nothing. */
export interface OperatorForwarding {
    /** `Random`, `RoundRobin`, `Sequential`. */
    readonly policy: string | undefined;
    /** `TLS`, `Cleartext`. */
    readonly transport: string | undefined;
    readonly serverName: string | undefined;
    /** The ConfigMap with the certificates. */
    readonly caBundle: string | undefined;
    /** `TCP`. */
    readonly protocolStrategy: string | undefined;
}
/** An item of `spec.servers`. */
export interface OperatorServer extends OperatorForwarding {
    readonly name: string;
    readonly zones: readonly string[];
    /** Addresses, with a port or without. */
    readonly upstreams: readonly string[];
}
/** An item of `spec.upstreamResolvers.upstreams`. */
export interface OperatorUpstream {
    /** `Network`; everything else means the resolv.conf of the node. */
    readonly type: string;
    readonly address: string | undefined;
    readonly port: number | undefined;
}
/** `spec.upstreamResolvers`. */
export interface OperatorResolvers extends OperatorForwarding {
    readonly upstreams: readonly OperatorUpstream[];
}
/** What the resource `dns.operator.openshift.io` says of answers. Source: openshift/api operator/v1/types_dns.go. */
export interface OperatorDns {
    readonly servers: readonly OperatorServer[];
    readonly resolvers: OperatorResolvers;
    /** Go durations: `1h`, `30s`. */
    readonly cache: {
        readonly positiveTTL: string | undefined;
        readonly negativeTTL: string | undefined;
    };
    /** `Normal`, `Debug`, `Trace`. */
    readonly logLevel: string | undefined;
}
