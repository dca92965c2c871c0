import type { KubeDnsConfigMap } from '../../sources/kube-dns.js';
import type { CorefileUnit, InputFile } from '../workspace.js';
import { type ObjectDocument, type ReadValues } from './documents.js';
import { Kustomizations } from './kustomizations.js';
import { ClusterLinks } from './links.js';
import type { ClusterObject, ClusterRole, ClusterRoleBinding, ConfigMap, ConfigMapSource, Container, Service, Volume, VolumeMount, Workload } from './objects.js';
/** A container that has a ConfigMap among its files. */
export interface Mount {
    readonly workload: Workload;
    readonly container: Container;
    readonly volume: Volume;
    readonly source: ConfigMapSource;
    readonly mount: VolumeMount;
}
/**
 * The objects of Kubernetes in the files of the run. A file is parsed when a kind is first asked for that it names; asking again costs
 * nothing. Templates that are not YAML give none.
 */
export declare class ClusterObjects {
    #private;
    constructor(documents: readonly ObjectDocument[], units: readonly CorefileUnit[], readValues: ReadValues, readKubeDns?: ReadKubeDns);
    /** Deployments, DaemonSets, StatefulSets, Pods and all else that makes pods. */
    get workloads(): readonly Workload[];
    get services(): readonly Service[];
    get clusterRoles(): readonly ClusterRole[];
    get clusterRoleBindings(): readonly ClusterRoleBinding[];
    /** Those that hold a Corefile first, then the others. */
    get configMaps(): readonly ConfigMap[];
    /** Those whose name fits; documents in which nothing does are not parsed. */
    configMapsNamed(name: RegExp): readonly ConfigMap[];
    /** The ConfigMap whose first Corefile stands where this one does; undefined for its further ones, and for one that is in no ConfigMap. */
    configMapAt({ path, range }: CorefileUnit): ConfigMap | undefined;
    /** The objects of any kind as they are written, in the order of the files. */
    objectsOf(kind: string): readonly ClusterObject[];
    /** The ConfigMaps of kube-dns, which hold no Corefile. */
    get kubeDns(): readonly KubeDnsConfigMap[];
    /** What kustomize makes of the files of the run. */
    get kustomizations(): Kustomizations;
    /** Which Services lead to a workload, and what its account may do. */
    get links(): ClusterLinks;
    /** Those of `mountsOf` that run CoreDNS as far as their image says, each container once; what only sets something up is left out. */
    runnersOf(unit: CorefileUnit): readonly Mount[];
    /**
     * The containers that mount the ConfigMap of a Corefile: by its name, and its namespace where both say one, in the same file, else in
     * the nearest directory. Where a run holds many clusters, each with a `coredns` of its own, they are not mixed up. A file that
     * kustomize makes a ConfigMap of counts as one. None for a Corefile that is in no ConfigMap.
     */
    mountsOf({ embedded, path }: CorefileUnit): readonly Mount[];
    /** The same for a ConfigMap by its name and namespace, which the file `path` defines. */
    mountsOfConfigMap({ name, namespace, path, }: {
        name: string;
        namespace: string | undefined;
        path: string;
    }): readonly Mount[];
}
/** The objects of the files; what reads YAML is loaded only where a file names one that is not known yet. */
export declare function loadClusterObjects(files: readonly InputFile[], units: readonly CorefileUnit[]): Promise<ClusterObjects>;
/** What reads the ConfigMap of kube-dns; loaded where there may be one. */
type ReadKubeDns = (documents: readonly ObjectDocument[], tag: string | undefined) => readonly KubeDnsConfigMap[];
export {};
