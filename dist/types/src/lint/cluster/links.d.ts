import type { ClusterObject, ClusterRole, ClusterRoleBinding, Service, Workload } from './objects.js';
/** What Kubernetes itself joins by labels and names: a workload and the Services that lead to it, an account and its roles. */
export declare class ClusterLinks {
    #private;
    constructor(objects: {
        readonly workloads: readonly Workload[];
        readonly services: readonly Service[];
        readonly clusterRoles: readonly ClusterRole[];
        readonly clusterRoleBindings: readonly ClusterRoleBinding[];
        readonly roleBindings: readonly ClusterObject[];
    });
    /** The Services whose selector fits the pods of a workload, in its namespace, of the same file or the nearest directory. */
    servicesOf(workload: Workload): readonly Service[];
    /**
     * The ClusterRoles of a workload's account; null where nobody can tell what it may do: no binding in the run, one whose role is not
     * there or is put together out of others, or a binding in a namespace besides.
     */
    rolesOf(workload: Workload): readonly ClusterRole[] | null;
}
