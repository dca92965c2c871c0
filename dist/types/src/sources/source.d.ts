import type { Embedded } from '../embed/embedded.js';
import type { InnerText } from '../embed/inner-text.js';
import type { Range } from '../text/range.js';
import type { DistributionSettings } from './distribution.js';
import type { DnsmasqConfiguration } from './dnsmasq.js';
import type { HostsFile } from './hosts-file.js';
import type { KubeDnsConfigMap, KubeDnsDeployment } from './kube-dns.js';
import type { ResolvConf } from './resolv-conf.js';
import type { SkyDnsDeployment } from './skydns-deployment.js';
import type { NamespaceObject, ServiceObject, Workload } from './workload.js';
/** A value as it was read, quotes and escapes resolved, and where it stands in the outermost file. */
export interface Placed<T = string> {
    readonly value: T;
    readonly range: Range;
}
/** A text to read: the path of the outermost file, and the text, which may be that file or any value in it. */
export interface SourceText {
    readonly path: string;
    readonly text: InnerText;
}
/** What is wrong with a source, or worth knowing before its answers are trusted. Sentences without a full stop. */
export interface SourceProblem {
    /**
     * `unread`: the text cannot be read whole, and nobody knows what is missing; `error`: the program it was written for refuses it;
     * `warning`: it means something else than it looks like, or a part was not given; `note`: something was assumed.
     */
    readonly severity: 'unread' | 'error' | 'warning' | 'note';
    readonly message: string;
    readonly path: string;
    readonly range: Range;
}
/** Something that stands in a source and is not understood: it is reported, never dropped. */
export interface NotUnderstood {
    /** As it is written, in short. */
    readonly text: string;
    readonly path: string;
    readonly range: Range;
    /** Why, as a sentence without a full stop. */
    readonly why: string;
}
/** What every source says of itself. All ranges in a source are of the file `path`, unless what has them has a `path` of its own. */
export interface SourceBase {
    readonly path: string;
    /** For people: `kube-system/kube-dns`, `Deployment shop/web`, `dnsmasq.conf`. */
    readonly name: string;
    /** All of it in the outermost file. */
    readonly range: Range;
    readonly problems: readonly SourceProblem[];
    readonly notUnderstood: readonly NotUnderstood[];
}
/** The Kubernetes object that a source is in; what it does not say, or not as a string, is undefined. */
export interface ObjectIdentity {
    readonly apiVersion: string | undefined;
    readonly kind: string | undefined;
    readonly name: string | undefined;
    readonly namespace: string | undefined;
}
/** A ConfigMap with texts that others mount or that are sources themselves. */
export interface ConfigMapObject extends SourceBase {
    readonly kind: 'config-map';
    readonly object: ObjectIdentity;
    /** The strings under `data` by key, each with its map to the outermost file. */
    readonly entries: ReadonlyMap<string, InnerText>;
}
/** A Corefile, whole or inside of something: what a migration goes into, or the other side of a comparison. */
export interface CorefileSource extends SourceBase {
    readonly kind: 'corefile';
    /** Where it is embedded; undefined when the file is a Corefile itself. */
    readonly embedded: Embedded | undefined;
    readonly text: InnerText;
    /** `node-local-dns` for the ConfigMap of NodeLocal DNSCache, which stands before the cluster's own. */
    readonly role: 'coredns' | 'node-local-dns';
}
/** Everything that people come from, and what is needed to understand it. */
export type Source = KubeDnsConfigMap | KubeDnsDeployment | DnsmasqConfiguration | HostsFile | ResolvConf | Workload | ServiceObject | NamespaceObject | SkyDnsDeployment | DistributionSettings | ConfigMapObject | CorefileSource;
/** Files that a source names: of the machine or container that it was written for. */
export interface SourceFiles {
    /** The text of a file; undefined when there is none or it is not known. */
    read(path: string): SourceText | undefined;
    /** The names in a directory, without it; undefined when there is none or it is not known. */
    list(directory: string): readonly string[] | undefined;
}
