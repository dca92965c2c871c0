import type { Range } from '../text/range.js';
import type { ObjectIdentity, Placed, SourceBase } from './source.js';
/** A pod or a template of pods in any object. */
export interface Workload extends SourceBase {
    readonly kind: 'workload';
    readonly object: ObjectIdentity;
    /** `default` when the file says none: what `kubectl apply -n` gives is not in the file. */
    readonly namespace: string;
    readonly isNamespaceWritten: boolean;
    readonly pod: PodSpec;
}
/** Whether a workload has hostAliases, in whatever state. */
export declare function hasAliases({ pod, notUnderstood }: Workload): boolean;
/** The part of a pod's spec that decides how its names are looked up. */
export interface PodSpec {
    /** Where it stands in the object: `spec`, `spec.template.spec`, `spec.jobTemplate.spec.template.spec`. */
    readonly at: string;
    readonly range: Range;
    readonly hostAliases: HostAliases | undefined;
    readonly dnsPolicy: Placed | undefined;
    readonly dnsConfig: DnsConfig | undefined;
    readonly hostNetwork: boolean;
    /** True for the processes of a Windows machine (`hostProcess`), which have no file of hosts of their own. */
    readonly isHostProcess: boolean;
    readonly hostname: Placed | undefined;
    readonly subdomain: Placed | undefined;
    readonly containers: readonly PodContainer[];
    readonly volumes: readonly PodVolume[];
    /** True where the file is a template or broken and this was found by its lines: there may be more to the pod. */
    readonly isPartial: boolean;
}
/** The `hostAliases` of a pod. */
export interface HostAliases {
    /** From the start of the key to the end of the last item, without the line break behind it. */
    readonly range: Range;
    readonly key: Range;
    /** What is to go when all aliases go: whole lines, comments above left alone; in flow style the pair with its comma. */
    readonly removal: Range;
    /** Why nothing can go from the text without changing something else; null where it can. */
    readonly whyFixed: string | null;
    readonly items: readonly HostAlias[];
}
/** One item of `hostAliases`. */
export interface HostAlias {
    /** The item from its first key on, without the dash. */
    readonly range: Range;
    /** What is to go when only this item goes: its lines, dash included, or in flow style the item with its comma. */
    readonly removal: Range;
    /** Undefined when missing or no string. */
    readonly ip: Placed | undefined;
    readonly hostnames: readonly Placed[];
    /** For each host name what is to go when only that name goes; same order. Empty where nobody asked for removals. */
    readonly nameRemovals: readonly Range[];
}
/** `dnsConfig` of a pod. */
export interface DnsConfig {
    readonly range: Range;
    readonly nameservers: readonly Placed[];
    readonly searches: readonly Placed[];
    readonly options: readonly {
        readonly name: Placed;
        readonly value: Placed | undefined;
    }[];
}
/** A container, init containers included. What is not needed of it is not kept: there may be very many. */
export interface PodContainer {
    readonly name: string | undefined;
    readonly isInit: boolean;
    readonly image: string | undefined;
    readonly mounts: readonly {
        readonly volume: string;
        readonly path: string;
        readonly subPath: string | undefined;
    }[];
    /** True when something is mounted at /etc/hosts: then hostAliases do not reach it. */
    readonly mountsHosts: boolean;
}
/** A volume with the files of a ConfigMap. */
export interface PodVolume {
    readonly name: string;
    readonly configMap: string;
    /** Key and path in the volume where the volume names them; all keys when undefined. */
    readonly items: readonly {
        readonly key: string;
        readonly path: string;
    }[] | undefined;
}
/** A Service: the names that the cluster itself has. */
export interface ServiceObject extends SourceBase {
    readonly kind: 'service';
    readonly object: ObjectIdentity;
    readonly namespace: string;
    /** `None` for a headless one; empty where the cluster chooses. */
    readonly clusterIps: readonly Placed[];
    readonly isHeadless: boolean;
    readonly externalName: Placed | undefined;
    readonly ports: readonly {
        readonly name: string | undefined;
        readonly port: number;
        readonly protocol: string;
    }[];
}
/** A Namespace. */
export interface NamespaceObject extends SourceBase {
    readonly kind: 'namespace';
    readonly object: ObjectIdentity;
}
