import type { Range } from '../text/range.js';
import type { DnsmasqConfiguration, ImageVersion } from './dnsmasq.js';
import type { Flag } from './flags.js';
import type { NotUnderstood, ObjectIdentity, Placed, SourceBase } from './source.js';
import type { PodSpec } from './workload.js';
/** A key of the ConfigMap that kube-dns reads. */
export type KubeDnsKey = 'stubDomains' | 'upstreamNameservers' | 'federations';
/** The ConfigMap of kube-dns: as a manifest, in Terraform, or as the directory that it is mounted to, with a file for each key. */
export interface KubeDnsConfigMap extends SourceBase {
    readonly kind: 'kube-dns-configmap';
    readonly object: ObjectIdentity;
    /** The file in which each key stands, for all ranges in its value; that of the ConfigMap where it is not there. */
    readonly pathOf: Readonly<Record<KubeDnsKey, string>>;
    /** What kube-dns says against it: one invalid value and it uses none of them. Empty when it takes all of them. */
    readonly refusals: readonly KubeDnsRefusal[];
    /** What kube-dns does with it from its start on: everything, or where there are refusals nothing. */
    readonly asRunning: KubeDnsSettings;
    /** What was meant: every value that can be understood, also where kube-dns refuses it. */
    readonly asIntended: KubeDnsSettings;
    /** Keys that kube-dns does not read. */
    readonly unknownKeys: readonly Placed[];
}
/** Why kube-dns takes nothing of a ConfigMap. */
export interface KubeDnsRefusal {
    readonly key: KubeDnsKey;
    /** A sentence without a full stop. */
    readonly message: string;
    readonly range: Range;
}
/** What a kube-dns ConfigMap sets. */
export interface KubeDnsSettings {
    /** One for each domain, in the order of the text; of equal domains the last. */
    readonly stubDomains: readonly StubDomain[];
    readonly upstreamNameservers: readonly KubeDnsServer[];
    readonly federations: readonly Federation[];
    /** What of the text is in none of these, and why. */
    readonly leftOut: readonly NotUnderstood[];
}
/** A domain and the servers that are asked for it. */
export interface StubDomain {
    readonly domain: Placed;
    /** May be empty: then nothing is set up for the domain. */
    readonly servers: readonly KubeDnsServer[];
    readonly range: Range;
}
/** A server of a kube-dns ConfigMap. */
export interface KubeDnsServer {
    /** As written: `10.0.0.1`, `10.0.0.1:5353`, `[2001:db8::1]:53`, `ns.example`. */
    readonly written: string;
    readonly range: Range;
    readonly host: string;
    /** Undefined when none is written, or an empty one. */
    readonly port: number | undefined;
    readonly isName: boolean;
    /** What the nanny writes behind `--server`: the colon before the port becomes `#`. */
    readonly asDnsmasq: string;
    /** What dnsmasq makes of it, when that is not what it looks like: refuses to start, or asks nobody. */
    readonly why: string | undefined;
}
/** `name=domain` of `federations`. */
export interface Federation {
    readonly name: Placed;
    readonly domain: Placed;
}
/** What a container of kube-dns is there for. */
export type KubeDnsRole = 'kubedns' | 'dnsmasq' | 'nanny' | 'sidecar' | 'healthz' | 'other';
/** A Deployment, DaemonSet, ReplicationController or Pod that runs kube-dns. */
export interface KubeDnsDeployment extends SourceBase {
    readonly kind: 'kube-dns-deployment';
    readonly object: ObjectIdentity;
    /** `dnsmasq`: Kubernetes 1.3 to 1.5, dnsmasq before kubedns; `nanny`: 1.6 and later, dnsmasq-nanny reads the ConfigMap; `kubedns`: without dnsmasq. */
    readonly generation: 'dnsmasq' | 'nanny' | 'kubedns';
    readonly pod: PodSpec;
    readonly containers: readonly KubeDnsContainer[];
    readonly kubedns: KubednsFlags;
    /** The options that dnsmasq is started with; undefined where there is no dnsmasq. */
    readonly dnsmasq: DnsmasqConfiguration | undefined;
    readonly dnsmasqVersion: ImageVersion | undefined;
    /** False unless the nanny is told to restart dnsmasq when the ConfigMap changes: what runs may lag behind. */
    readonly restartsDnsmasq: boolean;
}
/** One container with its flags. */
export interface KubeDnsContainer {
    readonly role: KubeDnsRole;
    readonly name: string | undefined;
    readonly image: Placed | undefined;
    readonly range: Range;
    /** The flags of the program itself; those of dnsmasq behind `--` are in `dnsmasq` of the Deployment. */
    readonly flags: readonly Flag[];
}
/** What kubedns was told; what is undefined has the default of kube-dns. */
export interface KubednsFlags {
    /** Without a final dot; `cluster.local` by default. */
    readonly domain: Placed | undefined;
    readonly dnsPort: Placed<number> | undefined;
    readonly dnsBindAddress: Placed | undefined;
    readonly nameservers: readonly Placed[];
    readonly configDir: Placed | undefined;
    readonly configMap: Placed | undefined;
    readonly configMapNamespace: Placed | undefined;
    readonly federations: Placed | undefined;
    readonly masterUrl: Placed | undefined;
    readonly kubeconfig: Placed | undefined;
}
