import type { ManifestValue } from '../../embed/manifest-value.js';
import type { FilePlace } from '../../text/range.js';
import type { Stated } from './place.js';
/** An object of Kubernetes in a file of the run. */
export interface ClusterObject extends FilePlace {
    readonly kind: string;
    readonly apiVersion: string | undefined;
    readonly name: Stated<string> | null;
    readonly namespace: Stated<string> | null;
    /** The object as it is written, for what has no field of its own here. */
    readonly manifest: ManifestValue;
}
/** The kinds that make pods. */
export type WorkloadKind = 'Pod' | 'Deployment' | 'DaemonSet' | 'StatefulSet' | 'ReplicaSet' | 'ReplicationController' | 'Job' | 'CronJob';
/** An object that makes pods, with what it says of them. */
export interface Workload extends ClusterObject {
    readonly kind: WorkloadKind;
    /** Null where it is not said, and for kinds that have none. */
    readonly replicas: Stated<number> | null;
    /** The labels of its pods. */
    readonly podLabels: ReadonlyMap<string, Stated<string>>;
    readonly containers: readonly Container[];
    readonly initContainers: readonly Container[];
    readonly volumes: readonly Volume[];
    readonly hostNetwork: Stated<boolean> | null;
    readonly dnsPolicy: Stated<string> | null;
    /** Seconds; Kubernetes takes 30 where nothing is said. */
    readonly terminationGracePeriodSeconds: Stated<number> | null;
    readonly serviceAccountName: Stated<string> | null;
}
/** A container of a pod. */
export interface Container extends FilePlace {
    readonly name: Stated<string> | null;
    readonly image: Stated<string> | null;
    readonly command: readonly Stated<string>[];
    readonly args: readonly Stated<string>[];
    /** Variables with a value of their own; those from elsewhere have null. */
    readonly env: ReadonlyMap<string, Stated<string> | null>;
    readonly ports: readonly ContainerPort[];
    readonly livenessProbe: Probe | null;
    readonly readinessProbe: Probe | null;
    readonly startupProbe: Probe | null;
    readonly volumeMounts: readonly VolumeMount[];
    /** By resource: `memory` -> `170Mi`. */
    readonly limits: ReadonlyMap<string, Stated<string>>;
    readonly requests: ReadonlyMap<string, Stated<string>>;
}
export interface ContainerPort extends FilePlace {
    readonly name: Stated<string> | null;
    readonly containerPort: Stated<number> | null;
    readonly hostPort: Stated<number> | null;
    /** `TCP` where nothing is said. */
    readonly protocol: string;
}
export interface Probe extends FilePlace {
    readonly kind: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec' | 'none';
    /** A number, or the name of a port of the container. */
    readonly port: Stated<string> | null;
    /** Of httpGet. */
    readonly httpPath: Stated<string> | null;
    /** The address that is asked; the pod's own where nothing is said. */
    readonly host: Stated<string> | null;
    readonly scheme: Stated<string> | null;
    readonly initialDelaySeconds: Stated<number> | null;
    readonly periodSeconds: Stated<number> | null;
    readonly failureThreshold: Stated<number> | null;
}
export interface VolumeMount extends FilePlace {
    /** The volume. */
    readonly name: string;
    readonly mountPath: Stated<string> | null;
    /** The one file of the volume that is mounted. */
    readonly subPath: Stated<string> | null;
}
export interface Volume extends FilePlace {
    readonly name: string;
    /** The ConfigMaps whose keys are files in it: one, or those of a projected volume. */
    readonly configMaps: readonly ConfigMapSource[];
    readonly hostPath: Stated<string> | null;
}
export interface ConfigMapSource extends FilePlace {
    readonly name: Stated<string>;
    /** The file of each key that is mounted; null for all keys under their own names. */
    readonly items: ReadonlyMap<string, Stated<string>> | null;
    readonly optional: boolean;
}
export interface Service extends ClusterObject {
    /** `ClusterIP` where nothing is said. */
    readonly type: string;
    /** `clusterIPs`, else `clusterIP`; `None` as it is written. */
    readonly clusterIps: readonly Stated<string>[];
    readonly selector: ReadonlyMap<string, Stated<string>>;
    readonly ports: readonly ServicePort[];
}
export interface ServicePort extends FilePlace {
    readonly name: Stated<string> | null;
    readonly port: Stated<number> | null;
    /** A number, or the name of a port of the container; null where it is the same as `port`. */
    readonly targetPort: Stated<string> | null;
    /** `TCP` where nothing is said. */
    readonly protocol: string;
}
export interface ClusterRole extends ClusterObject {
    readonly rules: readonly PolicyRule[];
}
export interface PolicyRule extends FilePlace {
    readonly apiGroups: readonly Stated<string>[];
    readonly resources: readonly Stated<string>[];
    readonly verbs: readonly Stated<string>[];
}
/** Who has a ClusterRole. */
export interface ClusterRoleBinding extends ClusterObject {
    readonly roleName: Stated<string> | null;
    readonly subjects: readonly {
        readonly kind: string;
        readonly name: string;
        readonly namespace: string | undefined;
    }[];
}
/** A ConfigMap, whether it holds a Corefile or not. */
export interface ConfigMap extends FilePlace {
    readonly name: string | undefined;
    readonly namespace: string | undefined;
    /** The values under `data` that are strings, by their keys. */
    readonly data: ReadonlyMap<string, ConfigMapEntry>;
    /** Bytes of all keys and values of `data` and `binaryData`, in UTF-8, `binaryData` as it is written. */
    readonly size: number;
}
export interface ConfigMapEntry extends FilePlace {
    readonly text: string;
}
