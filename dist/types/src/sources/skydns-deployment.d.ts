import type { Flag } from './flags.js';
import type { ObjectIdentity, Placed, SourceBase } from './source.js';
import type { PodSpec } from './workload.js';
/** SkyDNS and kube2sky with the etcd behind them: a manifest, or their command lines. */
export interface SkyDnsDeployment extends SourceBase {
    readonly kind: 'skydns';
    /** Undefined for a bare command line. */
    readonly object: ObjectIdentity | undefined;
    readonly pod: PodSpec | undefined;
    readonly skydns: SkyDnsSettings | undefined;
    readonly kube2sky: Kube2SkySettings | undefined;
    /** Flags of the etcd beside them, when there is one. */
    readonly etcd: readonly Flag[] | undefined;
}
/** What SkyDNS was told, by flag, environment variable or `/skydns/config`; what is undefined has SkyDNS's default. */
export interface SkyDnsSettings {
    readonly flags: readonly Flag[];
    /** Without a final dot; `skydns.local` by default. */
    readonly domain: Placed | undefined;
    readonly address: Placed | undefined;
    readonly machines: readonly Placed[];
    readonly nameservers: readonly Placed[];
    readonly pathPrefix: Placed | undefined;
    readonly isRecursionOff: boolean;
    /** False: the etcd v2 key space, which no CoreDNS since 1.2.0 reads. */
    readonly isEtcd3: boolean;
    readonly hasStubZones: boolean;
    /** False where `-ns-rotate=false` says to ask the servers in order. */
    readonly rotatesServers: boolean;
    readonly tlsKey: Placed | undefined;
    readonly tlsCertificate: Placed | undefined;
    readonly caCertificate: Placed | undefined;
    readonly username: Placed | undefined;
    readonly password: Placed | undefined;
    /** Names with fewer labels are not forwarded; 2 by default. */
    readonly ndots: number;
}
/** What kube2sky was told. */
export interface Kube2SkySettings {
    readonly flags: readonly Flag[];
    /** Without a final dot; `cluster.local` by default. */
    readonly domain: Placed | undefined;
    readonly etcdServer: Placed | undefined;
    readonly masterUrl: Placed | undefined;
    readonly kubeconfig: Placed | undefined;
}
